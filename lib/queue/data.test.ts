import { afterEach, beforeEach, expect, it } from "vitest";
import { type JobStatus, jobs } from "@/db/schema";
import { randomId } from "@/lib/ids";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, libraryStart } from "@/tests/support/library";
import { jobListQuery, listJobs } from "./data";
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
