import { eq } from "drizzle-orm";
import { downloads, jobs, movies, versions } from "@/db/schema";
import type { Connection } from "@/lib/db";
import { randomId } from "@/lib/ids";
import { claim } from "@/lib/queue/claim";
import { cancelOrRemoveJob } from "@/lib/queue/commands";
import { enqueue } from "@/lib/queue/enqueue";
import { setVersionStatus } from "@/lib/versions/mutations";
import { downloadRoles, otherRoles } from "./roles";

function movieNumbered(numbers: ReadonlyMap<string, number>, wanted: number): string {
  for (const [movieId, number] of numbers) if (number === wanted) return movieId;
  throw new Error(`film ${wanted} is not in the library`);
}

const versionOf = (db: Connection, movieId: string) =>
  db.select().from(versions).where(eq(versions.movieId, movieId)).get();

/** A person ends one job while it waits. */
export function endOneJob(db: Connection, numbers: ReadonlyMap<string, number>, now: Date): void {
  const movieId = movieNumbered(numbers, 22);
  const versionId = versionOf(db, movieId)?.id ?? "";
  cancelOrRemoveJob(db, enqueue(db, "find-subtitles", { versionId, movieId }, { now }), now);
}

/** A film that is meant to be ready and is not says so here, and not on a page. */
export function refuseSurprises(db: Connection, numbers: ReadonlyMap<string, number>): void {
  const special = new Set<number>([...Object.values(downloadRoles), ...Object.values(otherRoles)]);
  const wrong = db
    .select()
    .from(movies)
    .all()
    .filter(({ id, status, metadataState }) => {
      const number = numbers.get(id);
      if (number === undefined) return status !== "deciding";
      return metadataState !== "complete" || (!special.has(number) && status !== "ready");
    });
  if (wrong.length === 0) return;
  const errors = db
    .select()
    .from(jobs)
    .all()
    .flatMap((job) => job.lastErrorDetail ?? []);
  const titles = wrong.map(({ title, status }) => `${title} (${status})`).join(", ");
  throw new Error(`not as they are meant to be: ${titles}\n${errors.slice(0, 3).join("\n")}`);
}

/**
 * States that pass too quickly to be looked at are written into the rows. qBittorrent does not have
 * these torrents and no hash of it is noted, so the watcher leaves them alone.
 */
export function pretendDownloads(
  db: Connection,
  numbers: ReadonlyMap<string, number>,
  now: Date,
): void {
  for (const [state, progress] of [
    ["checking", 0.64],
    ["moving", 1],
  ] as const) {
    const movieId = movieNumbered(numbers, downloadRoles[state]);
    db.update(downloads)
      .set({ state, progress, startedAt: now, updatedAt: now })
      .where(eq(downloads.movieId, movieId))
      .run();
  }
}

/** One job runs (as if Vigilio had been killed meanwhile, so that it goes on), one is to come. */
export function leaveJobsOpen(
  db: Connection,
  numbers: ReadonlyMap<string, number>,
  now: Date,
): void {
  const movieId = movieNumbered(numbers, otherRoles.converting);
  const running = claim(db, "cpu", randomId(), now);
  if (running?.movieId !== movieId) throw new Error("another job than the conversion is due");
  const converted = versionOf(db, movieId);
  if (converted) setVersionStatus(db, converted.id, "processing", null, now);
  const other = movieNumbered(numbers, 24);
  const runAt = new Date(now.getTime() + 30 * 86_400_000);
  const payload = { movieId: other, versionId: versionOf(db, other)?.id ?? "" };
  enqueue(db, "find-subtitles", payload, { now, runAt });
}
