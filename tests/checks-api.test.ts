import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as checks from "@/app/api/v1/checks/route";
import * as run from "@/app/api/v1/checks/run/route";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { settings } from "@/db/schema";
import { runChecks } from "@/jobs/checks/run-checks";
import { mendFileModes } from "@/lib/checks/commands";
import type { CheckView } from "@/lib/checks/schema";
import { makeFolders } from "@/lib/env";
import { saveHealth } from "@/lib/queue/health";
import { setRuntime } from "@/lib/queue/runtime";
import { connect } from "@/lib/settings/connect";
import { createSource } from "@/lib/sources/mutations";
import { call, token } from "./support/route-call";
import { type TestSite, testSite } from "./support/site";
import { freePort } from "./support/vigilio";

let dir: string;
let site: TestSite;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-checks-api-"));
  site = testSite({
    ...{ VIGILIO_DATA_DIR: dir, VIGILIO_API_TOKEN: token, TMDB_API_URL: "http://127.0.0.1:9/3" },
    ...{ FFMPEG_PATH: "/nowhere/ffmpeg", QBITTORRENT_URL: "http://127.0.0.1:9" },
  });
  makeFolders(site.env);
  const migrationsDir = "db/migrations";
  migrateDatabase({ databasePath: site.env.databasePath, migrationsDir });
  openDatabase(site.env.databasePath).$client.close();
  site.user("ada", "admin");
});
afterEach(() => {
  setRuntime(undefined);
  site[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

/** The background work, as far as it looks at things. */
function startLooking() {
  const { db, env } = site;
  const context = { db, env, services: connect(db, env), now: () => new Date() };
  setRuntime({
    ...{ bootId: "a", wake: () => undefined, sweep: () => undefined },
    ...{ ticks: () => [], runTick: () => null },
    managedQbittorrent: () => null,
    restore: () => Promise.reject(new Error("not here")),
    runChecks: (areas) => runChecks(context, areas),
  });
}

const told = (items: CheckView[], name: string) => items.find((item) => item.name === name);

describe("/api/v1/checks", () => {
  it("tells what is known, and what nobody has looked at", async () => {
    const { status, data } = await call(checks.GET);
    expect(status).toBe(200);
    expect(data.unknown).toEqual([
      ...["database", "qbittorrent", "ffmpeg", "disk", "tmdb", "opensubtitles", "security"],
    ]);
    expect(told(data.items, "scheduler")).toMatchObject({ state: "broken" });
    saveHealth(site.db, {}, new Date());
    const after = await call(checks.GET);
    expect(told(after.data.items, "scheduler")).toMatchObject({ state: "fine" });
  });

  it("looks anew, and says what it found with what to do", async () => {
    startLooking();
    const { status, data } = await call(run.POST, { body: {} });
    expect(status).toBe(200);
    expect(data.unknown).toEqual([]);
    expect(told(data.items, "ffmpeg")).toMatchObject({
      state: "broken",
      todo: expect.stringContaining("FFMPEG_PATH"),
    });
    expect(told(data.items, "qbittorrent-reached")).toMatchObject({
      ...{ state: "broken", seen: "Nothing answers at 127.0.0.1:9." },
      href: "/manage/settings/downloads",
    });
    expect(told(data.items, "tmdb")).toMatchObject({ state: "look", means: expect.any(String) });
    expect(told(data.items, "database")).toMatchObject({ state: "fine", todo: null });
    expect(told(data.items, "folder-media")?.seen).toContain(join(dir, "media"));
    const [first] = data.items as CheckView[];
    expect(first?.state).toBe("broken");
  });

  it("looks at what is named alone, and really again", async () => {
    startLooking();
    await call(run.POST, { body: { areas: ["disk", "tmdb"] } });
    rmSync(join(dir, "media"), { recursive: true });
    const kept = await call(checks.GET);
    expect(told(kept.data.items, "folder-media")).toMatchObject({ state: "fine" });
    const { data } = await call(run.POST, { body: { areas: ["disk"] } });
    expect(data.unknown).toContain("ffmpeg");
    expect(told(data.items, "folder-media")).toMatchObject({
      state: "broken",
      command: expect.stringContaining(`sudo mkdir -p ${join(dir, "media")}`),
    });
  });

  it("asks a source, whose answer stands on its record", async () => {
    const id = createSource(site.db, {
      ...{ name: "Attic", kind: "torznab", enabled: true, now: new Date() },
      definition: { url: `http://127.0.0.1:${await freePort()}/api`, categories: [2000] },
    });
    const before = await call(checks.GET);
    expect(told(before.data.items, "source")).toMatchObject({ state: "fine", sourceId: id });
    const { data } = await call(run.POST, { body: { sourceId: id } });
    expect(told(data.items, "source")).toMatchObject({
      ...{ title: "Attic", state: "broken", seen: "It failed once." },
    });
    expect((await call(run.POST, { body: { sourceId: "unknown" } })).status).toBe(404);
  });

  it("says that nothing can be asked while the background work is not there", async () => {
    const { status, data } = await call(run.POST, { body: {} });
    expect({ status, type: data.type }).toEqual({
      ...{ status: 503, type: "/problems/checks-not-possible" },
    });
  });

  it("refuses in demo mode, and unknown areas", async () => {
    startLooking();
    expect((await call(run.POST, { body: { areas: ["weather"] } })).status).toBe(422);
    site.db.insert(settings).values({ key: "demo", value: true, updatedAt: new Date() }).run();
    expect((await call(run.POST, { body: {} })).data.type).toBe("/problems/demo-refused");
    expect((await call(checks.GET)).status).toBe(200);
  });

  it("closes files that others may read", async () => {
    startLooking();
    chmodSync(site.env.databasePath, 0o644);
    const open = await call(run.POST, { body: { areas: ["security"] } });
    expect(told(open.data.items, "files")).toMatchObject({ state: "look", mend: "file-modes" });
    await mendFileModes(site);
    expect(statSync(site.env.databasePath).mode & 0o777).toBe(0o600);
    const { data } = await call(checks.GET);
    expect(told(data.items, "files")).toMatchObject({ state: "fine" });
  });
});
