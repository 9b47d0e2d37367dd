import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloads, subtitles, versions } from "@/db/schema";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow, libraryStart } from "@/tests/support/library";
import { deleteMovieFile, movieFiles } from "./files";

let db: ReturnType<typeof testDatabase>;
let root: string;
let folders: { mediaDir: string; downloadsDir: string; imagesDir: string };
beforeEach(() => {
  db = testDatabase();
  root = mkdtempSync(join(tmpdir(), "vigilio-files-"));
  folders = {
    mediaDir: join(root, "media"),
    downloadsDir: join(root, "downloads"),
    imagesDir: join(root, "images"),
  };
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, bytes = 10): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.alloc(bytes));
  return path;
}

/** A film with its file, a subtitle, a download that qBittorrent has let go, and something left over. */
function film(title: string) {
  const movieId = addMovieRow(db, { title });
  const version = addVersionRow(db, { movieId, publishedAt: libraryStart });
  const folder = join(folders.mediaDir, version.folder);
  const id = version.id;
  const save = join(folders.downloadsDir, id);
  const times = { createdAt: libraryStart, updatedAt: libraryStart };
  db.insert(subtitles)
    .values({
      ...{ id, versionId: id, language: "en", source: "upload", sourceKey: "a", ...times },
    })
    .run();
  const file = (index: number, path: string, role: "feature" | "skipped") => ({
    ...{ index, path, sizeBytes: 10, role },
  });
  db.insert(downloads)
    .values({
      ...{ id, movieId, versionId: id, tag: `vigilio-${id}`, name: title, state: "failed" },
      ...{ savePath: save, addedAt: libraryStart, updatedAt: libraryStart },
      files: [file(0, "film.mkv", "feature"), file(1, "advert.txt", "skipped")],
    })
    .run();
  return {
    ...{ movieId, version, folder },
    video: write(join(folder, `${version.fileName}.mp4`), 300),
    subtitle: write(join(folder, "subtitles", `${id}.vtt`), 20),
    stray: write(join(folder, "left-by-hand.txt"), 5),
    original: write(join(save, "film.mkv"), 400),
  };
}

const listed = (movieId: string) => movieFiles(db, { movieId, folders });
const idOf = (path: string) => createHash("sha256").update(path).digest("hex").slice(0, 16);
const remove = (movieId: string, fileId: string) =>
  deleteMovieFile(db, { movieId, fileId, folders, now: libraryStart });

describe("the files of a movie", () => {
  it("are told with role, size, whether they are in use, and whether they are there", async () => {
    const { movieId, original } = film("The Long Lamp");
    film("Another Lamp");
    rmSync(original);
    const found = await listed(movieId);
    const told = found.map(({ role, sizeBytes, inUse, missing }) => [
      role,
      sizeBytes,
      inUse,
      missing,
    ]);
    expect(told.sort()).toEqual(
      [
        ["video", 300, true, false],
        ["subtitle", 20, true, false],
        ["other", 5, false, false],
        ["original", null, false, true],
      ].sort(),
    );
    for (const { relativePath } of found) expect(relativePath).toMatch(/^(media|downloads)\//);
    expect(JSON.stringify(found)).not.toContain(root);
  });

  it("are deleted one by one, and what plays is not", async () => {
    const { movieId, video, stray, original, subtitle } = film("The Long Lamp");
    await remove(movieId, idOf(stray));
    await remove(movieId, idOf(original));
    await remove(movieId, idOf(subtitle));
    expect([stray, original, subtitle].map((path) => existsSync(path))).toEqual([
      false,
      false,
      false,
    ]);
    expect(db.select().from(subtitles).all()).toEqual([]);
    await expect(remove(movieId, idOf(video))).rejects.toThrow("file-in-use");
    expect(existsSync(video)).toBe(true);
  });
});

describe("a crafted id or path", () => {
  it("of another movie's file, or of any file that no row knows, is refused", async () => {
    const { movieId } = film("The Long Lamp");
    const other = film("Another Lamp");
    const secret = write(join(root, "secret.txt"));
    const skipped = write(join(folders.downloadsDir, other.version.id, "advert.txt"));
    for (const path of [other.stray, other.original, other.video, secret, skipped, "/etc/passwd"]) {
      await expect(remove(movieId, idOf(path)), path).rejects.toThrow("not-found");
    }
    for (const id of ["../secret.txt", "%2e%2e", "", "0".repeat(16), other.stray, secret]) {
      await expect(remove(movieId, id), id).rejects.toThrow("not-found");
    }
    for (const path of [other.stray, other.original, other.video, secret, skipped]) {
      expect(existsSync(path), path).toBe(true);
    }
  });

  it("in a torrent's list of files leads nowhere", async () => {
    const { movieId } = film("The Long Lamp");
    const secret = write(join(root, "secret.txt"));
    const names = ["../../secret.txt", "a/../../../secret.txt", secret, "film.mkv\0/../x"];
    const files = names.map((path, index) => ({
      ...{ index, path, sizeBytes: 10, role: "feature" as const },
    }));
    db.update(downloads).set({ files }).run();
    const paths = (await listed(movieId)).map(({ relativePath }) => relativePath);
    expect(paths.filter((path) => path.includes("secret"))).toEqual([]);
    await expect(remove(movieId, idOf(secret))).rejects.toThrow("not-found");
    expect(existsSync(secret)).toBe(true);
  });

  it("through a folder that is a link to elsewhere deletes nothing", async () => {
    const { movieId, folder, version } = film("The Long Lamp");
    const elsewhere = join(root, "elsewhere");
    renameSync(folder, elsewhere);
    symlinkSync(elsewhere, folder);
    const outside = join(elsewhere, "left-by-hand.txt");
    await expect(remove(movieId, idOf(join(folder, "left-by-hand.txt")))).rejects.toThrow(
      /file-not-ours|not-found/,
    );
    expect(existsSync(outside)).toBe(true);
    const save = join(folders.downloadsDir, version.id);
    const films = join(root, "films");
    renameSync(save, films);
    symlinkSync(films, save);
    await expect(remove(movieId, idOf(join(save, "film.mkv")))).rejects.toThrow("file-not-ours");
    expect(existsSync(join(films, "film.mkv"))).toBe(true);
  });

  it("of a file that is a link takes the link away, and not what it leads to", async () => {
    const { movieId, original } = film("The Long Lamp");
    const secret = write(join(root, "secret.txt"));
    rmSync(original);
    symlinkSync(secret, original);
    await remove(movieId, idOf(original));
    expect([existsSync(original), existsSync(secret)]).toEqual([false, true]);
  });

  it("of a person's own file is refused", async () => {
    const { movieId } = film("The Long Lamp");
    const own = write(join(root, "films", "The.Long.Lamp.mkv"));
    db.update(versions).set({ sourcePath: own }).run();
    await expect(remove(movieId, idOf(own))).rejects.toThrow("file-not-ours");
    db.update(downloads)
      .set({ savePath: join(root, "films"), files: [] })
      .run();
    await expect(remove(movieId, idOf(own))).rejects.toThrow("file-not-ours");
    expect(existsSync(own)).toBe(true);
  });
});
