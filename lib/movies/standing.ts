import { and, count, desc, eq, gt, inArray, lt, ne, or } from "drizzle-orm";
import { downloads, jobs, movies, users } from "@/db/schema";
import type { Db } from "@/lib/db";
import { downloadOf } from "@/lib/downloads/data";
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

function workOf(db: Db, movieId: string, { say }: Reader): MovieStanding["work"] {
  const open = db
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.movieId, movieId),
        inArray(jobs.kind, kinds),
        inArray(jobs.status, ["running", "queued", "waiting"]),
        isFree,
      ),
    )
    .orderBy(desc(jobs.priority))
    .all();
  // Poster and story come beside everything else: only when nothing else goes on are they the news.
  const weight = (job: (typeof open)[number]) =>
    (job.status === "running" ? 0 : 1) + (job.kind === "fetch-metadata" ? 2 : 0);
  const job = open.sort((a, b) => weight(a) - weight(b))[0];
  if (!job) return null;
  const before = job.status === "queued" ? aheadOf(db, job) : 0;
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

/** How many pieces of work of the same lane are done before this one. */
function aheadOf(db: Db, job: typeof jobs.$inferSelect): number {
  const earlier = or(
    eq(jobs.status, "running"),
    gt(jobs.priority, job.priority),
    and(eq(jobs.priority, job.priority), lt(jobs.runAt, job.runAt)),
  );
  const row = db
    .select({ jobs: count() })
    .from(jobs)
    .where(
      and(
        ne(jobs.id, job.id),
        eq(jobs.lane, job.lane),
        inArray(jobs.status, ["running", "queued"]),
        isFree,
        earlier,
      ),
    )
    .get();
  return row?.jobs ?? 0;
}

/** The work that ended badly last, when a person can have it tried again. */
function failedJob(db: Db, movieId: string): string | null {
  const job = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.movieId, movieId),
        inArray(jobs.kind, fileKinds),
        inArray(jobs.status, ["failed", "cancelled"]),
        isFree,
      ),
    )
    .orderBy(desc(jobs.finishedAt))
    .limit(1)
    .get();
  return job?.id ?? null;
}

/**
 * What happens to a movie right now on its way to be watched, how far it is, and what a person may
 * do about it. Of its downloads the one that is not complete yet, else the newest.
 */
export function standingOf(db: Db, movieId: string, reader: Reader): MovieStanding {
  const rows = db
    .select({ id: downloads.id, progress: downloads.progress })
    .from(downloads)
    .where(and(eq(downloads.movieId, movieId), isNotHeld))
    .orderBy(desc(downloads.addedAt))
    .all();
  const current = rows.find(({ progress }) => progress < 1) ?? rows[0];
  const download = current ? downloadOf(db, current.id, reader.say) : null;
  return {
    download: download && {
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
    },
    work: workOf(db, movieId, reader),
    failedJobId: failedJob(db, movieId),
  };
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
