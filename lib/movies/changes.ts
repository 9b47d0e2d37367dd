import { and, desc, gte, inArray, isNull, or } from "drizzle-orm";
import { downloads, jobs, movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { apiHashOf } from "@/lib/downloads/data";
import { isNotHeld } from "@/lib/downloads/held";
import type { Reason } from "@/lib/errors";
import { isFree } from "@/lib/queue/held";
import { newestLine } from "@/lib/queue/job-log";
import { scheduleRunsSince } from "@/lib/queue/ticks";
import type { StreamEvent } from "@/lib/web/event-stream";
import { preparingOf, preparingSince, workOn } from "./preparing";

/** What moves all the time: see lib/web/stream-thrift.ts. */
const movieFigures = ["progress", "remainingSeconds"];
const jobFigures = ["progress", "remainingSeconds", "newestLine"];
const downloadFigures = [
  ...["progress", "speedBytesPerSecond", "etaSeconds", "seeds", "peers", "ratio"],
];

/** As many of a kind as one look tells; a page that missed some reads the whole again anyway. */
const perKind = 1000;

type Say = (reason: Reason) => string;

/** Everybody is shown whole percentages: what moves within one is no news. */
const coarse = (share: number | null) => share && Math.floor(share * 100 + 1e-9) / 100;

/** As it is shown, so that a guess that wavers by seconds is no news either. */
const inMinutes = (seconds: number | null) =>
  seconds === null || seconds < 120 ? seconds : Math.round(seconds / 60) * 60;

/**
 * Also movies of which only the work got on: everybody may see how long it still takes. Those say
 * so (`progressOnly`), and whoever shows a page need not draw it anew for a percentage.
 */
function movieChanges(db: Db, since: Date, say: Say): StreamEvent[] {
  const gotOn = preparingSince(db, since);
  const rows = db
    .select({
      id: movies.id,
      title: movies.title,
      status: movies.status,
      reason: movies.reason,
      updatedAt: movies.updatedAt,
    })
    .from(movies)
    .where(
      and(
        isNull(movies.binnedAt),
        or(gte(movies.updatedAt, since), inArray(movies.id, [...gotOn.keys()])),
      ),
    )
    .orderBy(desc(movies.updatedAt))
    .limit(perKind)
    .all();
  // A movie that changed tells how far it is even when that stands still.
  const preparing = preparingOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ reason, updatedAt, ...row }) => {
    const work = workOn(row.status, preparing.get(row.id));
    return {
      event: "movie",
      figures: movieFigures,
      stamp: updatedAt.getTime(),
      data: {
        ...row,
        statusDetail: reason && say(reason),
        progress: coarse(work?.progress ?? null),
        remainingSeconds: inMinutes(work?.remainingSeconds ?? null),
        progressOnly: updatedAt < since,
      },
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
    .where(and(gte(downloads.updatedAt, since), isNotHeld))
    .orderBy(desc(downloads.updatedAt))
    .limit(perKind)
    .all()
    .map(({ infoHashV1, infoHashV2, reason, ...row }) => ({
      event: "download",
      figures: downloadFigures,
      data: {
        ...row,
        progress: Math.round(row.progress * 10_000) / 10_000,
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
      runAt: jobs.runAt,
      lastError: jobs.lastError,
      newestLine,
    })
    .from(jobs)
    .where(and(gte(jobs.updatedAt, since), isFree))
    .orderBy(desc(jobs.updatedAt))
    .limit(perKind)
    .all()
    .map(({ lastError, ...row }) => ({
      event: "job",
      figures: jobFigures,
      data: { ...row, error: lastError && say(lastError) },
    }));
}

/** What the clock did, once for each time that it was written down. */
function scheduleChanges(db: Db, since: Date): StreamEvent[] {
  return scheduleRunsSince(db, since).map(({ name, finishedAt }) => ({
    event: "schedule",
    data: { id: name, finishedAt: finishedAt.toISOString() },
  }));
}

/** What changed at or after a moment: movies for everybody, the work behind them for admins. */
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
    ...scheduleChanges(db, since),
  ];
}
