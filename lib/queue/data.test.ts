import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type JobStatus, jobs } from "@/db/schema";
import { randomId } from "@/lib/ids";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, libraryStart } from "@/tests/support/library";
import { countJobs, jobListQuery, listJobs } from "./data";
import { jobDetails } from "./job-page";
import { jobView } from "./schema";

let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => db[Symbol.dispose]());

const at = (minutes: number) => new Date(libraryStart.getTime() + minutes * 60_000);
const list = (query = {}) => listJobs(db, jobListQuery.parse(query), ({ code }) => `said: ${code}`);

function addJob(
  kind: string,
  status: JobStatus,
  row: Partial<typeof jobs.$inferInsert> = {},
): void {
  db.insert(jobs)
    .values({
      id: randomId(),
      kind,
      status,
      payload: { magnet: "secret" },
      lane: "io",
      runAt: at(0),
      maxAttempts: 5,
      deadlineMs: 1000,
      createdAt: at(0),
      updatedAt: at(0),
      ...row,
    })
    .run();
}

it("lists what runs, then what waits, then what is done, in words and without secrets", () => {
  const movieId = addMovieRow(db, { title: "Heat" });
  addJob("done-early", "succeeded", { finishedAt: at(1) });
  addJob("done-late", "failed", {
    finishedAt: at(9),
    lastError: { code: "disk-full" },
    lastErrorDetail: "/secret/path is full",
    movieId,
  });
  addJob("waits", "waiting", { movieId });
  addJob("runs", "running", { progress: 1.2, startedAt: at(2) });
  const page = list();
  expect(page.items.map(({ kind }) => kind)).toEqual(["runs", "waits", "done-late", "done-early"]);
  expect(page.items[1]).toMatchObject({ movieId, movieTitle: "Heat" });
  expect(page.items[0]).toMatchObject({ progress: 1, startedAt: at(2).toISOString() });
  expect(page.items[2]).toMatchObject({ error: "said: disk-full", attempts: 0, maxAttempts: 5 });
  for (const item of page.items) jobView.parse(item);
  expect(JSON.stringify(page)).not.toContain("secret");

  expect(list({ movieId }).items.map(({ kind }) => kind)).toEqual(["waits", "done-late"]);
  expect(list({ status: "failed" }).total).toBe(1);
  expect(list({ pageSize: 1, page: 2 })).toMatchObject({ items: [{ kind: "waits" }], total: 4 });
});

it("is narrowed by kind and by a part of a movie's title, with how many there are in each state", () => {
  const heat = addMovieRow(db, { title: "100% Heat" });
  const cold = addMovieRow(db, { title: "1000 Degrees" });
  addJob("import", "failed", { movieId: heat, finishedAt: at(1) });
  addJob("publish", "failed", { movieId: heat, finishedAt: at(2) });
  addJob("import", "queued", { movieId: cold });
  addJob("webhook", "running");
  const kinds = (query: object) => list(query).items.map(({ kind }) => kind);
  expect(kinds({ title: "heat" })).toEqual(["publish", "import"]);
  // Signs of a pattern are meant as they are.
  expect(kinds({ title: "100%" })).toHaveLength(2);
  expect(kinds({ kind: "import" })).toHaveLength(2);
  expect(list({ kind: "import", status: "failed" })).toMatchObject({ total: 1 });
  expect(countJobs(db, jobListQuery.parse({ kind: "import", status: "failed" }))).toEqual({
    ...{ queued: 1, running: 0, waiting: 0, succeeded: 0, failed: 1, cancelled: 0 },
  });
});

it("lists the queue in the order in which it is taken, and what ended by its end", () => {
  addJob("late", "queued", { runAt: at(2) });
  addJob("early", "queued", { runAt: at(1) });
  addJob("urgent", "queued", { runAt: at(3), priority: 9 });
  addJob("first", "succeeded", { finishedAt: at(1) });
  addJob("last", "succeeded", { finishedAt: at(5) });
  const kinds = (status: JobStatus) => list({ status }).items.map(({ kind }) => kind);
  expect(kinds("queued")).toEqual(["urgent", "early", "late"]);
  expect(kinds("succeeded")).toEqual(["last", "first"]);
});

it("finds what ended by an index, however many there are", () => {
  const plan = db.all<{ detail: string }>(
    sql`explain query plan select id from jobs where status = 'succeeded'
      order by finished_at desc, id desc limit 50`,
  );
  expect(plan.map(({ detail }) => detail).join("; ")).toContain("jobs_ended");
});

it("shows a job with what was done around it, and of its payload ids alone", () => {
  const movieId = addMovieRow(db, { title: "Heat" });
  const versionId = "0123456789abcdef";
  addJob("import", "succeeded", { movieId, createdAt: at(1), finishedAt: at(1) });
  addJob("publish", "failed", {
    ...{ id: "b".repeat(16), movieId, createdAt: at(2), finishedAt: at(2) },
    payload: { movieId, versionId, magnet: "magnet:?xt=secret", path: "/secret" },
    lastErrorDetail: "asked https://a.example/secret",
  });
  addJob("make-previews", "queued", { movieId, createdAt: at(3) });
  const details = jobDetails(db, "b".repeat(16), ({ code }) => code);
  expect(details).toMatchObject({
    about: [
      { name: "movieId", value: movieId },
      { name: "versionId", value: versionId },
    ],
    errorDetail: "asked https://a.example/[secret]",
    before: [{ kind: "import" }],
    after: [{ kind: "make-previews" }],
  });
  expect(JSON.stringify(details).replaceAll("[secret]", "")).not.toContain("secret");
  expect(jobDetails(db, "nothing", ({ code }) => code)).toBeNull();
});
