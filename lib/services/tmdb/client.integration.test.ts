import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { UpstreamError } from "@/lib/errors";
import {
  films,
  imdbIdOf,
  otherIds,
  otherPostersOf,
  picturePathOf,
  titleOf,
  tmdbIdOf,
} from "@/tests/upstreams/films";
import { startTmdb, type TmdbStandIn, tmdbKeys } from "@/tests/upstreams/tmdb";
import { createTmdb, type TmdbOptions } from "./client";

let standIn: TmdbStandIn;
beforeAll(async () => {
  standIn = await startTmdb();
});
afterAll(() => standIn.close());
beforeEach(() => {
  standIn.requests.length = 0;
});
afterEach(() => {
  standIn.failAlways(null);
  standIn.failImages(null);
});

const client = (options: Partial<TmdbOptions> = {}) =>
  createTmdb({
    apiKey: tmdbKeys.v3,
    apiUrl: standIn.apiUrl,
    imageUrl: standIn.imageUrl,
    retryDelaysMs: [1, 1],
    ...options,
  });

const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error) => (error instanceof UpstreamError ? error.fault : `not an UpstreamError: ${error}`),
  );

describe("the key", () => {
  it("goes into the query as v3 and into a header as v4, never both", async () => {
    expect(await client().verifyKey()).toBe(true);
    expect(await client({ apiKey: ` ${tmdbKeys.v4}\n` }).verifyKey()).toBe(true);
    const [v3, v4] = standIn.requests;
    expect(v3?.query.api_key).toBe(tmdbKeys.v3);
    expect(v3?.headers.authorization).toBeUndefined();
    expect(v4?.query.api_key).toBeUndefined();
    expect(v4?.headers.authorization).toBe(`Bearer ${tmdbKeys.v4}`);
  });

  it("that is refused is told as such, at once and without the key", async () => {
    const refused = await client({ apiKey: "f".repeat(32) }).verifyKey();
    expect(refused).toBeInstanceOf(UpstreamError);
    expect(refused).toMatchObject({ fault: "credentials", options: { status: 401 } });
    expect(JSON.stringify(refused) + String(refused)).not.toContain("f".repeat(32));
    expect(standIn.requests).toHaveLength(1);
  });

  it("cannot be verified while TMDB is down, which is something else", async () => {
    standIn.failAlways("down");
    expect(await client().verifyKey()).toMatchObject({ fault: "unreachable" });
    expect(standIn.requests).toHaveLength(1);
  });
});

describe("findByImdbId", () => {
  it("tells movies, series, episodes and nothing apart", async () => {
    const tmdb = client();
    expect(await tmdb.findByImdbId("tt7000001", "tr")).toEqual({ kind: "movie", tmdbId: 7000001 });
    expect(await tmdb.findByImdbId(otherIds.series, "tr")).toEqual({ kind: "series" });
    expect(await tmdb.findByImdbId(otherIds.episode, "tr")).toEqual({ kind: "episode" });
    expect(await tmdb.findByImdbId("tt9999999", "tr")).toEqual({ kind: "none" });
  });

  it("lets nothing but an id into the address", async () => {
    for (const odd of ["tt1", "tt7000001/../../configuration", "", "7000001"]) {
      await expect(client().findByImdbId(odd, "en")).rejects.toThrow(TypeError);
    }
    expect(standIn.requests).toEqual([]);
  });
});

describe("movieDetails", () => {
  it("needs one call, with pictures and videos in three languages", async () => {
    const details = await client().movieDetails(7000001, "tr");
    expect(standIn.requests).toHaveLength(1);
    expect(standIn.requests[0]?.query).toMatchObject({
      language: "tr",
      append_to_response: "credits,videos,images,release_dates,external_ids",
      include_image_language: "tr,en,null",
      include_video_language: "tr,en",
    });
    expect(details).toMatchObject({
      tmdbId: 7000001,
      imdbId: "tt7000001",
      title: "Tuzun Haritacısı",
      originalTitle: "The Salt Cartographer",
      originalLanguage: "en",
      releaseDate: "2021-03-12",
      runtimeMinutes: 118,
      score: 7.8,
      voteCount: 4120,
      certification: "PG-13",
      genres: [
        { id: 12, name: "Macera" },
        { id: 18, name: "Dram" },
      ],
      trailerUrl: "https://www.youtube.com/watch?v=Vigilio01of",
      posterPath: "/poster1Vigilio.jpg",
      backdropPath: "/backdrop1Vigilio.jpg",
    });
    expect(details.cast).toHaveLength(20);
    expect(details.directors).toHaveLength(1);
  });

  it("asks in English for the words that are missing, and for no others", async () => {
    const details = await client().movieDetails(7000004, "tr");
    expect(details).toMatchObject({ title: "Gece Yarısı Kâğıttan Tekneler", certification: "13+" });
    expect(details.overview).toMatch(/^Two night nurses/);
    expect(standIn.requests.map(({ query }) => [query.language, query.append_to_response])).toEqual(
      [
        ["tr", "credits,videos,images,release_dates,external_ids"],
        ["en-US", undefined],
      ],
    );
  });

  it("asks once in English, also when the story is missing there", async () => {
    const nameless = films.find((film) => titleOf(film) === "Untitled Snow Project");
    const details = await client().movieDetails(nameless ? tmdbIdOf(nameless) : 0, "en");
    expect(details).toMatchObject({
      overview: null,
      releaseDate: null,
      runtimeMinutes: null,
      score: null,
      posterPath: null,
      cast: [],
      genres: [],
    });
    expect(standIn.requests).toHaveLength(1);
  });

  it("understands every film of the library, in two languages", async () => {
    const tmdb = createTmdb({
      apiKey: tmdbKeys.v4,
      apiUrl: standIn.apiUrl,
      imageUrl: standIn.imageUrl,
    });
    for (const film of films.slice(0, 20)) {
      const details = await tmdb.movieDetails(tmdbIdOf(film), film.number % 2 ? "en" : "tr");
      expect(details.imdbId).toBe(imdbIdOf(film));
      expect(details.title).toBeTruthy();
    }
  });

  it("says when there is no such movie, and asks nobody about what is no id", async () => {
    expect(await faultOf(client().movieDetails(1, "en"))).toBe("not-found");
    for (const odd of [0, -1, 1.5, Number.NaN]) {
      await expect(client().movieDetails(odd, "en")).rejects.toThrow(TypeError);
    }
  });
});

describe("searchMovies", () => {
  it("finds by words in any language, with signs that an address could trip over", async () => {
    const tmdb = client();
    const titles = async (query: string) =>
      (await tmdb.searchMovies(query, { language: "en" })).map((row) => row.title);
    expect(await titles("  map   thief's & # ? ")).toEqual(["The Map Thief's Apprentice"]);
    expect(await titles("纸灯笼的夏天")).toEqual(["纸灯笼的夏天"]);
    expect(await titles("Meen of Stal")).toEqual([]);
  });

  it("sends no empty question", async () => {
    expect(await client().searchMovies("  ", { language: "en" })).toEqual([]);
    expect(standIn.requests).toEqual([]);
  });

  it("tries the year strictly, then loosely, then leaves it", async () => {
    const rows = await client().searchMovies("Gravel Sky", { language: "en", year: 2021 });
    expect(rows).toMatchObject([{ title: "Gravel Sky", releaseDate: "2022-08-05" }]);
    expect(standIn.requests.map(({ query }) => [query.primary_release_year, query.year])).toEqual([
      ["2021", undefined],
      [undefined, "2021"],
      [undefined, undefined],
    ]);
  });
});

describe("posters", () => {
  it("come in the language first, then in English, then without text, each once", async () => {
    const film = films.find(
      ({ hasPoster, originalLanguage }) => hasPoster && originalLanguage === "tr",
    );
    if (!film) throw new Error("no film of that kind");
    const [plain, english] = otherPostersOf(film.number);
    const first = picturePathOf("poster", film.number);
    expect(await client().posters(tmdbIdOf(film), "tr")).toEqual([first, english, plain]);
    const [request] = standIn.requests;
    expect(request?.query).toMatchObject({ include_image_language: "tr,en,null" });
    // Without a language of its own the answer would have all of them.
    expect(request?.query.language).toBeUndefined();
    const bare = films.find(({ hasPoster }) => !hasPoster);
    expect(bare && (await client().posters(tmdbIdOf(bare), "en"))).toEqual([]);
    expect(await faultOf(client().posters(1, "en"))).toBe("not-found");
    await expect(client().posters(1.5, "en")).rejects.toThrow("not a TMDB id");
  });
});

describe("image", () => {
  it("gives the bytes, without a key", async () => {
    const { bytes, contentType } = await client().image("/poster1Vigilio.jpg", "w342");
    expect(contentType).toBe("image/jpeg");
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect(standIn.imageRequests.at(-1)).toMatchObject({ path: "/t/p/w342/poster1Vigilio.jpg" });
    expect(standIn.imageRequests.at(-1)?.query).toEqual({});
    expect(standIn.imageRequests.at(-1)?.headers.authorization).toBeUndefined();
  });

  it("refuses what is no picture, what is missing, and paths that lead elsewhere", async () => {
    expect(await faultOf(client().image("/poster999Vigilio.jpg", "w342"))).toBe("not-found");
    standIn.failImages("html-200");
    expect(await faultOf(client().image("/poster1Vigilio.jpg", "w342"))).toBe("broken");
    await expect(client().image("/../3/configuration", "w342")).rejects.toThrow(TypeError);
  });

  it("stops at 15 MB", async () => {
    const body = "x".repeat(15 * 1024 * 1024 + 1);
    standIn.failImages({ status: 200, headers: { "content-type": "image/jpeg" }, body });
    expect(await faultOf(client().image("/poster1Vigilio.jpg", "original"))).toBe("broken");
  });
});

describe("when TMDB fails", () => {
  it.each([
    ["a broken connection", "down"],
    ["a 429 without Retry-After", "rate-limit"],
    ["a page of HTML with 502", "html"],
  ] as const)("%s is got over, twice in a row", async (_, failure) => {
    standIn.fail(failure, failure);
    expect((await client().movieDetails(7000001, "en")).title).toBe("The Salt Cartographer");
    expect(standIn.requests).toHaveLength(3);
  });

  it.each([
    ["down", "unreachable", 3],
    ["rate-limit", "rate-limited", 3],
    ["html", "broken", 3],
    ["html-200", "broken", 1],
    ["broken-json", "broken", 1],
    ["wrong-shape", "broken", 1],
  ] as const)("%s for good is %s after %i tries", async (failure, fault, tries) => {
    standIn.failAlways(failure);
    expect(await faultOf(client().findByImdbId("tt7000001", "en"))).toBe(fault);
    expect(standIn.requests).toHaveLength(tries);
  });

  it("waits as long as it is told", async () => {
    standIn.fail({ status: 429, headers: { "retry-after": "1" } });
    const startedAt = performance.now();
    await client().movieDetails(7000001, "en");
    expect(performance.now() - startedAt).toBeGreaterThan(900);
  });

  it("hands a long wait to its caller, with the time", async () => {
    const now = new Date("2026-01-01T10:00:00Z");
    standIn.fail({ status: 429, headers: { "retry-after": "600" } });
    const error = await client({ now: () => now })
      .movieDetails(7000001, "en")
      .catch((e) => e);
    expect(error).toMatchObject({ fault: "rate-limited" });
    expect(error.options.retryAt.toISOString()).toBe("2026-01-01T10:10:00.000Z");
  });

  it("ends a call that takes too long", async () => {
    standIn.failAlways("slow");
    expect(await faultOf(client({ timeoutMs: 60 }).movieDetails(7000001, "en"))).toBe("timeout");
    expect(standIn.requests).toHaveLength(1);
  });

  it("ends when the caller does", async () => {
    standIn.failAlways("slow");
    const controller = new AbortController();
    const work = client().movieDetails(7000001, "en", { signal: controller.signal });
    const reason = new Error("cancelled by a person");
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
  });

  it("takes 'the id is invalid', which comes as 500, for a movie that is not there", async () => {
    standIn.fail({ status: 500, body: '{"status_code":44,"status_message":"The ID is invalid."}' });
    expect(await faultOf(client().movieDetails(7000001, "en"))).toBe("not-found");
    expect(standIn.requests).toHaveLength(1);
  });

  it("never lets the key out in an error", async () => {
    for (const failure of ["down", "rate-limit", "html", "broken-json", "wrong-shape"] as const) {
      standIn.failAlways(failure);
      const error = await client()
        .movieDetails(7000001, "en")
        .catch((e) => e);
      const all = JSON.stringify(error, Object.getOwnPropertyNames(error)) + error.stack;
      expect(all).not.toContain(tmdbKeys.v3);
    }
  });
});
