import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as log from "@/app/api/v1/jobs/[id]/log/route";
import * as job from "@/app/api/v1/jobs/[id]/route";
import * as list from "@/app/api/v1/jobs/route";
import * as run from "@/app/api/v1/schedule/[name]/run/route";
import * as schedule from "@/app/api/v1/schedule/route";
import { enqueue } from "@/lib/queue/enqueue";
import { saveJobLines } from "@/lib/queue/job-log";
import { type Runtime, setRuntime } from "@/lib/queue/runtime";
import { saveScheduleRun } from "@/lib/queue/ticks";
import { addMovieRow, addVersionRow } from "./support/library";
import { call, token } from "./support/route-call";
import { type TestSite, testSite } from "./support/site";

let site: TestSite;
let jobId: string;
const now = new Date("2026-01-01T00:00:00Z");

beforeEach(() => {
  site = testSite({ VIGILIO_API_TOKEN: token });
  site.user("owner", "admin");
  const movieId = addMovieRow(site.db, { title: "Heat" });
  const { id: versionId } = addVersionRow(site.db, { movieId });
  jobId = enqueue(site.db, "publish", { movieId, versionId }, { now });
});
afterEach(() => {
  setRuntime(undefined);
  site[Symbol.dispose]();
});

describe("/api/v1/jobs", () => {
  it("are narrowed, and one is told alone and with what it said", async () => {
    const { data } = await call(list.GET, { query: "?kind=publish&title=heat" });
    expect(data).toMatchObject({ total: 1, items: [{ id: jobId, movieTitle: "Heat" }] });
    expect((await call(list.GET, { query: "?kind=import" })).data.total).toBe(0);

    const one = await call(job.GET, { params: { id: jobId } });
    expect(one).toEqual({ status: 200, data: data.items[0] });

    const line = { at: now, level: "warn" as const, message: "asked", facts: { ms: 3 } };
    saveJobLines(site.db, jobId, [line, { ...line, message: "answered", facts: null }], now);
    const said = await call(log.GET, { params: { id: jobId }, query: "?pageSize=1" });
    expect(said.data).toMatchObject({
      ...{ page: 1, pageSize: 1, total: 2 },
      items: [{ level: "warn", message: "answered", facts: null, at: now.toISOString() }],
    });
    const unknown = { params: { id: "0".repeat(16) } };
    expect((await call(job.GET, unknown)).status).toBe(404);
    expect((await call(log.GET, unknown)).status).toBe(404);
  });
});

describe("/api/v1/schedule", () => {
  const last = {
    startedAt: now,
    finishedAt: new Date(now.getTime() + 1500),
    outcome: "done" as const,
    detail: null,
  };

  /** A scheduler with one tick, which is at it or not. */
  function startScheduler(isRunning: boolean): string[] {
    const asked: string[] = [];
    const runtime: Runtime = {
      bootId: "boot",
      wake() {},
      sweep() {},
      managedQbittorrent: () => null,
      ticks: () => [{ name: "sweep", isRunning, last, nextAt: now }],
      runTick(name) {
        if (name !== "sweep") return null;
        if (isRunning) return "running";
        asked.push(name);
        return Promise.resolve();
      },
      restore: () => Promise.reject(new Error("not in this test")),
    };
    setRuntime(runtime);
    return asked;
  }
  const runNow = (name: string) => call(run.POST, { params: { name } });

  it("is listed with last and next runs", async () => {
    startScheduler(false);
    expect((await call(schedule.GET)).data).toEqual({
      items: [
        {
          ...{ name: "sweep", isRunning: false, nextAt: now.toISOString() },
          last: {
            ...{ startedAt: now.toISOString(), durationSeconds: 1.5 },
            ...{ outcome: "done", detail: null },
          },
        },
      ],
    });
  });

  it("tells what an earlier start did while there is no scheduler", async () => {
    saveScheduleRun(site.db, "sweep", last);
    expect((await call(schedule.GET)).data.items).toMatchObject([
      { name: "sweep", last: { outcome: "done" }, nextAt: null },
    ]);
    expect((await runNow("sweep")).status).toBe(503);
  });

  it("is run now, but not twice at once", async () => {
    const asked = startScheduler(false);
    expect((await runNow("sweep")).status).toBe(204);
    expect(asked).toEqual(["sweep"]);
    expect(await runNow("no-such-tick")).toMatchObject({
      status: 404,
      data: { type: "/problems/schedule-unknown" },
    });
    startScheduler(true);
    expect(await runNow("sweep")).toMatchObject({
      status: 409,
      data: { type: "/problems/schedule-running" },
    });
  });
});
