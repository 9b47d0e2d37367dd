import { and, desc, eq, gte, inArray, or } from "drizzle-orm";
import { downloads, jobs, movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { apiHashOf } from "@/lib/downloads/data";
import type { Reason } from "@/lib/errors";
import type { StreamEvent } from "@/lib/web/event-stream";

/** As many of a kind as one look tells; a page that missed some reads the whole again anyway. */
const perKind = 200;

type Say = (reason: Reason) => string;

/** Work that makes a movie's files, with how far it is. */
const making = and(
  inArray(jobs.kind, ["make-playable", "make-version"]),
  eq(jobs.status, "running"),
);

/** Also movies of which only the work got on: everybody may see how long it still takes. */
function movieChanges(db: Db, since: Date, say: Say): StreamEvent[] {
  const work = db
    .select({
      movieId: jobs.movieId,
      progress: jobs.progress,
      remainingSeconds: jobs.remainingSeconds,
      updatedAt: jobs.updatedAt,
    })
    .from(jobs)
    .where(making)
    .all();
  const gotOn = work
    .filter(({ updatedAt }) => updatedAt >= since)
    .flatMap((job) => job.movieId ?? []);
  return db
    .select({
      id: movies.id,
      title: movies.title,
      status: movies.status,
      reason: movies.reason,
    })
    .from(movies)
    .where(or(gte(movies.updatedAt, since), inArray(movies.id, gotOn)))
    .orderBy(desc(movies.updatedAt))
    .limit(perKind)
    .all()
    .map(({ reason, ...row }) => {
      const job = work.find(({ movieId }) => movieId === row.id);
      const progress = job?.progress ?? null;
      const remainingSeconds = job?.remainingSeconds ?? null;
      return {
        event: "movie",
        data: { ...row, statusDetail: reason && say(reason), progress, remainingSeconds },
      };
    });
}

function downloadChanges(db: Db, since: Date, say: Say): StreamEvent[] {
  return db
    .select({
      id: downloads.id,
      infoHashV1: downloads.infoHashV1,
      infoHashV2: downloads.infoHashV2,
      movieId: downloads.movieId,
      name: downloads.name,
      state: downloads.state,
      reason: downloads.reason,
      progress: downloads.progress,
      sizeBytes: downloads.sizeBytes,
      speedBytesPerSecond: downloads.speedBytesPerSecond,
      etaSeconds: downloads.etaSeconds,
      seeds: downloads.seeds,
      peers: downloads.peers,
      ratio: downloads.ratio,
    })
    .from(downloads)
    .where(gte(downloads.updatedAt, since))
    .orderBy(desc(downloads.updatedAt))
    .limit(perKind)
    .all()
    .map(({ infoHashV1, infoHashV2, reason, ...row }) => ({
      event: "download",
      data: {
        ...row,
        infoHash: apiHashOf({ infoHashV1, infoHashV2 }),
        stateDetail: reason && say(reason),
      },
    }));
}

function jobChanges(db: Db, since: Date, say: Say): StreamEvent[] {
  return db
    .select({
      id: jobs.id,
      kind: jobs.kind,
      movieId: jobs.movieId,
      status: jobs.status,
      attempts: jobs.attempts,
      maxAttempts: jobs.maxAttempts,
      progress: jobs.progress,
      remainingSeconds: jobs.remainingSeconds,
      lastError: jobs.lastError,
    })
    .from(jobs)
    .where(gte(jobs.updatedAt, since))
    .orderBy(desc(jobs.updatedAt))
    .limit(perKind)
    .all()
    .map(({ lastError, ...row }) => ({
      event: "job",
      data: { ...row, error: lastError && say(lastError) },
    }));
}

/** What changed at or after a moment: movies for everybody, downloads and jobs for admins. */
export function changesSince(
  db: Db,
  since: Date,
  reader: { isAdmin: boolean; say: Say },
): StreamEvent[] {
  const forEverybody = movieChanges(db, since, reader.say);
  if (!reader.isAdmin) return forEverybody;
  return [
    ...forEverybody,
    ...downloadChanges(db, since, reader.say),
    ...jobChanges(db, since, reader.say),
  ];
}
