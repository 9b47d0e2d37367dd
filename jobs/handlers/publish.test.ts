import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readEnv } from "@/lib/env";
import { logFor } from "@/lib/log";
import { connect } from "@/lib/settings/connect";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { publish } from "./publish";

let dir: string;
let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-publish-"));
  db = testDatabase();
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

function file(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "x");
  return path;
}

/** A version that was published by an attempt which died right after its row was written. */
function published(importMode: "move" | "link") {
  const movieId = addMovieRow(db, { title: "The Lantern" });
  const sourcePath = file(join(dir, "import", "film.mp4"));
  const version = addVersionRow(db, { movieId, sourceKind: "import", importMode, sourcePath });
  const half = file(join(dir, "media", ".work", version.id, "half.mp4"));
  return { version, sourcePath, half };
}

function run(version: { id: string; movieId: string }) {
  const env = readEnv({ VIGILIO_DATA_DIR: dir }, dir);
  return publish(
    {
      ...{ db, env, services: connect(db, env), now: () => new Date(), log: logFor("test") },
      ...{ signal: new AbortController().signal, progress: () => {} },
    },
    { versionId: version.id, movieId: version.movieId },
  );
}

it("clears up after an attempt that died behind its row: a moved file's original goes last", async () => {
  const { version, sourcePath, half } = published("move");
  file(join(dir, "media", version.folder, `${version.fileName}.mp4`));
  expect(await run(version)).toEqual({ kind: "done" });
  expect([half, sourcePath].filter((path) => existsSync(path))).toEqual([]);
});

it("keeps the original of a film whose published file is not there", async () => {
  const { version, sourcePath } = published("move");
  await run(version);
  expect(existsSync(sourcePath)).toBe(true);
});

it("keeps the original of a film that was not to be moved", async () => {
  const { version, sourcePath } = published("link");
  file(join(dir, "media", version.folder, `${version.fileName}.mp4`));
  await run(version);
  expect(existsSync(sourcePath)).toBe(true);
});
