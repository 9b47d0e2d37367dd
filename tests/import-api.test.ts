import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as take from "@/app/api/v1/import/scans/[id]/import/route";
import * as one from "@/app/api/v1/import/scans/[id]/route";
import * as scans from "@/app/api/v1/import/scans/route";
import * as settings from "@/app/api/v1/settings/route";
import { scanFolder } from "@/jobs/handlers/scan-folder";
import { makeFolders } from "@/lib/env";
import { reason } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { saveHealth, serviceNames } from "@/lib/queue/health";
import { connect } from "@/lib/settings/connect";
import { call, token } from "./support/route-call";
import { type TestSite, testSite } from "./support/site";

let dir: string;
let site: TestSite;

/** Without TMDB, which tests/import.integration.test.ts has. */
function open(environment: Record<string, string> = {}) {
  site = testSite({
    VIGILIO_API_TOKEN: token,
    VIGILIO_DATA_DIR: join(dir, "data"),
    ...environment,
  });
  makeFolders(site.env);
  const ok = { ok: true, detail: reason("health-not-checked") };
  saveHealth(site.db, Object.fromEntries(serviceNames.map((name) => [name, ok])), new Date());
}

beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "vigilio-import-")));
  mkdirSync(join(dir, "films"));
});
afterEach(() => {
  site[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

function put(path: string, content = "x"): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
}

const scanOf = (folder: string) => call(scans.POST, { body: { folder } });

/** Begins a scan and does its work. */
async function scanned(folder = join(dir, "films")): Promise<string> {
  const { data } = await scanOf(folder);
  await scanFolder(
    {
      ...{ db: site.db, env: site.env, services: connect(site.db, site.env) },
      ...{ now: () => new Date(), signal: new AbortController().signal },
      ...{ log: logFor("test"), progress: () => {} },
    },
    { scanId: data.scanId },
  );
  return data.scanId;
}

describe("import folders", () => {
  const save = (importDirs: unknown) => call(settings.PATCH, { body: { importDirs } });
  const errorOf = async (importDirs: unknown) => (await save(importDirs)).data.errors?.importDirs;

  it("are saved when they can be read, and scanned from then on", async () => {
    open();
    expect((await scanOf(join(dir, "films"))).data.errors.folder).toContain("No folder is open");
    expect((await save([join(dir, "films")])).status).toBe(200);
    expect((await scanOf(join(dir, "films"))).status).toBe(202);
    expect((await save(null)).status).toBe(200);
    expect((await scanOf(join(dir, "films"))).status).toBe(422);
  });

  it("are refused in words, the whole list with them", async () => {
    open();
    put("films/a.mkv");
    const films = join(dir, "films");
    expect(await errorOf([films, join(dir, "nowhere")])).toContain("There is no folder");
    expect(await errorOf([join(films, "a.mkv")])).toContain("is a file");
    expect(await errorOf(["films"])).toContain("no full path");
    expect(await errorOf(["/"])).toContain("The whole disk");
    expect(await errorOf(["/etc"])).toContain("operating system");
    expect(await errorOf(["/usr/share"])).toContain("operating system");
    expect(await errorOf([dir])).toContain("inside each other");
    expect(await errorOf([join(dir, "data/media")])).toContain("inside each other");
    expect(await errorOf([`${films}/../data`])).toContain("inside each other");
    expect((await save("/srv")).status).toBe(422);
    expect((await scanOf(films)).status).toBe(422);
  });

  it("of the environment win, and can't be changed", async () => {
    open({ VIGILIO_IMPORT_DIRS: join(dir, "films") });
    expect(await errorOf([dir])).toContain("VIGILIO_IMPORT_DIRS");
    const { data } = await call(settings.GET);
    const item = data.items.find(({ key }: { key: string }) => key === "importDirs");
    expect(item).toMatchObject({ source: "environment", editable: false });
    expect((await scanOf(join(dir, "films"))).status).toBe(202);
  });
});

describe("a scan", () => {
  beforeEach(() => open({ VIGILIO_IMPORT_DIRS: `${join(dir, "films")},${join(dir, "gone")}` }));

  it("is of an import folder or one inside it, and of nothing else", async () => {
    mkdirSync(join(dir, "films/shelf"));
    mkdirSync(join(dir, "films2"));
    expect((await scanOf(join(dir, "films/shelf"))).status).toBe(202);
    for (const path of [dir, join(dir, "films2"), join(dir, "films/.."), "/etc", "films"]) {
      expect((await scanOf(path)).data.errors.folder).toContain("not taken from this folder");
    }
    expect((await scanOf(join(dir, "gone"))).data.errors.folder).toContain("There is no folder");
  });

  it("is one while it goes on", async () => {
    const first = await scanOf(join(dir, "films"));
    expect((await scanOf(join(dir, "films"))).data).toEqual(first.data);
    expect((await call(scans.GET)).data).toMatchObject({
      total: 1,
      items: [{ status: "walking" }],
    });
  });

  it("tells films by their names while TMDB can't be asked, page by page", async () => {
    put("films/The Lantern (1999)/The Lantern.1080p.mkv", "film");
    put("films/The Lantern (1999)/The Lantern.en.srt");
    put("films/Two.CD1.avi");
    put("films/Two.CD2.avi");
    put("films/Series.S01E01.mkv");
    const id = await scanned();
    const { data } = await call(one.GET, { params: { id }, query: "?pageSize=1" });
    expect(data).toMatchObject({ total: 2, pageSize: 1 });
    expect(data.scan).toMatchObject({
      ...{ status: "done", films: 2, newFilms: 0, skips: { episodes: 1 } },
      groups: { ready: 0, check: 2, done: 0 },
    });
    expect(data.scan.detail).toContain("TMDB");
    expect(data.items[0]).toMatchObject({
      name: "The Lantern (1999)/The Lantern.1080p.mkv",
      ...{ parts: 1, subtitles: 1, sizeBytes: 4, state: "open" },
      understood: { title: "The Lantern", year: 1999, resolution: 1080 },
      match: { kind: "unasked", tmdbId: null },
    });
    const next = await call(one.GET, { params: { id }, query: "?pageSize=1&page=2" });
    expect(next.data.items[0]).toMatchObject({ parts: 2, understood: { title: "Two" } });
    const checked = await call(one.GET, { params: { id }, query: "?group=check" });
    expect(checked.data.total).toBe(2);
    expect((await call(one.GET, { params: { id }, query: "?group=ready" })).data.total).toBe(0);
    // Nothing of the disk outside the folder is told.
    expect(JSON.stringify(data.items)).not.toContain(dir);
  });

  it("shows what is new first, and takes the place of the one before", async () => {
    put("films/a.mkv", "1");
    const before = await scanned();
    put("films/b.mkv", "2");
    const id = await scanned();
    const { data } = await call(one.GET, { params: { id } });
    expect(data.scan.newFilms).toBe(1);
    expect(data.items.map(({ name, isNew }: never) => `${name} ${isNew}`)).toEqual([
      "b.mkv true",
      "a.mkv false",
    ]);
    expect((await call(one.GET, { params: { id: before } })).status).toBe(404);
  });
});

describe("an import", () => {
  beforeEach(() => open({ VIGILIO_IMPORT_DIRS: join(dir, "films") }));
  const want = (id: string, body: unknown) => call(take.POST, { params: { id }, body });

  it("is asked for by the ids of files, and puts them down once", async () => {
    put("films/a.mkv");
    const id = await scanned();
    const [row] = (await call(one.GET, { params: { id } })).data.items;
    const files = [{ fileId: row.id, title: "The Lantern", year: 1999 }];
    const { status, data } = await want(id, { files, mode: "copy" });
    expect([status, typeof data.jobId]).toEqual([202, "string"]);
    const after = (await call(one.GET, { params: { id } })).data.items[0];
    expect(after).toMatchObject({
      state: "waiting",
      match: { kind: "chosen", title: "The Lantern", year: 1999 },
    });
    const again = await want(id, { files });
    expect(again.status).toBe(422);
    expect(again.data.errors["files.0.fileId"]).toContain("not among those");
  });

  it("takes no paths, no files of others, and not both ways of choosing", async () => {
    put("films/a.mkv");
    const id = await scanned();
    const unknown = { fileId: "0".repeat(16) };
    for (const body of [
      { files: [{ path: "/etc/passwd" }] },
      { files: [unknown] },
      { files: [] },
      {},
      { files: [unknown], all: "ready" },
      { all: "ready", mode: "steal" },
    ]) {
      expect((await want(id, body)).status, JSON.stringify(body)).toBe(422);
    }
    expect((await want("0".repeat(16), { all: "ready" })).status).toBe(404);
  });

  it("is refused while what it needs is down", async () => {
    put("films/a.mkv");
    const id = await scanned();
    const ok = { ok: false, detail: reason("health-not-checked") };
    saveHealth(site.db, { ffmpeg: ok }, new Date());
    const { status, data } = await want(id, { all: "ready" });
    expect(status).toBe(503);
    expect(data.services.map(({ name }: { name: string }) => name)).toContain("ffmpeg");
  });
});
