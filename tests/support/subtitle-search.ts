import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloads, movies, versions } from "@/db/schema";
import type { JobContext } from "@/jobs/context";
import { findSubtitles } from "@/jobs/handlers/find-subtitles";
import { readEnv } from "@/lib/env";
import { logFor } from "@/lib/log";
import { connect } from "@/lib/settings/connect";
import { saveSettings } from "@/lib/settings/mutations";
import { subtitlesOf } from "@/lib/subtitles/data";
import { openSubtitlesAccount } from "../upstreams/opensubtitles";
import type { OfferedSubtitle } from "../upstreams/opensubtitles-library";
import { testDatabase } from "./database";

export const now = new Date("2026-03-01T10:00:00Z");
export const movieHash = "0123456789abcdef";
export const release = "The.Lantern.2019.1080p.WEB-DL.x264-LAMP";
/** Of the version, in the media directory. */
export const folder = "00000000000000aa";

/** SubRip with one cue. */
export const srt = (words: string) => `1\n00:00:00,200 --> 00:00:01,500\n${words}\n`;

/** One of OpenSubtitles' subtitles for the film of `subtitleSearch`. */
export function offered(fileId: number, more: Partial<OfferedSubtitle> = {}): OfferedSubtitle {
  return {
    ...{ fileId, language: "en", release: "The.Lantern.2019.DVDRip", imdbId: "tt7000001" },
    ...{
      title: "The Lantern",
      year: 2019,
      content: srt(`This is what number ${fileId} has to say to you.`),
    },
    ...more,
  };
}

/** A database with one film, `m` with its version `v`, whose subtitles can be looked for. */
export function subtitleSearch() {
  const dir = mkdtempSync(join(tmpdir(), "vigilio-find-"));
  const db = testDatabase();

  /** A movie that came as a torrent into `dir`, with these files marked as its subtitles. */
  function addMovie(more: { sourcePath?: string | null; sidecars?: string[] } = {}) {
    db.insert(movies)
      .values({
        id: "m",
        imdbId: "tt7000001",
        title: "T",
        sortTitle: "t",
        status: "ready",
        metadataState: "complete",
        addedAt: now,
        updatedAt: now,
      })
      .run();
    db.insert(versions)
      .values({
        ...{
          id: "v",
          movieId: "m",
          status: "ready",
          sourceKind: "torrent",
          releaseName: release,
          movieHash,
        },
        ...{
          folder,
          fileName: "00000000000000bb",
          createdAt: now,
          updatedAt: now,
        },
        sourcePath: more.sourcePath ?? null,
      })
      .run();
    const files = (more.sidecars ?? []).map((path, index) => ({
      index,
      path,
      sizeBytes: 1,
      role: "subtitle" as const,
    }));
    db.insert(downloads)
      .values({
        id: "d",
        movieId: "m",
        versionId: "v",
        tag: "vigilio-d",
        name: release,
        state: "seeding",
        files,
        savePath: join(dir, "torrent"),
        addedAt: now,
        updatedAt: now,
      })
      .run();
    mkdirSync(join(dir, "torrent", "Subs"), { recursive: true });
  }

  /** What a job is given, in a household with these languages. */
  function contextFor(languages: string, apiUrl?: string, perLanguage = 1): JobContext {
    const { apiKey, username, password } = openSubtitlesAccount;
    const account = {
      OPENSUBTITLES_API_KEY: apiKey,
      OPENSUBTITLES_USERNAME: username,
      OPENSUBTITLES_PASSWORD: password,
    };
    const env = readEnv(
      {
        VIGILIO_DATA_DIR: dir,
        ...(languages ? { SUBTITLE_LANGUAGES: languages } : {}),
        ...(apiUrl ? { ...account, OPENSUBTITLES_API_URL: apiUrl } : {}),
      },
      dir,
    );
    saveSettings(db, { patch: { subtitlesPerLanguage: perLanguage }, env, now });
    return {
      ...{ db, env, services: connect(db, env), now: () => now, log: logFor("test") },
      ...{ signal: new AbortController().signal, progress: () => {} },
    };
  }

  const run = (context: JobContext) => findSubtitles(context, { versionId: "v", movieId: "m" });
  /** What the version has, in words that can be compared. */
  const found = () =>
    subtitlesOf(db, "v")
      .map(
        (row) =>
          `${row.source} ${row.sourceKey} ${row.language}${row.forced ? " forced" : ""}${row.hearingImpaired ? " hi" : ""}${row.reason ? ` ${row.reason.code}` : ""}`,
      )
      .sort();

  return {
    ...{ db, dir, addMovie, contextFor, run, found },
    close() {
      db[Symbol.dispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type SubtitleSearch = ReturnType<typeof subtitleSearch>;
