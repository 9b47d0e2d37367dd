import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { makeMovie } from "@/tests/media/make";
import { addJson, readyMovie } from "@/tests/support/movies-api";
import { until } from "@/tests/support/until";
import { startVigilio, type Vigilio } from "@/tests/support/vigilio";
import { publish } from "./report";
import { median } from "./statistics";
import { scratchFolder } from "./viewer";

const runs = 3;
/** Long enough that what is done once for a film weighs as little as with a real one. */
const filmSeconds = 150;
const leastRatio = 0.9;

const jobList = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      startedAt: z.iso.datetime().nullable(),
      finishedAt: z.iso.datetime().nullable(),
    }),
  ),
});

/** What Vigilio started, as it is in its log. */
const started = z.object({
  program: z.string(),
  args: z.array(z.string()),
  msg: z.literal("start"),
});
type Command = Pick<z.output<typeof started>, "program" | "args">;

/** The conversion of a film among everything that was started. */
function conversionOf(logs: string, film: string): Command {
  const commands = logs.split("\n").flatMap((line) => {
    try {
      return [started.parse(JSON.parse(line))];
    } catch {
      // Other lines are about other things.
      return [];
    }
  });
  const found = commands.find(
    ({ args }) => args.includes(`file:${film}`) && args.at(-1)?.endsWith(".mp4"),
  );
  if (!found) throw new Error(`the log does not say how ${film} was converted`);
  return found;
}

/** Milliseconds of the whole job: looking at the film, converting it, proving that it plays. */
async function byVigilio(vigilio: Vigilio, film: string, title: string): Promise<number> {
  const { movie } = await addJson(vigilio, { title, path: film, mode: "link" });
  await readyMovie(vigilio, movie.id, 900_000);
  const answer = await vigilio.fetch(`/api/v1/jobs?movieId=${movie.id}&pageSize=100`);
  const job = jobList.parse(await answer.json()).items.find(({ kind }) => kind === "make-playable");
  if (!job?.startedAt || !job.finishedAt) throw new Error("the job does not say when it ran");
  return Date.parse(job.finishedAt) - Date.parse(job.startedAt);
}

/** Milliseconds of the same command in a shell's place, into a file of its own. */
async function byHand({ program, args }: Command, outputPath: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(program, [...args.slice(0, -1), outputPath], { stdio: "ignore" });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const status = await new Promise((resolve) => child.once("close", resolve));
  process.off("exit", end);
  if (status !== 0) throw new Error(`ffmpeg ended with ${status}`);
  const elapsedMs = performance.now() - startedAt;
  rmSync(outputPath);
  return elapsedMs;
}

/** A picture that has to be encoded, by Vigilio and by the very command that it runs. */
export async function benchConvert(): Promise<boolean> {
  const folder = join(scratchFolder(), "films");
  mkdirSync(folder);
  const film = await makeMovie({
    path: join(folder, "film.mkv"),
    seconds: filmSeconds,
    width: 1280,
    height: 720,
    video: "mpeg2",
    audio: [{ codec: "ac3", channels: 6 }],
  });
  await using vigilio = await startVigilio({
    env: { VIGILIO_IMPORT_DIRS: folder, LOG_LEVEL: "debug" },
  });
  await until("ffmpeg and the disk have been looked at", async () => {
    const health = (await (await vigilio.fetch("/api/health")).json()) as {
      checks: Record<string, { ok: boolean }>;
    };
    return ["scheduler", "ffmpeg", "ffprobe", "disk"].every((name) => health.checks[name]?.ok);
  });
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < runs; turn += 1) {
    ours.push(await byVigilio(vigilio, film, `Film ${turn}`));
    const command = conversionOf(vigilio.logs(), film);
    theirs.push(await byHand(command, join(folder, "by-hand.mp4")));
    console.log(`Vigilio ${ours.at(-1)?.toFixed(0)} ms, by hand ${theirs.at(-1)?.toFixed(0)} ms`);
  }
  return report(median(ours), median(theirs));
}

function report(ourMs: number, theirMs: number): boolean {
  const speed = (ms: number) => (filmSeconds / (ms / 1000)).toFixed(2);
  const ratio = theirMs / ourMs;
  return publish({
    title: "Convert",
    method:
      `\`npm run bench -- convert\`: a film of ${filmSeconds} s in MPEG-2 (1280×720) with AC-3 5.1 ` +
      `becomes H.264 with AAC, by Vigilio (the whole job: looking at it, converting, proving that ` +
      `it plays) and by the very command that its log shows, run by hand at ordinary priority; in ` +
      `turn, ${runs} times each, medians.`,
    columns: ["Vigilio", "by hand", "ratio"],
    rows: [
      { what: "time, s", values: [(ourMs / 1000).toFixed(1), (theirMs / 1000).toFixed(1), ""] },
      {
        what: "speed, seconds of film per second",
        values: [speed(ourMs), speed(theirMs), ratio.toFixed(2)],
        target: { words: `at least ${leastRatio}`, isMet: ratio >= leastRatio },
      },
    ],
    notes: [],
  });
}
