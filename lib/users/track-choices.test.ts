import { afterEach, beforeEach, expect, test } from "vitest";
import { addMovieRow, addPerson } from "@/tests/support/library";
import { type TestSite, testSite } from "@/tests/support/site";
import { savePreferences } from "./mutations";
import { tasteInput } from "./schema";
import { preferencesAfter, saveTrackChoice, trackChoiceOf } from "./track-choices";

const now = new Date("2026-03-01T10:00:00Z");
let site: TestSite;
let userId: string;
let movieId: string;
beforeEach(() => {
  site = testSite();
  userId = addPerson(site.db);
  movieId = addMovieRow(site.db, { title: "One" });
});
afterEach(() => site[Symbol.dispose]());

const english = { id: "00000000000000aa", language: "en", forced: false, hearingImpaired: false };
const turkish = { language: "tr", label: "Turkish" };

test("sound and subtitle are kept for one movie and one person, each by itself", () => {
  saveTrackChoice(site.db, { userId, movieId, choice: { audio: turkish }, now });
  saveTrackChoice(site.db, { userId, movieId, choice: { subtitle: english }, now });
  expect(trackChoiceOf(site.db, { userId, movieId })).toEqual({
    audio: turkish,
    subtitle: english,
  });
  saveTrackChoice(site.db, { userId, movieId, choice: { subtitle: null }, now });
  expect(trackChoiceOf(site.db, { userId, movieId })).toEqual({ audio: turkish, subtitle: null });

  const other = addMovieRow(site.db, { title: "Two" });
  expect(trackChoiceOf(site.db, { userId, movieId: other })).toEqual({});
  expect(trackChoiceOf(site.db, { userId: addPerson(site.db), movieId })).toEqual({});
});

test("the language of a pick comes first in other movies", () => {
  savePreferences(site.db, { userId, preferences: { subtitleLanguages: ["tr", "en", "de"] } });
  saveTrackChoice(site.db, { userId, movieId, choice: { subtitle: english }, now });
  expect(savePreferences(site.db, { userId, preferences: {} })).toEqual({
    subtitleLanguages: ["en", "tr", "de"],
    subtitlesOn: true,
  });
});

test("none is remembered as none, and forced ones as no wish for whole ones", () => {
  expect(preferencesAfter({}, { subtitle: null })).toEqual({ subtitlesOn: false });
  const forced = { ...english, forced: true };
  expect(preferencesAfter({ subtitlesOn: false }, { subtitle: forced })).toEqual({
    subtitlesOn: false,
  });
});

test("a language that nobody could tell is no taste", () => {
  const unknown = { ...english, language: "und" };
  expect(preferencesAfter({}, { subtitle: unknown, audio: { language: "", label: "1" } })).toEqual({
    subtitlesOn: true,
  });
});

test("the list of languages stays short", () => {
  const before = { audioLanguages: ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"] };
  expect(preferencesAfter(before, { audio: turkish }).audioLanguages).toEqual([
    ...["tr", "a1", "a2", "a3", "a4", "a5", "a6", "a7"],
  ]);
});

test("a movie that is gone is said to be", () => {
  const gone = { userId, movieId: "0000000000000000", choice: { audio: turkish }, now };
  expect(() => saveTrackChoice(site.db, gone)).toThrow(expect.objectContaining({ status: 404 }));
});

test.each([
  [{ audioLanguages: ["en", "pt-BR"] }, true],
  [{}, true],
  [{ subtitleLanguages: ["<b>"] }, false],
  [{ audioLanguages: Array(9).fill("en") }, false],
])("of %o as somebody's taste it is %s that it can be saved", (given, isTaken) => {
  expect(tasteInput.safeParse(given).success).toBe(isTaken);
});
