import { join, resolve } from "node:path";
import { addJson, movieOf } from "@/tests/support/movies-api";
import { until } from "@/tests/support/until";
import { startVigilio, type Vigilio } from "@/tests/support/vigilio";
import { signIn, viewerEnv } from "./bench/viewer";
import { lookAtOriginal, type Original } from "./check-samples/original";
import { type Player, startPlayer } from "./check-samples/player";
import { codeOf } from "./check-samples/reason-codes";
import { hasSamples, readSheet, type Sample } from "./check-samples/sheet";
import { judge, type Outcome } from "./check-samples/verdict";

/**
 * `npm run check:samples -- FOLDER`: imports every file of FOLDER/video (../shared/samples when
 * none is named) into a Vigilio of its own, plays what becomes ready in Chromium, and holds all of
 * it against FOLDER/video.tsv. The exit status is 1 when a file did not end as expected.
 */
const folder = resolve(process.argv[2] ?? "../shared/samples");
const importsAtOnce = 6;
const pages = 2;
/** For all files together: the queue works on one after the other. */
const deadlineMs = 15 * 60_000;

interface Running {
  sample: Sample;
  movieId: string;
}

/** Waits for a movie that was added, and plays it when it is ready. */
async function outcomeOf(
  vigilio: Vigilio,
  player: Player,
  movieId: string,
  { brightestAtSeconds }: Original,
): Promise<Outcome> {
  const movie = await movieOf(vigilio, movieId);
  const [version] = movie.versions;
  if (movie.status === "failed") {
    const words = version?.statusDetail ?? movie.statusDetail ?? "";
    return { kind: "failed", code: codeOf(words), words };
  }
  const playback = await player.play(version?.streamUrl ?? "", brightestAtSeconds);
  return { kind: "ready", playback };
}

/** True while a movie that can be watched in some browsers is made into one for all of them. */
async function isMadeFurther(vigilio: Vigilio, movieId: string): Promise<boolean> {
  const { versions } = await movieOf(vigilio, movieId);
  return versions.some(({ status }) => status === "queued" || status === "processing");
}

/** Ids of the movies that are ready or failed. */
async function endedMovies(vigilio: Vigilio): Promise<Set<string>> {
  const ended = new Set<string>();
  for (const status of ["ready", "failed"]) {
    for (let page = 1, seen = 0, total = 1; seen < total; page += 1) {
      const query = `status=${status}&pageSize=100&page=${page}`;
      const response = await vigilio.fetch(`/api/v1/movies?${query}`);
      const list = (await response.json()) as { items: { id: string }[]; total: number };
      if (list.items.length === 0) break;
      for (const { id } of list.items) ended.add(id);
      seen += list.items.length;
      total = list.total;
    }
  }
  return ended;
}

async function servicesUp(vigilio: Vigilio): Promise<void> {
  await until("ffmpeg and the disk have been looked at", async () => {
    const { checks } = (await (await vigilio.fetch("/api/health")).json()) as {
      checks: Record<string, { ok: boolean }>;
    };
    return ["scheduler", "ffmpeg", "ffprobe", "disk"].every((name) => checks[name]?.ok);
  });
}

/** Adds all of them, a few at once. */
async function addAll(vigilio: Vigilio, samples: Sample[]): Promise<Running[]> {
  const left = [...samples];
  const added: Running[] = [];
  const worker = async () => {
    for (let sample = left.shift(); sample; sample = left.shift()) {
      const path = join(folder, "video", sample.file);
      const { movie } = await addJson(vigilio, { title: sample.file, path, mode: "link" });
      added.push({ sample, movieId: movie.id });
    }
  };
  await Promise.all(Array.from({ length: importsAtOnce }, worker));
  return added;
}

async function checkSamples(): Promise<boolean> {
  const samples = readSheet(folder);
  const startedAt = performance.now();
  const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  await using vigilio = await startVigilio({
    env: { ...viewerEnv, VIGILIO_IMPORT_DIRS: folder, LOG_LEVEL: "warn" },
  });
  await servicesUp(vigilio);
  const cookie = await signIn(vigilio);
  await using player = await startPlayer({ url: vigilio.url, cookie, pages });
  const waiting = new Map(
    (await addAll(vigilio, samples)).map(({ sample, movieId }) => [movieId, sample]),
  );
  console.log(`${waiting.size} files added after ${elapsed()}`);

  const unexpected: string[] = [];
  const finish = async (sample: Sample, movieId: string, isEnded: boolean) => {
    const original = await lookAtOriginal(join(folder, "video", sample.file));
    const outcome: Outcome = isEnded
      ? await outcomeOf(vigilio, player, movieId, original)
      : { kind: "stuck", words: `still not done after ${elapsed()}` };
    const plan = (await movieOf(vigilio, movieId)).versions[0]?.plan?.kind ?? "none";
    const { isAsExpected, words } = judge(sample.expectation, original, outcome);
    const line = `${isAsExpected ? "ok" : "NO"}  ${sample.file}  ${plan}  ${words}`;
    console.log(`${line}  ${elapsed()}`);
    if (!isAsExpected) unexpected.push(line);
  };

  const playing: Promise<void>[] = [];
  while (waiting.size > 0 && performance.now() - startedAt < deadlineMs) {
    const ended = await endedMovies(vigilio);
    for (const [movieId, sample] of waiting) {
      if (!ended.has(movieId) || (await isMadeFurther(vigilio, movieId))) continue;
      waiting.delete(movieId);
      playing.push(finish(sample, movieId, true));
    }
    // At the pace of the queue, and no faster: the machine has better to do.
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  for (const [movieId, sample] of waiting) playing.push(finish(sample, movieId, false));
  await Promise.all(playing);

  console.log(`\n${samples.length} files in ${elapsed()}, ${unexpected.length} not as expected`);
  for (const line of unexpected) console.log(line);
  return unexpected.length === 0;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
if (hasSamples(folder)) {
  process.exitCode = (await checkSamples()) ? 0 : 1;
} else {
  console.log(`SKIPPED: there is no ${join(folder, "video.tsv")}, so no real file was checked.`);
}
