import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { jobLogs, jobs } from "@/db/schema";
import { readEnv } from "@/lib/env";
import { reason } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { FfmpegError } from "@/lib/services/ffmpeg/failure";
import { connect } from "@/lib/settings/connect";
import { testDatabase } from "@/tests/support/database";
import { done, type Handler } from "./context";
import { handlers } from "./handlers";
import { JobLog } from "./job-log";
import { Runner } from "./runner";

let db: ReturnType<typeof testDatabase>;
let jobId: string;
const now = new Date("2026-01-01T00:00:00Z");

beforeEach(() => {
  db = testDatabase();
  const payload = { subjectId: "a", folders: [], downloads: [], imageIds: [] };
  jobId = enqueue(db, "remove-leftovers", payload, { now });
});
afterEach(() => db[Symbol.dispose]());

const said = () => db.select().from(jobLogs).orderBy(jobLogs.id).all();
const logOf = () =>
  new JobLog({ db, now: () => now }, { id: jobId, kind: "remove-leftovers", movieId: null });

it("is written together, without secrets, and each line cut", () => {
  const log = logOf();
  log.info({ apiKey: "abc", url: "https://a.example/key", skipped: null }, "asked");
  log.warn({ output: "x".repeat(5000), code: 7 }, "said much");
  log.debug({}, "not interesting");
  expect(said()).toEqual([]);
  log.flush();
  expect(said()).toMatchObject([
    {
      level: "info",
      message: "asked",
      facts: { apiKey: "[secret]", url: "https://a.example/[secret]" },
    },
    { level: "warn", message: "said much", facts: { code: 7 } },
  ]);
  expect(JSON.stringify(said()[1]?.facts).length).toBeLessThanOrEqual(2000);
  log.flush();
  expect(said()).toHaveLength(2);
});

it("is written by itself, and after fifty lines at the latest", async () => {
  const log = logOf();
  for (let line = 0; line < 50; line += 1) log.note("info", {}, `line ${line}`);
  expect(said()).toHaveLength(50);
  log.note("info", {}, "one more");
  await vi.waitFor(() => expect(said()).toHaveLength(51), { timeout: 5000 });
});

it("says nothing to a database that was closed", () => {
  const log = logOf();
  log.note("info", {}, "too late");
  db.$client.close();
  expect(() => log.flush()).not.toThrow();
  db = testDatabase();
});

async function runToItsEnd(work: Handler<"remove-leftovers">, status: string): Promise<void> {
  const env = readEnv({}, "/nowhere");
  const runner = new Runner({
    ...{ db, env, services: connect(db, env), bootId: "boot", lanes: { io: 1, cpu: 1 } },
    handlers: { ...handlers, "remove-leftovers": work },
    now: () => new Date(),
  });
  runner.start();
  await vi.waitFor(() => expect(db.select().from(jobs).get()?.status).toBe(status), {
    timeout: 5000,
  });
  await runner.stop();
}

it("tells of a run from its start to its end", async () => {
  await runToItsEnd(async ({ log }) => {
    log.info({ files: 2 }, "removed");
    return done;
  }, "succeeded");
  expect(said().map(({ message }) => message)).toEqual(["started", "removed", "job done"]);
  expect(said()[0]?.facts).toEqual({ attempt: 1, of: 30 });
});

it("tells what ffmpeg printed last when it failed", async () => {
  const printed = `${"frame\n".repeat(1000)}moov atom not found`;
  await runToItsEnd(() => {
    throw new FfmpegError(reason("media-unreadable"), printed);
  }, "failed");
  const line = said().find(({ message }) => message === "ffmpeg said last");
  expect(line?.level).toBe("error");
  expect(String(line?.facts?.printed)).toMatch(/moov atom not found$/);
  expect(said().at(-1)).toMatchObject({ level: "error", message: "job failed" });
});
