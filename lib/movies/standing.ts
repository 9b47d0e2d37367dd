import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { downloads, jobs, movies, users } from "@/db/schema";
import type { Db } from "@/lib/db";
import { downloadsById } from "@/lib/downloads/data";
import { isNotHeld } from "@/lib/downloads/held";
import { isFree } from "@/lib/queue/held";
import type { JobKind } from "@/lib/queue/names";
import type { Reader } from "./cards";
import type { MovieStanding } from "./schema";

/** Work that a movie needs before it can be watched: what it is called on its page, by kind. */
const stepOf: Partial<Record<JobKind, NonNullable<MovieStanding["work"]>["step"]>> = {
  "fetch-metadata": "describing",
  "start-download": "starting",
  "prepare-download": "starting",
  import: "looking",
  "join-parts": "joining",
  "make-playable": "making",
  publish: "publishing",
};

const kinds = Object.keys(stepOf);
/** Without poster and story, which keep nobody from watching. */
const fileKinds = kinds.filter((kind) => kind !== "fetch-metadata");

type Job = typeof jobs.$inferSelect;

/** Poster and story come beside everything else: only when nothing else goes on are they the news. */
const weight = (job: Job) =>
  (job.status === "running" ? 0 : 2) + (job.kind === "fetch-metadata" ? 4 : 0);

/** What of its open jobs is the news about each movie. */
function openJobs(db: Db, movieIds: string[]): Map<string, Job> {
  const rows = db
    .select()
    .from(jobs)
    .where(
      and(
        inArray(jobs.movieId, movieIds),
        inArray(jobs.kind, kinds),
        inArray(jobs.status, ["running", "queued", "waiting"]),
        isFree,
      ),
    )
    .orderBy(desc(jobs.priority))
    .all();
  const found = new Map<string, Job>();
  for (const job of rows.sort((a, b) => weight(a) - weight(b))) {
    if (job.movieId && !found.has(job.movieId)) found.set(job.movieId, job);
  }
  return found;
}

function viewOf(job: Job, before: number, { say }: Reader): MovieStanding["work"] {
  return {
    jobId: job.id,
    step: stepOf[job.kind as JobKind] ?? "looking",
    status: job.status === "running" ? "running" : "waiting",
    progress: job.progress,
    remainingSeconds: job.remainingSeconds,
    before,
    runAt: job.status === "waiting" ? job.runAt.toISOString() : null,
    detail: job.lastError && say(job.lastError),
  };
}

/** How many pieces of work of the same lane are done before each of these. */
function aheadOf(db: Db, queued: Job[]): Map<string, number> {
  if (queued.length === 0) return new Map();
  const all = db
    .select({
      id: jobs.id,
      lane: jobs.lane,
      status: jobs.status,
      priority: jobs.priority,
      runAt: jobs.runAt,
    })
    .from(jobs)
    .where(and(inArray(jobs.status, ["running", "queued"]), isFree))
    .all();
  return new Map(
    queued.map((job) => [
      job.id,
      all.filter(
        (other) =>
          other.id !== job.id &&
          other.lane === job.lane &&
          (other.status === "running" ||
            other.priority > job.priority ||
            (other.priority === job.priority && other.runAt < job.runAt)),
      ).length,
    ]),
  );
}

/** The work on each movie that ended badly last, when a person can have it tried again. */
function failedJobs(db: Db, movieIds: string[]): Map<string, string> {
  const rows = db
    .select({ id: jobs.id, movieId: jobs.movieId })
    .from(jobs)
    .where(
      and(
        inArray(jobs.movieId, movieIds),
        inArray(jobs.kind, fileKinds),
        inArray(jobs.status, ["failed", "cancelled"]),
        isFree,
      ),
    )
    // The later one of a movie takes the place of the earlier.
    .orderBy(asc(jobs.finishedAt))
    .all();
  return new Map(rows.map(({ id, movieId }) => [movieId ?? "", id]));
}

/** Of each movie's downloads the one that is not complete yet, else the newest. */
function currentDownloads(db: Db, movieIds: string[], { say }: Reader) {
  const rows = db
    .select({ id: downloads.id, movieId: downloads.movieId, progress: downloads.progress })
    .from(downloads)
    .where(and(inArray(downloads.movieId, movieIds), isNotHeld))
    .orderBy(desc(downloads.addedAt))
    .all();
  const current = new Map<string, string>();
  for (const { id, movieId } of rows.toSorted(
    (a, b) => Number(a.progress >= 1) - Number(b.progress >= 1),
  )) {
    if (!current.has(movieId)) current.set(movieId, id);
  }
  return new Map(
    downloadsById(db, [...current.values()], say).map((download) => [download.movieId, download]),
  );
}

/**
 * What happens to movies right now on their way to be watched, how far they are, and what a person
 * may do about it. A handful of statements, however many movies there are.
 */
export function standingsOf(
  db: Db,
  movieIds: string[],
  reader: Reader,
): Map<string, MovieStanding> {
  const open = openJobs(db, movieIds);
  const ahead = aheadOf(
    db,
    [...open.values()].filter(({ status }) => status === "queued"),
  );
  const failed = failedJobs(db, movieIds);
  const current = currentDownloads(db, movieIds, reader);
  return new Map(
    movieIds.map((movieId): [string, MovieStanding] => {
      const job = open.get(movieId);
      const download = current.get(movieId);
      return [
        movieId,
        {
          download: download
            ? {
                id: download.id,
                infoHash: download.infoHash,
                state: download.state,
                progress: download.progress,
                sizeBytes: download.sizeBytes,
                speedBytesPerSecond: download.speedBytesPerSecond,
                remainingSeconds: download.etaSeconds,
                seeds: download.seeds,
                deadSince: download.deadSince,
                replacement: download.replacement,
                isHeldBack: download.isHeldBack,
                isInClient: download.isInClient,
                isBeingReplaced: download.isBeingReplaced,
              }
            : null,
          work: job ? viewOf(job, ahead.get(job.id) ?? 0, reader) : null,
          failedJobId: failed.get(movieId) ?? null,
        },
      ];
    }),
  );
}

/** The same for one movie. */
export function standingOf(db: Db, movieId: string, reader: Reader): MovieStanding {
  const standing = standingsOf(db, [movieId], reader).get(movieId);
  return standing ?? { download: null, work: null, failedJobId: null };
}

/** Who added a movie: a name, or null when their account is gone or nobody's. */
export function addedByOf(db: Db, movieId: string): string | null {
  const row = db
    .select({ username: users.username })
    .from(movies)
    .innerJoin(users, eq(users.id, movies.addedBy))
    .where(eq(movies.id, movieId))
    .get();
  return row?.username ?? null;
}
