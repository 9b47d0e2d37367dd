import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startScan } from "@/lib/imports/commands";
import { scanById, scanRows, scanViewOf } from "@/lib/imports/data";
import type { ImportInput, ScanRow } from "@/lib/imports/schema";
import { askForFiles } from "@/lib/imports/taking";
import { subtitlesOf } from "@/lib/subtitles/data";
import { makeMovie } from "@/tests/media/make";
import {
  type ConversionSite,
  type Kill,
  startConversionSite,
} from "@/tests/support/conversion-site";
import { films, imdbIdOf, titleOf, tmdbIdOf } from "@/tests/upstreams/films";
import { startTmdb, type TmdbStandIn, tmdbKeys } from "@/tests/upstreams/tmdb";
import { retireMoved } from "./moved-files";
import { retireJoined } from "./retire-joined";

const small = { width: 160, height: 90, framesPerSecond: 5, isFastStart: true };
const [first, second, third] = films;
if (!first || !second || !third) throw new Error("the library has no films");
const named = (film: typeof first) => `${titleOf(film)} (${film.releaseDate?.slice(0, 4)})`;
const say = ({ code }: { code: string }) => code;
const line = "1\n00:00:00,500 --> 00:00:01,500\nGood evening, my friend.\n";

let tmdb: TmdbStandIn;
let site: ConversionSite;
let folder: string;
beforeAll(async () => {
  tmdb = await startTmdb();
});
afterAll(() => tmdb.close());
afterEach(() => site.stop());

function open(kill?: Kill) {
  site = startConversionSite(kill ? { kill } : {});
  folder = join(site.root, "films");
  mkdirSync(folder);
  site.set({ importDirs: [folder] });
  site.set({ tmdbApiKey: tmdbKeys.v3, tmdbApiUrl: tmdb.apiUrl, tmdbImageUrl: tmdb.imageUrl });
}

const pathOf = (name: string) => join(folder, name);

async function film(name: string, more: Partial<Parameters<typeof makeMovie>[0]> = {}) {
  mkdirSync(dirname(pathOf(name)), { recursive: true });
  return makeMovie({ ...small, seconds: 2, path: pathOf(name), ...more });
}

/** Looks through the folder to the end. `isKillAhead`: what is to be killed comes after it. */
async function scan({ isKillAhead = false } = {}) {
  const { db, env } = site;
  const user = { id: null, isAdmin: true };
  const { scanId } = await startScan({ db, env, user, now: new Date() }, folder);
  await site.settle({ isKillAhead });
  return scanId;
}
const rowsOf = (scanId: string) => scanRows(site.db, scanId, { page: 1, pageSize: 100 }, say).items;
const viewOf = (scanId: string) => scanViewOf(site.db, scanById(site.db, scanId), say);
const rowOf = (scanId: string, name: string): ScanRow => {
  const row = rowsOf(scanId).find((one) => one.name === name);
  if (!row) throw new Error(`${name} was not found`);
  return row;
};

async function take(scanId: string, name: string, mode: ImportInput["mode"]) {
  const files = [{ fileId: rowOf(scanId, name).id }];
  askForFiles(site.db, { scanId, files, mode, askedBy: null, now: new Date() });
  await site.settle();
  return rowOf(scanId, name);
}

const versionOf = (row: ScanRow) => {
  const version = site.versionsOf(row.movieId ?? "").find(({ id }) => id === row.versionId);
  if (!version) throw new Error(`${row.name} has no version`);
  return version;
};
const inode = (path: string) => statSync(path).ino;

describe("films of a folder", () => {
  it("are imported by link, copy and move, each as the film that it is", async () => {
    open();
    const names = [`${named(first)}.mp4`, `${named(second)}/film.mp4`, `${named(third)}.mp4`];
    const [linked = "", copied = "", moved = ""] = names;
    for (const [at, name] of names.entries()) await film(name, { seconds: 2 + at });
    const scanId = await scan();
    expect(
      rowsOf(scanId)
        .map(({ match }) => `${match.kind} ${match.tmdbId}`)
        .sort(),
    ).toEqual([first, second, third].map((one) => `sure ${tmdbIdOf(one)}`).sort());

    const link = await take(scanId, linked, "link");
    expect(versionOf(link)).toMatchObject({ status: "ready", importMode: "link" });
    expect(inode(site.fileOf(versionOf(link)))).toBe(inode(pathOf(linked)));

    const copy = await take(scanId, copied, "copy");
    expect(versionOf(copy)).toMatchObject({ status: "ready", importMode: "copy" });
    expect(inode(site.fileOf(versionOf(copy)))).not.toBe(inode(pathOf(copied)));
    expect(statSync(pathOf(copied)).nlink).toBe(1);

    const before = inode(pathOf(moved));
    const move = await take(scanId, moved, "move");
    await retireMoved({ db: site.db, env: site.env, now: () => new Date() });
    expect(versionOf(move)).toMatchObject({ status: "ready", sourcePath: null });
    expect(existsSync(pathOf(moved))).toBe(false);
    const file = site.fileOf(versionOf(move));
    expect([inode(file), statSync(file).nlink]).toEqual([before, 1]);

    // They are known when the folder is looked through again, by what they are on the disk.
    renameSync(pathOf(linked), pathOf("renamed.mp4"));
    const again = await scan();
    expect(rowsOf(again).map(({ name, state, versionId }) => [name, state, versionId])).toEqual([
      [copied, "in-library", copy.versionId],
      ["renamed.mp4", "in-library", link.versionId],
    ]);
    // Another file of a film that is there.
    await film("Other.mp4", { seconds: 6 });
    renameSync(pathOf("Other.mp4"), pathOf(`${named(first)} 720p.mp4`));
    const third_ = await scan();
    const other = rowOf(third_, `${named(first)} 720p.mp4`);
    expect(other).toMatchObject({ state: "open", isNew: true, movieId: link.movieId });
    const taken = await take(third_, other.name, "link");
    expect(taken.movieId).toBe(link.movieId);
    expect(site.versionsOf(link.movieId ?? "")).toHaveLength(2);
  });

  it("keep what cannot be played, and lose nothing of what is moved", async () => {
    open();
    const whole = `${named(first)}/film.mkv`;
    await film(whole, { video: "mpeg4", subtitles: [{ text: line, language: "eng" }] });
    writeFileSync(pathOf(`${named(first)}/film.de.srt`), line.replace("evening", "Abend"));
    const broken = `${named(second)}.mkv`;
    writeFileSync(pathOf(broken), Buffer.alloc(50_000, 7));
    const scanId = await scan();
    expect(rowOf(scanId, whole).subtitles).toBe(1);

    const bad = await take(scanId, broken, "move");
    expect(bad).toMatchObject({ state: "imported", versionStatus: "failed" });
    const good = await take(scanId, whole, "move");
    await retireMoved({ db: site.db, env: site.env, now: () => new Date() });
    expect(existsSync(pathOf(broken))).toBe(true);
    expect(existsSync(pathOf(whole))).toBe(false);
    expect(versionOf(good)).toMatchObject({ status: "ready", videoCodec: "h264" });
    const kept = subtitlesOf(site.db, good.versionId ?? "").map(({ source }) => source);
    expect(kept.sort()).toEqual(["embedded", "sidecar"]);
  });

  it("are put together where they come in parts", async () => {
    open();
    await film(`${named(first)}/CD1/a.avi`, { video: "mpeg4", audio: [{ codec: "mp3" }] });
    await film(`${named(first)}/CD2/a.avi`, { video: "mpeg4", audio: [{ codec: "mp3" }] });
    const scanId = await scan();
    const [row, ...others] = rowsOf(scanId);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ parts: 2, match: { kind: "sure", tmdbId: tmdbIdOf(first) } });
    const taken = await take(scanId, row?.name ?? "", "link");
    await retireJoined({ db: site.db, env: site.env, now: () => new Date() });
    expect(versionOf(taken)).toMatchObject({ status: "ready" });
    expect(versionOf(taken).durationSeconds).toBeGreaterThan(3.5);
    expect(existsSync(pathOf(`${named(first)}/CD1/a.avi`))).toBe(true);
  });

  it("are named by ids that other programs write, and by a person", async () => {
    open();
    await film(`Anything {imdb-${imdbIdOf(first)}}.mp4`);
    await film("Something else.mp4", { seconds: 3 });
    const scanId = await scan();
    const [sure, none] = rowsOf(scanId);
    expect(sure?.match).toMatchObject({ kind: "sure", tmdbId: tmdbIdOf(first) });
    expect(none?.match).toMatchObject({ kind: "none", tmdbId: null });
    const files = [{ fileId: none?.id ?? "", imdbId: imdbIdOf(second) }];
    askForFiles(site.db, { scanId, files, mode: "link", askedBy: null, now: new Date() });
    await site.settle();
    const taken = rowOf(scanId, none?.name ?? "");
    expect(taken).toMatchObject({ state: "imported", versionStatus: "ready" });
  });
});

describe("what goes on after it was killed", () => {
  it.each<Kill>([
    { kind: "scan-folder", when: "before" },
    { kind: "scan-folder", when: "after" },
  ])("a scan: $when its work", async (kill) => {
    open(kill);
    await film(`${named(first)}.mp4`);
    const scanId = await scan();
    expect(viewOf(scanId)).toMatchObject({ status: "done", films: 1, groups: { ready: 1 } });
  });

  it.each<Kill>([
    { kind: "import-files", when: "before" },
    { kind: "import-files", when: "after" },
  ])("an import: $when its work, and nothing is taken twice", async (kill) => {
    open(kill);
    await film(`${named(first)}.mp4`);
    await film(`${named(second)}.mp4`, { seconds: 3 });
    const scanId = await scan({ isKillAhead: true });
    askForFiles(site.db, { scanId, files: "ready", mode: "link", askedBy: null, now: new Date() });
    await site.settle();
    const rows = rowsOf(scanId);
    expect(rows.map(({ state, versionStatus }) => `${state} ${versionStatus}`)).toEqual([
      "imported ready",
      "imported ready",
    ]);
    for (const { movieId } of rows) expect(site.versionsOf(movieId ?? "")).toHaveLength(1);
  });
});
