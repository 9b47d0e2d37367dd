import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloads, movies, serviceState } from "@/db/schema";
import { putMovieInBin } from "@/lib/bin/mutations";
import { type Env, readEnv } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow, libraryStart } from "@/tests/support/library";
import { countStorage } from "./count";
import { countedNow, forgetCount } from "./counting";
import { storageNow } from "./overview";

const now = new Date("2026-03-01T10:00:00Z");
let db: ReturnType<typeof testDatabase>;
let root: string;
let env: Env;
beforeEach(() => {
  db = testDatabase();
  root = mkdtempSync(join(tmpdir(), "vigilio-storage-"));
  env = readEnv({ VIGILIO_DATA_DIR: root }, "/");
  for (const dir of [env.mediaDir, env.downloadsDir]) mkdirSync(dir, { recursive: true });
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(root, { recursive: true, force: true });
});

/** Written with something in it: a file of holes takes nothing. */
function write(path: string, bytes: number): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.alloc(bytes, 7));
  return path;
}

/** A film whose download is there as well: the same file, or one of its own. */
function film(title: string, how: "linked" | "converted", sizeBytes = 50_000) {
  const movieId = addMovieRow(db, { title });
  const version = addVersionRow(db, { movieId, sizeBytes, publishedAt: libraryStart });
  const id = randomId();
  const place = join(env.mediaDir, version.folder, `${version.fileName}.mp4`);
  write(place, sizeBytes);
  const original = join(env.downloadsDir, id, "film.mkv");
  if (how === "linked") {
    mkdirSync(dirname(original), { recursive: true });
    linkSync(place, original);
  } else write(original, 80_000);
  write(join(env.downloadsDir, id, "film.srt"), 700);
  const file = (index: number, path: string, role: "feature" | "subtitle" | "skipped") => ({
    ...{ index, path, sizeBytes: 99_999_999, role },
  });
  db.insert(downloads)
    .values({
      ...{ id, movieId, versionId: version.id, tag: `vigilio-${id}`, name: title },
      ...{ state: "seeding", progress: 1, completedAt: libraryStart },
      ...{ addedAt: libraryStart, updatedAt: libraryStart, savePath: join(env.downloadsDir, id) },
      files: [
        file(0, "film.mkv", "feature"),
        file(1, "film.srt", "subtitle"),
        file(2, "missing.mkv", "skipped"),
      ],
    })
    .run();
  return { movieId, version, downloadId: id };
}

describe("the count of the disk", () => {
  it("counts a file with two names once, and what lies beside films by its kind", async () => {
    const linked = film("Linked", "linked");
    const converted = film("Converted", "converted");
    const folder = join(env.mediaDir, converted.version.folder);
    write(join(folder, "preview", randomId(), "0.webp"), 3000);
    write(join(folder, "subtitles", `${randomId()}.vtt`), 400);
    write(join(env.imagesDir, randomId(), "342.webp"), 900);
    write(join(env.imagesDir, "not-ours.txt"), 5000);
    write(join(env.backupsDir, "a.db"), 2500);
    write(join(env.mediaDir, ".work", randomId(), "x.mp4"), 6000);
    write(env.databasePath, 8000);
    write(`${env.databasePath}-wal`, 2000);
    expect(await countStorage(db, env, now)).toEqual({
      countedAt: now.getTime(),
      originals: [
        { downloadId: converted.downloadId, sizeBytes: 80_700 },
        { downloadId: linked.downloadId, sizeBytes: 700 },
      ],
      originalsBytes: 81_400,
      ...{ previews: 3000, subtitles: 400, pictures: 900, making: 6000 },
      ...{ backups: 2500, database: 10_000 },
    });
  });

  it("leaves to the bin what lies there, and to people what is theirs", async () => {
    const { movieId } = film("Deleted", "converted");
    putMovieInBin(db, { id: movieId, sizeBytes: 130_700, days: 7, now });
    const other = film("Elsewhere", "converted");
    const own = join(root, "own");
    write(join(own, "film.mkv"), 9000);
    db.update(downloads).set({ savePath: own }).where(eq(downloads.id, other.downloadId)).run();
    const { originalsBytes } = await countStorage(db, env, now);
    expect(originalsBytes).toBe(0);
    const { uses } = await storageNow({ db, env, now }, { days: 30, waitMs: 5000 });
    const bytesOf = (kind: string) => uses.find((use) => use.kind === kind)?.sizeBytes;
    expect([bytesOf("bin"), bytesOf("films"), bytesOf("originals")]).toEqual([130_700, 50_000, 0]);
  });

  it("tells downloads that are still shared from those that are only kept", async () => {
    film("Shared", "converted");
    const kept = film("Kept", "converted");
    db.update(downloads).set({ state: "paused" }).where(eq(downloads.id, kept.downloadId)).run();
    const { uses } = await storageNow({ db, env, now }, { days: 30, waitMs: 5000 });
    const of = (kind: string) => uses.find((use) => use.kind === kind);
    expect(of("seeding")).toMatchObject({ sizeBytes: 80_700, count: 1 });
    expect(of("originals")?.sizeBytes).toBe(80_700);
  });

  it("is kept for minutes, and made anew beside everything else", async () => {
    film("Linked", "linked");
    const asked = (at: Date, waitMs = 5000) => countedNow(db, { env, now: at, waitMs });
    expect((await asked(now, 0)).isCounting).toBe(true);
    const first = await asked(now);
    expect(first).toMatchObject({ isCounting: false, counted: { originalsBytes: 700 } });
    write(join(env.downloadsDir, first.counted?.originals[0]?.downloadId ?? "", "film.srt"), 900);
    const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
    expect((await asked(later(4))).counted?.originalsBytes).toBe(700);
    // Old figures are shown while new ones are counted.
    expect(await asked(later(6))).toMatchObject({
      ...{ isCounting: true, counted: { originalsBytes: 700 } },
    });
    await expect.poll(async () => (await asked(later(6))).counted?.originalsBytes).toBe(900);
    forgetCount(db);
    expect((await asked(later(6))).isCounting).toBe(true);
    await expect.poll(async () => (await asked(later(6))).isCounting).toBe(false);
  });

  it("tells what cannot be read of nothing, and waits for nobody", async () => {
    const nowhere = readEnv({ VIGILIO_DATA_DIR: join(root, "nowhere") }, "/");
    const storage = await storageNow({ db, env: nowhere, now }, { days: 30, waitMs: 5000 });
    expect(storage).toMatchObject({ volumes: [], isCounting: false });
    expect(db.select().from(serviceState).all()).toHaveLength(1);
  });

  it("tells each disk once, with what of Vigilio's lies there", async () => {
    film("Converted", "converted");
    const { volumes, largest } = await storageNow({ db, env, now }, { days: 30, waitMs: 5000 });
    expect(volumes).toHaveLength(1);
    expect(volumes[0]).toMatchObject({ folders: ["media", "downloads", "data"], fits: true });
    expect(volumes[0]?.usedByVigilioBytes).toBeGreaterThanOrEqual(130_700);
    expect(volumes[0]?.totalBytes).toBeGreaterThan(volumes[0]?.freeBytes ?? 0);
    const [movie] = db.select().from(movies).all();
    expect(largest).toEqual([
      { movieId: movie?.id, title: "Converted", year: null, sizeBytes: 130_700 },
    ]);
  });
});
