import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as openSubtitles from "@/lib/services/opensubtitles/wire";
import * as tmdb from "@/lib/services/tmdb/wire";
import { films } from "./films";
import { offeredFor, rowOf } from "./opensubtitles-library";
import { appended, detailsOf, listRow } from "./tmdb-answers";

/**
 * What the real services answered once, kept beside the project (a worktree lies one folder
 * deeper). Every wire.ts has to take it, and the stand-ins have to look like it.
 */
const { VIGILIO_SHARED_DIR } = process.env;
const places = VIGILIO_SHARED_DIR ? [VIGILIO_SHARED_DIR] : ["../shared", "../../shared"];
const folder = places.map((place) => resolve(place, "contracts/samples")).find(existsSync);

if (!folder) {
  console.warn(
    `\n!!! SKIPPED: there are no recorded answers in ${places.join(" or ")}. Whether Vigilio still ` +
      "understands TMDB and OpenSubtitles was NOT tested. VIGILIO_SHARED_DIR names their folder.\n",
  );
}

type Json = Record<string, unknown>;

/** A recording is the answer itself, or `{request, response: {body}}`. */
function read(service: string, name: string): Json {
  const json = JSON.parse(readFileSync(join(folder ?? "", service, `${name}.json`), "utf8"));
  return json.response ? json.response.body : json;
}

const wireGenres = z.object({ genres: z.array(tmdb.wireGenre) });
const tmdbSchemas: Record<string, z.ZodType> = {
  "fixture-api-configuration": tmdb.wireConfiguration,
  "fixture-error-status-400": tmdb.wireError,
  "fixture-error-status-401": tmdb.wireError,
  "fixture-error-status-422": tmdb.wireError,
  "fixture-error-status-response": tmdb.wireError,
  "fixture-find-imdb-id-movie": tmdb.wireFind,
  "fixture-find-results": tmdb.wireFind,
  "fixture-genres-list": wireGenres,
  "fixture-movie-blank-homepage-release-date": tmdb.wireDetails,
  "fixture-movie-details-append-response": tmdb.wireDetails,
  "fixture-movie-list-item": tmdb.wireListRow,
  "fixture-movie-release-dates": tmdb.wireReleaseDates,
  "fixture-phptmdb-configuration": z.object({ images: z.object({}) }),
  "fixture-phptmdb-genres": wireGenres,
  "movie-49521-external_ids-200": tmdb.wireDetails,
  "search-movie-200": tmdb.wireSearch,
  "search-movie-empty-200": tmdb.wireSearch,
  "search-movie-year-200": tmdb.wireSearch,
};

const openSubtitlesSchemas: Record<string, z.ZodType> = {
  "download-200": openSubtitles.wireDownload,
  "infos-languages-openapi-example": z.object({
    data: z.array(z.object({ language_code: z.string() })),
  }),
  "infos-user-200": openSubtitles.wireUserInfo,
  "login-200": openSubtitles.wireLogin,
  "login-401-bad-password": openSubtitles.wireError,
  // Empty bodies: what they say stands in their headers.
  "subtitles-301-page1": z.literal(""),
  "subtitles-400-bad-moviehash": z.literal(""),
  "subtitles-by-imdb-200": openSubtitles.wireSearch,
  "subtitles-by-imdb-hash-query-200": openSubtitles.wireSearch,
  "subtitles-by-moviehash-200": openSubtitles.wireSearch,
  "subtitles-by-query-200": openSubtitles.wireSearch,
  "subtitles-empty-200": openSubtitles.wireSearch,
  "subtitles-episode-200": openSubtitles.wireSearch,
};

describe.runIf(folder)("recorded answers", () => {
  describe.each([
    ["tmdb", tmdbSchemas],
    ["opensubtitles", openSubtitlesSchemas],
  ])("of %s", (service, schemas) => {
    it("are all known to this test", () => {
      const recorded = readdirSync(join(folder ?? "", service)).map((name) => name.slice(0, -5));
      expect(recorded.sort()).toEqual(Object.keys(schemas).sort());
    });

    it.each(Object.keys(schemas))("%s is understood", (name) => {
      const parsed = schemas[name]?.safeParse(read(service, name));
      expect(parsed?.error?.issues ?? []).toEqual([]);
    });
  });

  it("lose no row on the way", () => {
    const kept = (schema: z.ZodType, of: Json, name: string) =>
      (schema.parse(of) as Record<string, unknown[]>)[name]?.length;
    const rowsIn = (of: Json, name: string) => (of[name] as unknown[]).length;
    for (const name of Object.keys(tmdbSchemas).filter((one) => one.startsWith("search-"))) {
      const answer = read("tmdb", name);
      expect(kept(tmdb.wireSearch, answer, "results"), name).toBe(rowsIn(answer, "results"));
    }
    for (const name of Object.keys(openSubtitlesSchemas).filter((one) =>
      /^subtitles-.*-200$/.test(one),
    )) {
      const answer = read("opensubtitles", name);
      expect(kept(openSubtitles.wireSearch, answer, "data"), name).toBe(rowsIn(answer, "data"));
    }
    const details = tmdb.wireDetails.parse(read("tmdb", "fixture-movie-details-append-response"));
    expect(details).toMatchObject({
      imdb_id: "tt0137523",
      release_date: "1999-10-12",
      runtime: 139,
      genres: [{ id: 18, name: "Drama" }],
      credits: { cast: [{ name: "Edward Norton" }], crew: [{ job: "Director" }] },
      videos: { results: [{ key: "SUXWAEX2jlg" }] },
      images: { posters: [{ file_path: "/fpemzjF623QVTe98pCVlwwtFC5N.jpg" }] },
      release_dates: { results: [{ iso_3166_1: "US", release_dates: [{ certification: "R" }] }] },
      external_ids: { imdb_id: "tt0137523" },
    });
  });

  describe("look like those of the stand-ins", () => {
    const [film] = films;
    if (!film) throw new Error("there are no films");
    const language = "en";

    it("for a movie of TMDB", () => {
      const query = { language, include_image_language: "en,null", include_video_language: "en" };
      const ours = Object.fromEntries(
        Object.entries(appended).map(([name, make]) => [name, make(film, query)]),
      );
      const theirs = read("tmdb", "fixture-movie-details-append-response");
      expect(
        shapeLess({ ...detailsOf(film, language), ...ours }, theirs, Object.keys(ours)),
      ).toEqual([]);
      expect(
        shapeLess(detailsOf(film, language), read("tmdb", "movie-49521-external_ids-200")),
      ).toEqual([]);
    });

    it("for a row of TMDB's lists", () => {
      const theirs = read("tmdb", "search-movie-200").results as Json[];
      expect(shapeLess(listRow(film, language), theirs[0] ?? {})).toEqual([]);
    });

    it("for a row of OpenSubtitles", () => {
      const [offered] = offeredFor([film]);
      if (!offered) throw new Error("nothing is offered");
      const withHash = read("opensubtitles", "subtitles-by-imdb-hash-query-200").data as Json[];
      expect(shapeLess(rowOf(offered, true), withHash[0] ?? {})).toEqual([]);
      const without = read("opensubtitles", "subtitles-by-imdb-200").data as Json[];
      expect(shapeLess(rowOf(offered, null), without[0] ?? {})).toEqual([]);
      expect(rowOf(offered, null).attributes).not.toHaveProperty("moviehash_match");
    });
  });
});

/**
 * Fields that `theirs` has and `ours` lacks, or has in another type: empty when the stand-in could
 * pass for the real one. `only` limits the nested objects that are compared to those asked for.
 */
function shapeLess(ours: object, theirs: Json, only?: readonly string[], path = ""): string[] {
  return Object.entries(theirs).flatMap(([name, value]): string[] => {
    const at = path === "" ? name : `${path}.${name}`;
    const mine = (ours as Json)[name];
    const isAppended = path === "" && typeof value === "object" && value !== null;
    if (isAppended && !Array.isArray(value) && only && !only.includes(name)) return [];
    if (path === "" && name === "external_ids" && mine === undefined) return [];
    if (mine === undefined) return [at];
    if (mine === null || value === null) return [];
    if (typeof mine !== typeof value || Array.isArray(mine) !== Array.isArray(value)) return [at];
    if (Array.isArray(value) && Array.isArray(mine)) {
      const [theirFirst, ourFirst] = [value[0], mine[0]];
      return isObject(theirFirst) && isObject(ourFirst)
        ? shapeLess(ourFirst, theirFirst, undefined, `${at}[]`)
        : [];
    }
    return isObject(value) && isObject(mine) ? shapeLess(mine, value, undefined, at) : [];
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
