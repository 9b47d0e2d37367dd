import lighthouse from "lighthouse";
import { freePort } from "@/tests/support/vigilio";
import { startSite } from "./pages-site";
import { publish, type Row } from "./report";
import { median } from "./statistics";

const runs = Number(process.env.BENCH_ROUNDS || 3);
const categories = ["performance", "accessibility", "best-practices"] as const;
const least = { performance: 90, accessibility: 100, "best-practices": 0 };
const timings = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"];

interface Scores {
  categories: number[];
  timings: number[];
  /** What costs points, in the tool's words. */
  faults: string[];
}

async function audit(url: string, port: number, cookie: string): Promise<Scores> {
  const result = await lighthouse(url, {
    ...{ port, output: "json", logLevel: "error" },
    onlyCategories: [...categories],
    extraHeaders: { Cookie: cookie },
  });
  const report = result?.lhr;
  if (!report || report.runtimeError) throw new Error(report?.runtimeError?.message ?? "no report");
  const faults = categories.flatMap((category) =>
    (report.categories[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
      const one = report.audits[id];
      const isFault = weight > 0 && one && one.score !== null && one.score < 0.9;
      return isFault ? [`${one.title}${one.displayValue ? ` (${one.displayValue})` : ""}`] : [];
    }),
  );
  return {
    categories: categories.map((name) => (report.categories[name]?.score ?? 0) * 100),
    timings: timings.map((name) => report.audits[name]?.numericValue ?? 0),
    faults,
  };
}

/** Lighthouse's opinion of home, movie and watch on a phone. */
export async function benchPagesLighthouse(): Promise<boolean> {
  const port = await freePort();
  await using site = await startSite({ args: [`--remote-debugging-port=${port}`] });
  const { vigilio, cookie, plainId } = site;
  const rows: Row[] = [];
  const faults = new Set<string>();
  for (const [name, path] of [
    ["home", "/"],
    ["movie", `/movies/${plainId}`],
    ["watch", `/watch/${plainId}`],
  ] as const) {
    const found: Scores[] = [];
    // The first pays for what the server loads once.
    for (let run = 0; run <= runs; run += 1) {
      found.push(await audit(vigilio.url + path, port, cookie));
    }
    found.shift();
    for (const one of found) for (const fault of one.faults) faults.add(`${name}: ${fault}`);
    const scores = categories.map((_, at) => median(found.map((one) => one.categories[at] ?? 0)));
    const times = timings.map((_, at) => median(found.map((one) => one.timings[at] ?? 0)));
    const isMet = categories.every((category, at) => (scores[at] ?? 0) >= least[category]);
    const words = `performance ${least.performance}, accessibility ${least.accessibility}`;
    const values = [...scores, ...times].map((value) => value.toFixed(0));
    rows.push({ what: name, values, target: { words, isMet } });
    console.log(`${name}: ${rows.at(-1)?.values.join(", ")}`);
  }
  for (const fault of faults) console.log(fault);
  return publish({
    title: "Pages: Lighthouse",
    method:
      "`npm run bench -- pages --only lighthouse`: Lighthouse 12.8 with its profile of a phone (slow 4G and a processor " +
      `four times slower, both simulated), signed in, in the library of \`npm run dev:offline\`. Medians of ${runs}; times in ms.`,
    columns: [
      "performance",
      "accessibility",
      "best practices",
      "first paint",
      "largest paint",
      "blocked",
    ],
    rows,
    notes: [],
  });
}
