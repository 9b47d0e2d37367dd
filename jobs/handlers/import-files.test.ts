import { chmodSync, renameSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jobs, movies, versions } from "@/db/schema";
import { askForFiles } from "@/lib/imports/taking";
import { type ImportStage, importStage } from "@/tests/support/import-stage";
import { addMovieRow } from "@/tests/support/library";
import { importFiles } from "./import-files";

let stage: ImportStage;
beforeEach(() => {
  stage = importStage();
});
afterEach(() => stage[Symbol.dispose]());

const name = "Shelf/Gravel Sky (2022).mkv";
const count = () => stage.stage.db.select().from(movies).all().length;

it("makes a movie of a file, with the work that follows", async () => {
  const path = stage.put(name);
  const row = await stage.take(await stage.scan(), name, "copy");
  expect(row).toMatchObject({ state: "imported", detail: null });
  const { db } = stage.stage;
  const movie = db.select().from(movies).get();
  expect(movie).toMatchObject({ id: row.movieId, title: "Gravel Sky", releaseYear: 2022 });
  expect(db.select().from(versions).get()).toMatchObject({
    ...{ id: row.versionId, sourcePath: path, importMode: "copy", sourceKind: "import" },
    sourceParts: [{ path, startSeconds: 0 }],
  });
  const kinds = db
    .select()
    .from(jobs)
    .where(eq(jobs.movieId, row.movieId ?? ""))
    .all();
  expect(kinds.map(({ kind }) => kind).sort()).toEqual(["fetch-metadata", "import"]);
});

it("takes all parts of a film, in order", async () => {
  const paths = [stage.put("A (1999)/CD1/a.avi", "12"), stage.put("A (1999)/CD2/a.avi", "345")];
  await stage.take(await stage.scan(), "A (1999)/CD1/a.avi");
  const row = stage.stage.db.select().from(versions).get();
  expect(row?.sourceParts?.map((part) => [part.path, part.sizeBytes])).toEqual([
    [paths[0], 2],
    [paths[1], 3],
  ]);
});

describe("leaves a file alone", () => {
  /** @param change what happens to the file after it was scanned. */
  async function refused(change: (path: string) => void, mode?: "move"): Promise<string | null> {
    const path = stage.put(name);
    // Whole seconds, which can be set again as they were.
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    const scanId = await stage.scan();
    change(path);
    const row = await stage.take(scanId, name, mode);
    expect(row).toMatchObject({ state: "refused", movieId: null, versionId: null });
    expect(count()).toBe(0);
    return row.detail;
  }
  const outside = () => join(dirname(stage.folder), "outside");

  it("that is gone", async () => {
    expect(await refused((path) => renameSync(path, `${path}.away`))).toBe("import-file-gone");
  });

  it("that was touched", async () => {
    expect(await refused((path) => utimesSync(path, 1, 1))).toBe("import-file-changed");
  });

  it("in whose place another one of the same size and date is", async () => {
    const anew = (path: string) => {
      const { atime, mtime, size } = statSync(path);
      renameSync(path, `${path}.away`);
      writeFileSync(path, "y".repeat(size));
      utimesSync(path, atime, mtime);
    };
    expect(await refused(anew)).toBe("import-file-changed");
  });

  it("that became a link", async () => {
    const linked = (path: string) => {
      renameSync(path, outside());
      symlinkSync(outside(), path);
    };
    expect(await refused(linked)).toBe("import-file-changed");
  });

  it("whose folder became a link to somewhere else", async () => {
    const linked = (path: string) => {
      renameSync(dirname(path), outside());
      symlinkSync(outside(), dirname(path));
    };
    expect(await refused(linked)).toBe("import-file-changed");
  });

  it("whose folder is no import folder any more", async () => {
    expect(await refused(() => stage.set({ importDirs: null }))).toBe("import-folder-closed");
  });

  // Root may write everywhere.
  it.skipIf(process.getuid?.() === 0)("that can't be moved out of its folder", async () => {
    const closed = (path: string) => chmodSync(dirname(path), 0o555);
    expect(await refused(closed, "move")).toBe("import-move-refused");
    chmodSync(dirname(join(stage.folder, name)), 0o755);
  });

  it("of a film that lies in the bin", async () => {
    const { db } = stage.stage;
    addMovieRow(db, { title: "Gravel Sky", tmdbId: 5, binnedAt: new Date() });
    stage.put(name);
    const scanId = await stage.scan();
    const files = [{ fileId: stage.rowsOf(scanId)[0]?.id ?? "", tmdbId: 5 }];
    askForFiles(db, { scanId, files, mode: "link", askedBy: null, now: new Date() });
    await importFiles(stage.stage.context, { scanId });
    expect(stage.rowsOf(scanId)[0]).toMatchObject({ state: "refused", detail: "movie-in-bin" });
  });
});
