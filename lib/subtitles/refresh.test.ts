import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import iconv from "iconv-lite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jobs, movies, subtitles, type versions } from "@/db/schema";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { srtOf } from "@/tests/upstreams/subtitle-texts";
import { subtitlesOf } from "./data";
import { type NewSubtitle, saveSubtitle, updateSubtitle } from "./mutations";
import { countMoviesWithout, fetchLanguage, moviesWithoutAny, refreshSubtitles } from "./refresh";
import { rereadSubtitles } from "./reread";
import { subtitlePath } from "./stored-file";

const now = new Date("2026-03-01T10:00:00Z");

let db: ReturnType<typeof testDatabase>;
let mediaDir: string;
beforeEach(() => {
  db = testDatabase();
  mediaDir = mkdtempSync(join(tmpdir(), "vigilio-refresh-"));
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(mediaDir, { recursive: true, force: true });
});

function addFilm(title: string, more: Partial<typeof versions.$inferInsert> = {}) {
  const movieId = addMovieRow(db, { title });
  const version = addVersionRow(db, { movieId, sourcePath: "/films/film.mkv", ...more });
  return { movieId, versionId: version.id, folder: version.folder };
}

async function save(versionId: string, more: Partial<NewSubtitle>): Promise<string> {
  const saved = await saveSubtitle(db, {
    ...{ mediaDir, versionId, language: "en", isLanguageCertain: true, now },
    ...{ bytes: Buffer.from(srtOf("en", 3)), source: "opensubtitles" as const, sourceKey: "1" },
    ...more,
  });
  if ("reason" in saved) throw new Error(saved.reason.code);
  return saved.id;
}

describe("looking again", () => {
  it("marks what a search downloaded, and nothing that a person chose", async () => {
    const { movieId, versionId } = addFilm("One");
    const searched = await save(versionId, { sourceKey: "1" });
    await save(versionId, { sourceKey: "2", picked: true });
    const mended = await save(versionId, { sourceKey: "3" });
    await updateSubtitle(db, { id: mended, mediaDir, changes: { offsetMs: 500 }, now });
    await save(versionId, { source: "upload", sourceKey: "u" });
    await save(versionId, { source: "embedded", sourceKey: "2" });
    refreshSubtitles(db, { movieIds: [movieId], now });
    const marked = subtitlesOf(db, versionId).filter(({ replaceable }) => replaceable);
    expect(marked.map(({ id }) => id)).toEqual([searched]);
  });
});

describe("a language for the whole library", () => {
  it("is looked for where it is missing, and nowhere else", async () => {
    const has = addFilm("Has it");
    await save(has.versionId, { language: "pt-BR" });
    const lacks = addFilm("Lacks it");
    await save(lacks.versionId, { language: "en" });
    const onlyForced = addFilm("Only what is foreign");
    await save(onlyForced.versionId, { language: "pt", forced: true });
    addFilm("Not there yet", { sourcePath: null });
    addFilm("Made of another", { sourceKind: "smaller" });
    const kept = addFilm("Its original is gone", { sourcePath: null, publishedAt: now });
    await save(kept.versionId, { language: "pt" });
    expect(countMoviesWithout(db, "pt")).toBe(2);
    expect(countMoviesWithout(db, "de")).toBe(4);
    expect(fetchLanguage(db, { language: "pt", now }).jobIds).toHaveLength(2);
    const asked = db.select({ movieId: jobs.movieId }).from(jobs).all();
    expect(asked.map((job) => job.movieId).sort()).toEqual(
      [lacks.movieId, onlyForced.movieId].sort(),
    );
    // Another region serves nobody who wants this one.
    expect(countMoviesWithout(db, "pt-PT")).toBe(3);
  });
});

describe("reading what is kept once more", () => {
  const turkish = iconv.encode(srtOf("tr", 40), "windows-1254");

  it("mends what an older version made of it, and leaves a person's choices", async () => {
    const { versionId, folder } = addFilm("One");
    const guessed = await save(versionId, { bytes: turkish, language: "tr", sourceKey: "1" });
    const chosen = await save(versionId, {
      ...{ bytes: turkish, language: "tr", sourceKey: "2", encoding: "windows-1251" },
    });
    await updateSubtitle(db, { id: guessed, mediaDir, changes: { label: "A", offsetMs: 9 }, now });
    const pathOf = (id: string) => subtitlePath(mediaDir, folder, id);
    const good = readFileSync(pathOf(guessed), "utf8");
    const asChosen = readFileSync(pathOf(chosen), "utf8");
    writeFileSync(pathOf(guessed), "WEBVTT\n\n00:00.000 --> 00:01.000\nold\n");
    db.update(subtitles).set({ encodingCertainty: 0.5, encoding: "iso-8859-9" }).run();
    db.$client
      .prepare(
        "update subtitles set encoding_certainty = 1, encoding = 'windows-1251' where id = ?",
      )
      .run(chosen);

    expect(await rereadSubtitles(db, { versionId, mediaDir, now })).toBe(1);
    expect(readFileSync(pathOf(guessed), "utf8")).toBe(good);
    expect(readFileSync(pathOf(chosen), "utf8")).toBe(asChosen);
    expect(subtitlesOf(db, versionId).find(({ id }) => id === guessed)).toMatchObject({
      ...{ encoding: "windows-1254", label: "A", offsetMs: 9, language: "tr" },
    });
    expect(await rereadSubtitles(db, { versionId, mediaDir, now })).toBe(0);
  });

  it("counts pictures at the film's own rate, whenever it is read", async () => {
    const { versionId, folder } = addFilm("One");
    const bytes = Buffer.from("{25}{50}One lamp\n{100}{125}Two lamps\n");
    const id = await save(versionId, { bytes, framesPerSecond: 25, source: "upload" });
    const path = subtitlePath(mediaDir, folder, id);
    const before = readFileSync(path, "utf8");
    expect(before).toContain("00:00:01.000 --> 00:00:02.000");
    await updateSubtitle(db, { id, mediaDir, changes: { encoding: "windows-1252" }, now });
    expect(readFileSync(path, "utf8")).toBe(before);
    rmSync(path);
    expect(await rereadSubtitles(db, { versionId, mediaDir, now })).toBe(1);
    expect(readFileSync(path, "utf8")).toBe(before);
  });
});

describe("what is worth another look", () => {
  it("are ready movies that nobody can read along with, the newest first", async () => {
    const ready = (title: string, minute: number) => {
      const film = addFilm(title);
      const addedAt = new Date(now.getTime() + minute * 60_000);
      db.update(movies).set({ status: "ready", addedAt }).where(eq(movies.id, film.movieId)).run();
      return film;
    };
    const read = ready("Read along with", 1);
    await save(read.versionId, { language: "de" });
    const foreign = ready("In no language of theirs", 2);
    await save(foreign.versionId, { language: "fi" });
    ready("Nothing at all", 3);
    const early = addFilm("Not ready yet");
    db.update(movies).set({ status: "downloading" }).where(eq(movies.id, early.movieId)).run();
    const titles = (languages: string[], limit = 8) =>
      moviesWithoutAny(db, { languages, limit }).map(({ title }) => title);
    expect(titles(["en", "de"])).toEqual(["Nothing at all", "In no language of theirs"]);
    expect(titles(["en", "de"], 1)).toEqual(["Nothing at all"]);
    expect(titles([])).toEqual([]);
  });
});
