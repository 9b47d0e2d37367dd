import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scheduleRuns } from "@/db/schema";
import { scheduleRunsSince } from "@/lib/queue/ticks";
import { testDatabase } from "@/tests/support/database";
import { tickRuns } from "./tick-runs";

let db: ReturnType<typeof testDatabase>;
let nowMs: number;
const start = Date.parse("2026-01-01T00:00:00Z");

beforeEach(() => {
  db = testDatabase();
  nowMs = start;
});
afterEach(() => db[Symbol.dispose]());

const rows = () => db.select().from(scheduleRuns).all();

function tick(work: () => Promise<void> | void) {
  const context = { db, now: () => new Date(nowMs) };
  const [run] = tickRuns([{ name: "a-tick", run: work }], context);
  if (!run) throw new Error("no tick");
  return run;
}

describe("a tick", () => {
  it("runs once at a time, whoever asks", async () => {
    let finish = () => {};
    let count = 0;
    const run = tick(() => {
      count += 1;
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    const first = run.runNow();
    await Promise.resolve();
    expect(run.isRunning).toBe(true);
    expect(run.runNow()).toBe("running");
    await run.run();
    expect(count).toBe(1);
    nowMs += 2500;
    finish();
    await first;
    expect(run.isRunning).toBe(false);
    expect(run.last).toEqual({
      startedAt: new Date(start),
      finishedAt: new Date(start + 2500),
      outcome: "done",
      detail: null,
    });
  });

  it("is written down once a minute, when it turns out otherwise, and when it was asked for", async () => {
    let fault: Error | null = null;
    const run = tick(() => {
      if (fault) throw fault;
    });
    await run.run();
    const writtenAt = () => (rows()[0]?.finishedAt.getTime() ?? 0) - start;
    expect(writtenAt()).toBe(0);
    nowMs += 2000;
    await run.run();
    expect(writtenAt()).toBe(0);
    expect(run.last?.finishedAt.getTime()).toBe(start + 2000);
    await run.runNow();
    expect(writtenAt()).toBe(2000);
    fault = new Error("no answer of https://a.example/key");
    nowMs += 2000;
    await run.run();
    expect(rows()).toMatchObject([
      { outcome: "failed", detail: "no answer of https://a.example/[secret]" },
    ]);
    fault = null;
    nowMs += 60_000;
    await run.run();
    expect(rows()).toMatchObject([{ outcome: "done", detail: null }]);
    expect(scheduleRunsSince(db, new Date(nowMs))).toHaveLength(1);
    expect(scheduleRunsSince(db, new Date(nowMs + 1))).toEqual([]);
  });

  it("knows its last run after a restart", async () => {
    await tick(() => {}).run();
    nowMs += 60_000;
    expect(tick(() => {}).last?.startedAt).toEqual(new Date(start));
  });
});
