import { afterEach, beforeEach, expect, it } from "vitest";
import { jobs } from "@/db/schema";
import { readEnv } from "@/lib/env";
import { enqueue } from "@/lib/queue/enqueue";
import { saveSettings } from "@/lib/settings/mutations";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { follow } from "./pipeline";
import { conversionSettings, defaultThreads, encodesAtOnce } from "./plan-options";

let db: ReturnType<typeof testDatabase>;
const env = readEnv({}, "/nowhere");
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => db[Symbol.dispose]());

it.each([
  [1, 1, 1],
  [2, 1, 2],
  [3, 1, 2],
  [4, 1, 3],
  [8, 2, 3],
  [16, 4, 3],
])("%i cores: %i films at once, %i threads each", (cores, films, threads) => {
  expect([encodesAtOnce(cores), defaultThreads(cores)]).toEqual([films, threads]);
});

it("takes how films are converted from the settings", () => {
  const movieId = addMovieRow(db, { title: "The Lantern", originalLanguage: "tr" });
  expect(conversionSettings(db, env, movieId)).toEqual({
    options: {
      originalLanguage: "tr",
      ...{ crf: 20, preset: "veryfast", maxHeight: undefined },
      ...{ keepSurround: true, clearVoice: false },
    },
    modernCodecs: "convert",
    threads: defaultThreads(),
  });
  const patch = {
    ...{ pictureQuality: 24, encoderPreset: "slow", greatestHeight: 1080, encoderThreads: 5 },
    ...{ keepSurround: false, clearVoice: true, modernCodecs: "both" },
  };
  saveSettings(db, { patch, env, now: new Date() });
  expect(conversionSettings(db, env, movieId)).toMatchObject({
    options: { crf: 24, preset: "slow", maxHeight: 1080, keepSurround: false, clearVoice: true },
    ...{ modernCodecs: "both", threads: 5 },
  });
});

it.each([
  { pictureQuality: 15 },
  { pictureQuality: 29 },
  { pictureQuality: 20.5 },
  { encoderPreset: "placebo" },
  { greatestHeight: 100 },
  { encoderThreads: 0 },
  { modernCodecs: "drop" },
  { hardwareEncoding: "cuda" },
])("refuses %j", (patch) => {
  expect(() => saveSettings(db, { patch, env, now: new Date() })).toThrow("invalid-input");
});

it("lets what is only copied go past films that are encoded", () => {
  const now = new Date();
  const movieId = addMovieRow(db, { title: "The Lantern", status: "processing" });
  const lanes = (["sound", "picture"] as const).map((kind) => {
    const plan = { kind, why: [] };
    const { id } = addVersionRow(db, { movieId, status: "queued", plan });
    follow(db, "import", { versionId: id, movieId }, { succeeded: true }, now);
    const made = enqueue(db, "make-playable", { versionId: id, movieId }, { now });
    return db
      .select()
      .from(jobs)
      .all()
      .find((job) => job.id === made)?.lane;
  });
  expect(lanes).toEqual(["io", "cpu"]);
});
