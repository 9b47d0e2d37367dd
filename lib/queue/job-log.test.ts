import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { jobLogs, jobs } from "@/db/schema";
import { testDatabase } from "@/tests/support/database";
import { libraryStart } from "@/tests/support/library";
import { enqueue } from "./enqueue";
import { keptLines, listJobLines, saveJobLines } from "./job-log";
import { jobLogLine } from "./schema";

let db: ReturnType<typeof testDatabase>;
let jobId: string;
const now = libraryStart;

beforeEach(() => {
  db = testDatabase();
  const payload = { subjectId: "a", folders: [], downloads: [], imageIds: [] };
  jobId = enqueue(db, "remove-leftovers", payload, { now });
});
afterEach(() => db[Symbol.dispose]());

const lines = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({
    at: now,
    level: "info" as const,
    message: `line ${from + at}`,
    facts: at === 0 ? { ms: 3 } : null,
  }));

it("keeps what a job said, the newest first and no more than its share", () => {
  saveJobLines(db, jobId, lines(keptLines - 1), now);
  saveJobLines(db, jobId, lines(3, 1000), now);
  const page = listJobLines(db, jobId, { page: 1, pageSize: 2 });
  expect(page).toMatchObject({ total: keptLines, page: 1, pageSize: 2 });
  expect(page.items.map(({ message }) => message)).toEqual(["line 1002", "line 1001"]);
  for (const item of page.items) jobLogLine.parse(item);
  const [oldest] = listJobLines(db, jobId, { page: keptLines, pageSize: 1 }).items;
  expect(oldest?.message).toBe("line 2");
});

it("goes with its job, and of one that is gone nothing is written", () => {
  saveJobLines(db, jobId, lines(2), now);
  db.delete(jobs).where(eq(jobs.id, jobId)).run();
  expect(db.select().from(jobLogs).all()).toEqual([]);
  saveJobLines(db, jobId, lines(2), now);
  expect(db.select().from(jobLogs).all()).toEqual([]);
  expect(() => listJobLines(db, jobId, { page: 1, pageSize: 20 })).toThrow("job-unknown");
});

it("touches the job's row, so that whoever follows it hears of it", () => {
  const later = new Date(now.getTime() + 5000);
  saveJobLines(db, jobId, lines(1), later);
  expect(db.select().from(jobs).get()?.updatedAt).toEqual(later);
});
