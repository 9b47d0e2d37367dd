import { describe, expect, it } from "vitest";
import { toFound, toMovieDetails, toMovieRow } from "./map";
import { wireDetails, wireFind, wireListRow } from "./wire";

const details = (fields: object) => wireDetails.parse({ id: 1, genres: [], ...fields });
const map = (
  fields: object,
  {
    english = null,
    language = "tr",
    country = "TR",
  }: {
    english?: object | null;
    language?: string;
    country?: string | null;
  } = {},
) => toMovieDetails(details(fields), english && details(english), { language, country });

describe("toFound", () => {
  const of = (fields: object) =>
    toFound(
      wireFind.parse({ movie_results: [], tv_results: [], tv_episode_results: [], ...fields }),
    );
  it("prefers the movie when an id matches a series too", () => {
    expect(of({ movie_results: [{ id: 550 }], tv_results: [{ id: 9 }] })).toEqual({
      kind: "movie",
      tmdbId: 550,
    });
  });
  it("tells series, episodes and nothing apart", () => {
    expect(of({ tv_results: [{ id: 9 }] })).toEqual({ kind: "series" });
    expect(of({ tv_episode_results: [{ id: 9 }] })).toEqual({ kind: "episode" });
    expect(of({ tv_season_results: [{ id: 9 }] })).toEqual({ kind: "episode" });
    expect(of({ person_results: [{ id: 9 }] })).toEqual({ kind: "none" });
  });
});

describe("toMovieDetails", () => {
  it("turns every way of not knowing into null", () => {
    const mapped = map({
      imdb_id: "",
      title: "",
      overview: "",
      release_date: "",
      runtime: 0,
      vote_average: 0,
      vote_count: 0,
      poster_path: null,
    });
    expect(mapped).toMatchObject({
      imdbId: null,
      title: null,
      overview: null,
      tagline: null,
      releaseDate: null,
      runtimeMinutes: null,
      score: null,
      voteCount: 0,
      certification: null,
      trailerUrl: null,
      posterPath: null,
      cast: [],
      directors: [],
    });
  });

  it("fills words from English field by field", () => {
    expect(
      map(
        { title: "Başlık", overview: "", tagline: "" },
        { english: { title: "Title", overview: "Story", tagline: "Line" } },
      ),
    ).toMatchObject({ title: "Başlık", overview: "Story", tagline: "Line" });
  });

  it("names a genre in English, then from the known ids, and drops one without a name", () => {
    const genres = [
      { id: 18, name: "Dram" },
      { id: 35, name: "" },
      { id: 99, name: null },
      { id: 424242, name: null },
    ];
    expect(map({ genres }, { english: { genres: [{ id: 35, name: "Comedy!" }] } }).genres).toEqual([
      { id: 18, name: "Dram" },
      { id: 35, name: "Comedy!" },
      { id: 99, name: "Documentary" },
    ]);
  });

  it("keeps twenty of the cast in order, each person once", () => {
    const cast = Array.from({ length: 30 }, (_, place) => ({
      id: 100 + place,
      name: `Person ${place}`,
      character: place === 1 ? "" : `Part ${place}`,
      order: 29 - place,
      profile_path: null,
    }));
    cast.push({ id: 129, name: "Person 29", character: "Twin", order: 1, profile_path: null });
    const mapped = map({ credits: { cast, crew: [] } });
    expect(mapped.cast).toHaveLength(20);
    expect(mapped.cast[0]).toMatchObject({ id: 129, character: "Part 29 / Twin" });
    expect(mapped.cast[1]).toMatchObject({ id: 128 });
  });

  it("names a director once, whatever else they did", () => {
    const one = (job: string) => ({ id: 7, name: "Ada", job, profile_path: "/ada.jpg" });
    const mapped = map({
      credits: {
        cast: [],
        crew: [one("Producer"), one("Director"), one("Director"), one("Writer")],
      },
    });
    expect(mapped.directors).toEqual([{ id: 7, name: "Ada", profilePath: "/ada.jpg" }]);
    expect(mapped.writers).toHaveLength(1);
  });

  describe("certification", () => {
    const releases = (rows: Record<string, [string, number][]>) => ({
      release_dates: {
        results: Object.entries(rows).map(([iso, of]) => ({
          iso_3166_1: iso,
          release_dates: of.map(([certification, type]) => ({ certification, type })),
        })),
      },
    });
    it("is the country's, in cinemas first", () => {
      const rows = releases({
        US: [["R", 3]],
        TR: [
          ["", 3],
          ["18+", 5],
          ["16+", 3],
        ],
      });
      expect(map(rows).certification).toBe("16+");
    });
    it("is that of the United States where the country has none", () => {
      expect(
        map(
          releases({
            US: [
              ["", 1],
              ["R", 4],
            ],
            TR: [["", 3]],
          }),
        ).certification,
      ).toBe("R");
      expect(map(releases({ DE: [["12", 3]] })).certification).toBeNull();
    });
  });

  describe("trailer", () => {
    const video = (fields: object) => ({
      iso_639_1: "en",
      key: "abcdefghijk",
      site: "YouTube",
      type: "Trailer",
      official: true,
      published_at: "2020-01-01T00:00:00.000Z",
      ...fields,
    });
    const trailer = (...results: object[]) => map({ videos: { results } }).trailerUrl;
    const youtube = (key: string) => `https://www.youtube.com/watch?v=${key}`;

    it("is in the reader's language before English, official before not", () => {
      expect(
        trailer(
          video({ key: "englishOfficial" }),
          video({ key: "turkishUnofficial", iso_639_1: "tr", official: false }),
        ),
      ).toBe(youtube("turkishUnofficial"));
      expect(
        trailer(video({ key: "unofficial", official: false }), video({ key: "official" })),
      ).toBe(youtube("official"));
    });
    it("is a teaser rather than nothing, and never a featurette", () => {
      expect(
        trailer(video({ type: "Featurette" }), video({ key: "teaser1", type: "Teaser" })),
      ).toBe(youtube("teaser1"));
      expect(trailer(video({ type: "Featurette" }))).toBeNull();
    });
    it("leads to known sites alone, by keys that cannot leave them", () => {
      expect(trailer(video({ site: "Vimeo", key: "123456" }))).toBe("https://vimeo.com/123456");
      expect(trailer(video({ key: "x&list=evil" }), video({ site: "Elsewhere" }))).toBeNull();
    });
  });

  it("takes a poster from the appended pictures when none is named, and odd paths never", () => {
    const images = {
      posters: [{ file_path: "/../../etc/passwd" }, { file_path: "/poster.jpg", iso_639_1: null }],
      backdrops: [],
    };
    expect(map({ poster_path: null, images }).posterPath).toBe("/poster.jpg");
    expect(map({ poster_path: "/a/../b.jpg" }).posterPath).toBeNull();
  });

  it("survives a row that is not in the known form", () => {
    const cast = [{ id: "x" }, { id: 5, name: "Kept", character: null, profile_path: null }];
    expect(map({ credits: { cast, crew: null } }).cast).toMatchObject([{ name: "Kept" }]);
  });
});

describe("toMovieRow", () => {
  it("needs a title", () => {
    const row = (fields: object) => toMovieRow(wireListRow.parse({ id: 1, ...fields }));
    expect(row({ title: "" })).toBeNull();
    expect(row({ title: "", original_title: "纸灯笼", release_date: "" })).toMatchObject({
      title: "纸灯笼",
      releaseDate: null,
      score: null,
    });
  });
});
