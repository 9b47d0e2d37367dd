import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { downloads, history, listEntries, subtitles } from "@/db/schema";
import { enqueue } from "@/lib/queue/enqueue";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPerson, addVersionRow, libraryStart } from "@/tests/support/library";
import { removalOf } from "./removal";

let db: ReturnType<typeof testDatabase>;
let root: string;
beforeEach(() => {
  db = testDatabase();
  root = mkdtempSync(join(tmpdir(), "vigilio-removal-"));
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, bytes: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.alloc(bytes));
}

it("counts what goes with a movie and with no other, and leaves a person's own file out", async () => {
  const folders = {
    mediaDir: join(root, "media"),
    downloadsDir: join(root, "downloads"),
    imagesDir: join(root, "images"),
  };
  const movieId = addMovieRow(db, { title: "The Long Lamp" });
  const other = addMovieRow(db, { title: "Another Lamp" });
  const own = join(root, "films", "The.Long.Lamp.2019.mkv");
  write(own, 7000);
  const at = { publishedAt: libraryStart };
  const version = addVersionRow(db, { movieId, sourcePath: own, ...at });
  const smaller = addVersionRow(db, { movieId, ...at });
  const others = addVersionRow(db, { movieId: other, ...at });
  for (const { folder, fileName } of [version, smaller, others]) {
    write(join(folders.mediaDir, folder, `${fileName}.mp4`), 1000);
  }
  write(join(folders.mediaDir, version.folder, "left-by-hand.txt"), 24);
  for (const versionId of [version.id, others.id]) {
    db.insert(subtitles)
      .values({
        id: versionId,
        versionId,
        language: "en",
        source: "upload",
        sourceKey: "a",
        createdAt: libraryStart,
        updatedAt: libraryStart,
      })
      .run();
  }
  db.insert(downloads)
    .values({
      id: "a",
      movieId,
      versionId: version.id,
      tag: "vigilio-a",
      name: "x",
      state: "seeding",
      addedAt: libraryStart,
      updatedAt: libraryStart,
    })
    .run();
  const now = libraryStart;
  enqueue(db, "find-subtitles", { movieId, versionId: version.id }, { now });
  enqueue(db, "find-subtitles", { movieId: other, versionId: others.id }, { now });
  const [one, two] = [addPerson(db), addPerson(db)];
  addPerson(db);
  db.insert(listEntries).values({ userId: one, movieId, addedAt: now }).run();
  for (const userId of [one, two]) {
    const times = { startedAt: now, lastWatchedAt: now, positionSeconds: 3 };
    db.insert(history)
      .values({ userId, movieId, ...times })
      .run();
  }

  expect(await removalOf(db, { movieId, folders })).toEqual({
    versions: 2,
    // Both films and what lies beside one; the subtitle's own file was never written.
    files: 3,
    sizeBytes: 2024,
    filesKept: 1,
    subtitles: 1,
    torrents: 1,
    jobs: 1,
    people: 2,
  });
  await expect(removalOf(db, { movieId: "0".repeat(16), folders })).rejects.toThrow(
    "movie-unknown",
  );
});
