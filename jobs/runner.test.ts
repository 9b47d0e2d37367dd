import { eq, ne } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { jobs } from "@/db/schema";
import { readEnv } from "@/lib/env";
import { AppError, reason, UpstreamError } from "@/lib/errors";
import { cancelOrRemoveJob } from "@/lib/queue/commands";
import { enqueue } from "@/lib/queue/enqueue";
import { FfmpegError } from "@/lib/services/ffmpeg/failure";
import { connect } from "@/lib/settings/connect";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { done, type Handler, type Handlers, type JobContext, later, TryAgain } from "./context";
import { handlers as realHandlers } from "./handlers";
import { failureOf, Runner } from "./runner";

let db: ReturnType<typeof testDatabase>;
let runner: Runner | undefined;
const env = readEnv({}, "/nowhere");

beforeEach(() => {
  db = testDatabase();
});
afterEach(async () => {
  await runner?.stop();
  db[Symbol.dispose]();
});

type Work = Handler<"remove-leftovers">;

function startWith(work: Work, others: Partial<Handlers> = {}): Runner {
  const handlers: Handlers = { ...realHandlers, ...others, "remove-leftovers": work };
  runner = new Runner({
    db,
    env,
    services: connect(db, env),
    handlers,
    bootId: "boot",
    lanes: { io: 2, cpu: 1 },
    now: () => new Date(),
  });
  runner.start();
  return runner;
}

function add(subjectId: string): string {
  const payload = { subjectId, folders: [], downloads: [], imageIds: [] };
  return enqueue(db, "remove-leftovers", payload, { now: new Date() });
}

const row = (id: string) => db.select().from(jobs).where(eq(jobs.id, id)).get();
const reaches = (id: string, status: string) =>
  vi.waitFor(() => expect(row(id)?.status).toBe(status), { timeout: 5000 });

/** Runs until its signal is aborted, and tells when it began. */
function endless() {
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const work: Work = (context) =>
    new Promise((_, reject) => {
      context.signal.addEventListener("abort", () => reject(context.signal.reason));
      begun();
    });
  return { work, hasBegun };
}

describe("the runner", () => {
  it("runs what is queued, at most as many at once as the lane has places", async () => {
    let running = 0;
    let most = 0;
    const ids = ["a", "b", "c", "d", "e"].map(add);
    startWith(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return done;
    });
    for (const id of ids) await reaches(id, "succeeded");
    expect(most).toBe(2);
  });

  it("queues a fault again with its words, and lets the others go on", async () => {
    const bad = add("bad");
    const good = add("good");
    startWith(async (_, { subjectId }) => {
      if (subjectId === "bad") throw new UpstreamError("tmdb", "timeout", "slow");
      return done;
    });
    await reaches(good, "succeeded");
    await reaches(bad, "queued");
    expect(row(bad)).toMatchObject({ attempts: 1, lastError: { code: "tmdb-timeout" } });
  });

  it("waits when the work says later, without costing an attempt", async () => {
    const id = add("a");
    startWith(async (context) => later(context, 60_000, reason("disk-short")));
    await reaches(id, "waiting");
    expect(row(id)).toMatchObject({ attempts: 0, lastError: { code: "disk-short" } });
  });

  it("ends what a person cancels, running or waiting", async () => {
    const { work, hasBegun } = endless();
    const id = add("a");
    const started = startWith(work);
    await hasBegun;
    cancelOrRemoveJob(db, id, new Date());
    started.wake();
    await reaches(id, "cancelled");

    const waiting = add("b");
    db.update(jobs)
      .set({ runAt: new Date(Date.now() + 60_000) })
      .where(eq(jobs.id, waiting))
      .run();
    cancelOrRemoveJob(db, waiting, new Date());
    started.wake();
    await reaches(waiting, "cancelled");
  });

  it("gives the claim back when Vigilio stops", async () => {
    const { work, hasBegun } = endless();
    const id = add("a");
    const started = startWith(work);
    await hasBegun;
    await started.stop();
    expect(row(id)).toMatchObject({ status: "queued", attempts: 0, bootId: null });
  });

  it("waits no longer than told for work that does not listen, and gives its claim back, too", async () => {
    const id = add("a");
    let begun = false;
    const started = startWith(() => {
      begun = true;
      return new Promise(() => {});
    });
    await vi.waitFor(() => expect(begun).toBe(true));
    await started.stop(50);
    expect(row(id)).toMatchObject({ status: "queued", attempts: 0, bootId: null });
    runner = undefined;
  });

  it("tries what may pass again with its words, when the far end said to", async () => {
    const id = add("a");
    const at = new Date(Date.now() + 3_600_000);
    startWith(async () => {
      throw new TryAgain(reason("tmdb-pictures"), "blocked", at);
    });
    await reaches(id, "queued");
    expect(row(id)).toMatchObject({
      ...{ attempts: 1, runAt: at, lastError: { code: "tmdb-pictures" } },
      lastErrorDetail: "blocked",
    });
  });

  it("puts what follows into the table when a step is done, once", async () => {
    const movieId = addMovieRow(db, { title: "The Lantern", status: "processing" });
    const version = addVersionRow(db, { movieId, status: "queued" });
    const payload = { versionId: version.id, movieId };
    const id = enqueue(db, "import", payload, { now: new Date() });
    const wait = async (context: JobContext) => later(context, 60_000, reason("x"));
    startWith(async () => done, {
      import: async () => done,
      "make-playable": wait,
      "find-subtitles": wait,
    });
    await reaches(id, "succeeded");
    const followers = db
      .select({ kind: jobs.kind, payload: jobs.payload })
      .from(jobs)
      .where(ne(jobs.id, id))
      .all();
    expect(followers.toSorted((a, b) => a.kind.localeCompare(b.kind))).toEqual([
      { kind: "find-subtitles", payload },
      { kind: "make-playable", payload },
    ]);
  });

  it("forgets earlier failures of the same work when it succeeds", async () => {
    const old = add("a");
    db.update(jobs).set({ status: "failed" }).where(eq(jobs.id, old)).run();
    const id = add("a");
    startWith(async () => done);
    await reaches(id, "succeeded");
    expect(row(old)).toBeUndefined();
  });

  it("fails a row of a kind or with a payload that it does not know", async () => {
    const id = add("a");
    db.update(jobs).set({ kind: "from-the-future" }).where(eq(jobs.id, id)).run();
    const other = add("b");
    db.update(jobs)
      .set({ payload: { subjectId: 5 } })
      .where(eq(jobs.id, other))
      .run();
    startWith(async () => done);
    await reaches(id, "failed");
    await reaches(other, "failed");
  });
});

describe("what a thrown error means", () => {
  it("tries again what may pass, and not what a person has to mend", () => {
    expect(failureOf(new UpstreamError("tmdb", "credentials", "x")).mayRetry).toBe(false);
    expect(failureOf(new UpstreamError("tmdb", "broken", "x")).mayRetry).toBe(true);
    expect(failureOf(new AppError("job-unknown", { status: 404 })).mayRetry).toBe(false);
    expect(failureOf(new FfmpegError(reason("media-unreadable"), "x")).mayRetry).toBe(false);
    expect(failureOf(new FfmpegError(reason("media-disk-error"), "x")).mayRetry).toBe(true);
    expect(failureOf(new TypeError("x"))).toMatchObject({
      reason: { code: "job-fault" },
      mayRetry: true,
    });
  });
});
