import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readEnv } from "@/lib/env";
import { connect } from "@/lib/settings/connect";
import { versionOf } from "@/lib/versions/data";
import { versionById } from "@/lib/versions/mutations";
import { makeMovie } from "@/tests/media/make";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { readMissingChapters } from "./read-chapters";
import { publishedFile } from "./work-files";

let dir: string;
let db: ReturnType<typeof testDatabase>;
let env: ReturnType<typeof readEnv>;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-chapters-"));
  db = testDatabase();
  env = readEnv({ VIGILIO_DATA_DIR: dir }, dir);
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

const now = new Date("2026-03-01T10:00:00Z");
const read = () => readMissingChapters({ db, env, services: connect(db, env), now: () => now });

function published(durationSeconds = 20) {
  const movieId = addMovieRow(db, { title: "The Lantern" });
  const version = addVersionRow(db, { movieId, durationSeconds });
  const path = publishedFile(env.mediaDir, version);
  mkdirSync(dirname(path), { recursive: true });
  return { id: version.id, path };
}
const view = (id: string) => versionOf(db, id, () => "");

it("reads the chapters of what was published before, once", async () => {
  const { id, path } = published();
  await makeMovie({
    path,
    seconds: 20,
    chapters: [
      { startSeconds: 0, endSeconds: 8, title: "Chapter 1" },
      { startSeconds: 8, endSeconds: 15, title: "The lamp" },
      { startSeconds: 15, endSeconds: 20, title: "End Credits" },
    ],
  });
  const without = published();
  await makeMovie({ path: without.path, seconds: 2 });
  const broken = published();
  writeFileSync(broken.path, "no film");
  const missing = published();
  expect(view(id)).toMatchObject({ chapters: [], creditsStartSeconds: null });

  await read();
  expect(view(id)).toMatchObject({
    chapters: [
      { startSeconds: 0, endSeconds: 8, title: null },
      { startSeconds: 8, endSeconds: 15, title: "The lamp" },
      { startSeconds: 15, endSeconds: 20, title: "End Credits" },
    ],
    creditsStartSeconds: 15,
  });
  for (const one of [without, broken, missing]) expect(view(one.id)?.chapters).toEqual([]);

  // Nothing is left to look at: the file may change, and is not read again.
  rmSync(path);
  await read();
  expect(view(id)?.chapters).toHaveLength(3);
  expect(versionById(db, missing.id)?.chaptersReadAt).toEqual(now);
});
