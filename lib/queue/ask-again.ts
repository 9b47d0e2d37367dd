import { and, eq, inArray, isNull } from "drizzle-orm";
import { jobs, movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { type Reason, reason } from "@/lib/errors";
import { enqueue } from "./enqueue";
import { jobKinds } from "./names";
import { wakeSoon } from "./runtime";

/** What passes without anybody doing anything: see `UpstreamError.isTransient`. */
const passing = ["unreachable", "timeout", "rate-limited", "quota", "broken"];

function mayPass(code: string | undefined, service: string): boolean {
  return passing.some((fault) => code === `${service}-${fault}`) || code === "tmdb-pictures";
}

/**
 * Asks again for the movies whose title, story or pictures an outage of TMDB kept away. While a job
 * still has attempts left this adds nothing; it is for what comes after.
 *
 * @returns how many were asked for.
 */
export function askAgainForMetadata(db: Db, now: Date): number {
  return db.transaction((tx) => {
    const waiting = tx
      .select({ id: movies.id, why: movies.metadataReason })
      .from(movies)
      .where(and(inArray(movies.metadataState, ["missing", "pending"]), isNull(movies.binnedAt)))
      .all()
      .filter(({ why }) => mayPass(why?.code, "tmdb"));
    for (const { id } of waiting) enqueue(tx, "fetch-metadata", { movieId: id }, { now });
    return waiting.length;
  });
}

/**
 * The same for subtitles: looks again for every version whose last search ended with an outage of
 * OpenSubtitles. What was found before is not looked for twice.
 *
 * @param options.isKeyNew also where the key was refused: after a start or a change of settings.
 * @returns how many were asked for.
 */
export function askAgainForSubtitles(
  db: Db,
  now: Date,
  options: { isKeyNew: boolean } = { isKeyNew: false },
): number {
  const kind = "find-subtitles";
  return db.transaction((tx) => {
    const failed = tx
      .select({ payload: jobs.payload, why: jobs.lastError })
      .from(jobs)
      .where(and(eq(jobs.kind, kind), eq(jobs.status, "failed")))
      .all()
      .filter(
        ({ why }) =>
          mayPass(why?.code, "opensubtitles") ||
          (options.isKeyNew && why?.code === "opensubtitles-credentials"),
      )
      .flatMap(({ payload }) => jobKinds[kind].payload.safeParse(payload).data ?? []);
    for (const payload of failed) enqueue(tx, kind, payload, { now });
    return failed.length;
  });
}

/** Why a search for subtitles waits for its movie's title: see jobs/subtitles/open-subtitles.ts. */
export const waitsForTitle: Reason = reason("subtitles-wait-for-title");

/** A movie's searches that wait for its title are done now; those that wait for a quota stay. */
export function wakeSubtitleSearches(db: Db, movieId: string, now: Date): void {
  const waiting = db
    .select({ id: jobs.id, why: jobs.lastError })
    .from(jobs)
    .where(
      and(eq(jobs.kind, "find-subtitles"), eq(jobs.movieId, movieId), eq(jobs.status, "waiting")),
    )
    .all()
    .filter(({ why }) => why?.code === waitsForTitle.code)
    .map(({ id }) => id);
  if (waiting.length === 0) return;
  db.update(jobs).set({ runAt: now, updatedAt: now }).where(inArray(jobs.id, waiting)).run();
  wakeSoon();
}
