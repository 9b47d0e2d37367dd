import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { subtitles } from "@/db/schema";
import { releaseHeld, restoredOf, saveRestored } from "@/lib/backups/restored";
import { readEnv } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPicture, addVersionRow } from "@/tests/support/library";
import { sweep } from "./sweep";

const now = new Date();
const startedAt = new Date(now.getTime() - 3_600_000);
const drawing = new Date(startedAt.getTime() + 1000);
const beforeStart = new Date(startedAt.getTime() - 1000);
let dir: string;
let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-sweep-"));
  db = testDatabase();
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

/** Writes a file and gives its path; it and its folder look as old as told. */
function file(path: string, at = beforeStart): string {
  const whole = join(dir, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, "x");
  utimesSync(whole, at, at);
  utimesSync(dirname(whole), at, at);
  return whole;
}

const run = () => {
  const env = readEnv({ VIGILIO_DATA_DIR: dir }, dir);
  return sweep({ db, env, now: () => now, startedAt });
};

it("removes what no row knows, and nothing else", async () => {
  const movieId = addMovieRow(db, { title: "The Lantern" });
  const previewSet = randomId();
  const ready = addVersionRow(db, { movieId, previewSet });
  const making = addVersionRow(db, { movieId, status: "processing" });
  const failed = addVersionRow(db, { movieId, status: "failed" });
  const subtitleId = randomId();
  db.insert(subtitles)
    .values({
      ...{ id: subtitleId, versionId: ready.id, language: "en", source: "embedded" },
      ...{ sourceKey: "2", createdAt: now, updatedAt: now },
    })
    .run();
  const kept = [
    file(`media/${ready.folder}/${ready.fileName}.mp4`),
    file(`media/${ready.folder}/subtitles/${subtitleId}.vtt`),
    file(`media/${ready.folder}/preview/${previewSet}/track.vtt`),
    // Drawn or finished a moment ago.
    file(`media/${ready.folder}/preview/${randomId()}.part/00001.jpg`, drawing),
    file(`media/${ready.folder}/preview/${randomId()}/track.vtt`, now),
    file(`media/${ready.folder}/preview/mine/track.vtt`),
    file(`media/.work/${making.id}/half.mp4`),
    file(`images/${addPicture(db)}/185.webp`),
    // A person's own, beside ours.
    file("media/Holiday 2019/beach.mp4"),
    file("downloads/manual.iso"),
    file("tmp/notes.txt"),
    file(`media/${ready.folder}/subtitles/notes.txt`),
    // Written a moment ago: its row may be on its way.
    file(`media/${ready.folder}/subtitles/${randomId()}.vtt`, now),
    file(`images/${randomId()}/185.webp`, now),
    file(`tmp/${randomId()}/2.srt`, now),
  ];
  const strays = [
    file(`media/${randomId()}/${randomId()}.mp4`),
    file(`media/.work/${failed.id}/half.mp4`),
    file(`media/.work/${ready.id}/half.mp4`),
    file(`media/${ready.folder}/subtitles/${randomId()}.vtt`),
    file(`media/${ready.folder}/subtitles/${subtitleId}.vtt.part`),
    file(`media/${ready.folder}/preview/${randomId()}/track.vtt`),
    file(`media/${ready.folder}/preview/${previewSet}.part/00001.jpg`),
    file(`media/${failed.folder}/preview/${randomId()}.part/00001.jpg`),
    file(`images/${randomId()}/185.webp`),
    file(`downloads/${randomId()}/film.mkv`),
    file(`tmp/${randomId()}/2.srt`),
  ];
  await run();
  expect(kept.filter((path) => !existsSync(path))).toEqual([]);
  expect(strays.filter((path) => existsSync(path))).toEqual([]);
});

it("does without folders that are not there yet", async () => {
  await expect(run()).resolves.toBeUndefined();
});

it("after a restore removes nothing that may be a film, until a person says so", async () => {
  const state = { id: "a", at: 0, from: "b", before: null, holdsFiles: true, held: null };
  saveRestored(db, state, now);
  const movieId = addMovieRow(db, { title: "The Lantern" });
  const { folder } = addVersionRow(db, { movieId });
  const held = [
    file(`media/${randomId()}/${randomId()}.mp4`),
    file(`media/.joined/${randomId()}/whole.mkv`),
    file(`media/${folder}/subtitles/${randomId()}.vtt`),
    file(`media/${folder}/preview/${randomId()}/track.vtt`),
    file(`images/${randomId()}/185.webp`),
    file(`downloads/${randomId()}/film.mkv`, now),
  ];
  const halfMade = file(`media/.work/${randomId()}/half.mp4`);
  await run();
  expect(held.filter((path) => !existsSync(path))).toEqual([]);
  expect(existsSync(halfMade)).toBe(false);
  expect(restoredOf(db)).toMatchObject({ holdsFiles: true, held: { entries: 6, sizeBytes: 6 } });

  releaseHeld(db, now);
  await run();
  expect(held.filter((path) => existsSync(path))).toEqual([]);
});

it("holds nothing any more once nothing is left that is unknown", async () => {
  const state = { id: "a", at: 0, from: "b", before: null, holdsFiles: true, held: null };
  saveRestored(db, state, now);
  await run();
  expect(restoredOf(db)).toMatchObject({ holdsFiles: false, held: { entries: 0 } });
});
