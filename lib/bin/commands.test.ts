import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { binEntries, downloads, movies, versions } from "@/db/schema";
import { type Env, readEnv } from "@/lib/env";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow, libraryStart } from "@/tests/support/library";
import { binMovie, binVersion, restoreFromBin } from "./commands";

const now = new Date("2026-03-01T10:00:00Z");
let db: ReturnType<typeof testDatabase>;
let root: string;
let env: Env;
let context: { db: typeof db; env: Env; now: Date };
beforeEach(() => {
  db = testDatabase();
  root = mkdtempSync(join(tmpdir(), "vigilio-bin-"));
  env = readEnv({ VIGILIO_DATA_DIR: root }, "/");
  context = { db, env, now };
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, bytes: number): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.alloc(bytes, 1));
  return path;
}

function film(title: string) {
  const movieId = addMovieRow(db, { title });
  const version = addVersionRow(db, { movieId, publishedAt: libraryStart });
  const path = write(join(env.mediaDir, version.folder, `${version.fileName}.mp4`), 5000);
  return { movieId, version, path };
}

it("measures what goes: a file with two names once, a person's own not at all", async () => {
  const { movieId, version, path } = film("The Long Lamp");
  const original = join(env.downloadsDir, "a", "film.mkv");
  mkdirSync(dirname(original), { recursive: true });
  linkSync(path, original);
  write(join(env.downloadsDir, "a", "film.srt"), 700);
  write(join(env.mediaDir, version.folder, "left-by-hand.txt"), 24);
  const file = (index: number, name: string, role: "feature" | "subtitle") => ({
    ...{ index, path: name, sizeBytes: 9_000_000, role },
  });
  db.insert(downloads)
    .values({
      ...{ id: "a", movieId, versionId: version.id, tag: "vigilio-a", name: "x", state: "seeding" },
      files: [file(0, "film.mkv", "feature"), file(1, "film.srt", "subtitle")],
      savePath: join(env.downloadsDir, "a"),
      ...{ addedAt: libraryStart, updatedAt: libraryStart },
    })
    .run();
  const own = write(join(root, "films", "film.mkv"), 90_000);
  const other = addVersionRow(db, { movieId, sourcePath: own, publishedAt: libraryStart });
  write(join(env.mediaDir, other.folder, `${other.fileName}.mp4`), 300);

  const sizeOf = (id: string) =>
    db.select().from(binEntries).where(eq(binEntries.subjectId, id)).get()?.sizeBytes;
  expect(await binVersion(context, version.id)).toBe(7);
  expect(sizeOf(version.id)).toBe(5724);
  await restoreFromBin(context, version.id);
  await binMovie(context, movieId);
  expect(sizeOf(movieId)).toBe(6024);
});

it("says of a film whose file is gone that it is", async () => {
  const { movieId, path } = film("The Long Lamp");
  const { movieId: other } = film("Another Lamp");
  await binMovie(context, movieId);
  await binMovie(context, other);
  rmSync(path);
  expect(await restoreFromBin(context, other)).toMatchObject({ missingFiles: 0 });
  const title = "The Long Lamp";
  expect(await restoreFromBin(context, movieId)).toEqual({ movieId, title, missingFiles: 1 });
  const stateOf = (id: string) => db.select().from(movies).where(eq(movies.id, id)).get();
  expect(stateOf(movieId)).toMatchObject({
    ...{ status: "failed", reason: { code: "bin-file-missing" }, binnedAt: null },
  });
  expect(stateOf(other)?.status).toBe("ready");
});

it("takes an empty media folder for a disk that is not there, and fails no film", async () => {
  const { movieId } = film("The Long Lamp");
  await binMovie(context, movieId);
  rmSync(env.mediaDir, { recursive: true });
  expect((await restoreFromBin(context, movieId)).missingFiles).toBe(0);
  mkdirSync(env.mediaDir);
  await binMovie(context, movieId);
  expect((await restoreFromBin(context, movieId)).missingFiles).toBe(0);
  expect(db.select().from(versions).get()?.status).toBe("ready");
});
