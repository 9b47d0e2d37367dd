import "./silence";

import { parseArgs } from "node:util";
import { benchConvert } from "./convert";
import { benchManage } from "./manage";
import { benchPages } from "./pages";
import { benchPipeline } from "./pipeline";
import { benchSources } from "./sources";
import { benchStart } from "./start";
import { benchStream } from "./stream";
import { benchSubtitleStart } from "./subtitle-start";
import { benchSubtitles } from "./subtitles";

const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", default: "" } },
});
const only = flags.only.split(",").filter((part) => part !== "");

const benchmarks: Record<string, () => Promise<boolean>> = {
  stream: benchStream,
  start: benchStart,
  pipeline: benchPipeline,
  convert: benchConvert,
  subtitles: benchSubtitles,
  "subtitle-start": benchSubtitleStart,
  sources: benchSources,
  pages: () => benchPages(only),
  manage: benchManage,
};

// npm run bench -- NAME …: measures, prints a table and writes its section of docs/benchmarks.md.
// `pages --only server,play` measures some of the parts that pages have. The exit status is 1 when a
// target was missed.
const unknown = names.find((name) => !Object.hasOwn(benchmarks, name));
if (names.length === 0 || unknown !== undefined) {
  console.error(`Which one? npm run bench -- ${Object.keys(benchmarks).join(" | ")}`);
  process.exit(2);
}
// An exit ends what a benchmark has started and clears away what it wrote.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
let areMet = true;
for (const name of names) areMet = (await benchmarks[name]?.()) !== false && areMet;
process.exit(areMet ? 0 : 1);
