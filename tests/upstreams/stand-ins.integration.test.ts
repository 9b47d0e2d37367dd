import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { films, titleOf } from "./films";
import {
  type OpenSubtitlesStandIn,
  openSubtitlesAccount,
  startOpenSubtitles,
} from "./opensubtitles";
import { startTmdb, type TmdbStandIn, tmdbKeys } from "./tmdb";

/** A stand-in that takes what the real service refuses would let mistakes of ours through. */
describe("the stand-in for TMDB", () => {
  let standIn: TmdbStandIn;
  beforeAll(async () => {
    standIn = await startTmdb();
  });
  afterAll(() => standIn.close());

  const get = async (path: string, bearer?: string) => {
    const headers: Record<string, string> = bearer ? { authorization: `Bearer ${bearer}` } : {};
    const response = await fetch(`${standIn.apiUrl}${path}`, { headers });
    return { status: response.status, body: await response.json() };
  };
  const withKey = (path: string) => get(path, tmdbKeys.v4);

  it.each([
    ["no key", "/configuration", undefined],
    ["an unknown key", `/configuration?api_key=${"f".repeat(32)}`, undefined],
    ["a v3 key as Bearer", "/configuration", tmdbKeys.v3],
    ["a v4 token in the query", `/configuration?api_key=${tmdbKeys.v4}`, undefined],
  ])("refuses %s with code 7", async (_, path, bearer) => {
    expect(await get(path, bearer)).toMatchObject({
      status: 401,
      body: { success: false, status_code: 7 },
    });
  });

  it("refuses too much, pages that are none, and what it does not have", async () => {
    const many = Array.from({ length: 21 }, (_, index) => `part${index}`).join(",");
    expect(await withKey(`/movie/7000001?append_to_response=${many}`)).toMatchObject({
      status: 400,
      body: { status_code: 27 },
    });
    expect(await withKey("/search/movie?query=sky&page=0")).toMatchObject({
      status: 400,
      body: { status_code: 22 },
    });
    expect(await withKey("/movie/1")).toMatchObject({ status: 404, body: { status_code: 34 } });
  });

  it("filters pictures and videos by language unless told otherwise", async () => {
    const path = "/movie/7000001?append_to_response=images,videos&language=tr";
    const bare = await withKey(path);
    expect(bare.body).toMatchObject({
      images: { posters: [], backdrops: [] },
      videos: { results: [] },
    });
    const full = await withKey(
      `${path}&include_image_language=tr,en,null&include_video_language=en`,
    );
    expect(full.body.images.posters.length).toBeGreaterThan(0);
    expect(full.body.images.backdrops).toHaveLength(1);
    expect(full.body.videos.results).toHaveLength(3);
  });

  it("has no story where there is no translation, and the original title", async () => {
    const film = films.find((one) => one.originalLanguage === "zh" && one.texts.en?.title);
    const { body } = await withKey(`/movie/${7_000_000 + (film?.number ?? 0)}?language=tr`);
    expect(body).toMatchObject({ title: film?.originalTitle, overview: "" });
    expect(film && titleOf(film)).not.toBe(film?.originalTitle);
  });
});

describe("the stand-in for OpenSubtitles", () => {
  let standIn: OpenSubtitlesStandIn;
  beforeEach(async () => {
    standIn = await startOpenSubtitles();
    return () => standIn.close();
  });

  const usual = { "api-key": openSubtitlesAccount.apiKey, "user-agent": "Vigilio v1.0.0" };
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${standIn.apiUrl}${path}`, { redirect: "manual", headers: usual, ...init });
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    ask(path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { ...usual, "content-type": "application/json", ...headers },
    });

  it.each([
    ["a user agent of a library", { ...usual, "user-agent": "node" }],
    ["a browser", { ...usual, "user-agent": "Mozilla/5.0 (X11)" }],
    ["no key", { "user-agent": "Vigilio v1.0.0" }],
    ["another key", { ...usual, "api-key": "other" }],
  ])("refuses %s with 403", async (_, headers) => {
    const response = await ask("/subtitles?imdb_id=7000001", { headers });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("You cannot consume this service");
  });

  it.each([
    ["a default", "?imdb_id=7000001&page=1"],
    ["another order", "?languages=en&imdb_id=7000001"],
    ["upper case", "?imdb_id=7000001&languages=EN"],
    ["an id with tt", "?imdb_id=tt7000001"],
    ["a plain comma", "?imdb_id=7000001&languages=en,tr"],
    ["languages in another order", "?imdb_id=7000001&languages=tr%2Cen"],
  ])("redirects %s, with nothing in the body", async (_, query) => {
    const response = await ask(`/subtitles${query}`);
    expect(response.status).toBe(301);
    expect(response.headers.get("location")).toMatch(/^\/api\/v1\/subtitles\?imdb_id=7000001/);
    expect(await response.text()).toBe("");
  });

  it("refuses a hash that is none in a header alone", async () => {
    const response = await ask("/subtitles?languages=en&moviehash=123456787654321");
    expect(response.status).toBe(400);
    expect(response.headers.get("x-reason")).toContain("moviehash is wrong");
    expect(await response.text()).toBe("");
  });

  it("takes no body of another type than JSON", async () => {
    const response = await post("/download", { file_id: 1001 }, { "content-type": "text/plain" });
    expect(response.status).toBe(400);
    expect(standIn.steps).toEqual([]);
  });

  it("counts wrong passwords, and turns a second login within a second away", async () => {
    const wrong = { username: openSubtitlesAccount.username, password: "wrong" };
    const first = await post("/login", wrong);
    expect(first.status).toBe(401);
    expect((await first.json()).message).toContain("failed:1 remaining:9");
    const second = await post("/login", wrong);
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, "1"]);
  });

  it("turns away whoever asks more than five times a second", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask("/subtitles?imdb_id=7000001&languages=en")),
    );
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect(answers[0]?.headers.get("ratelimit-limit")).toBe("5");
  });

  it("takes no token that it did not give", async () => {
    const headers = { authorization: "Bearer made.up.token" };
    const download = await post("/download", { file_id: 1001 }, headers);
    expect([download.status, (await download.json()).message]).toEqual([401, "invalid token"]);
    const user = await ask("/infos/user");
    expect([user.status, (await user.json()).errors]).toEqual([401, ["Invalid token"]]);
  });

  it("has 406 for a spent quota and for an unknown file, in different words", async () => {
    standIn.setRemaining(0);
    const spent = await (await post("/download", { file_id: 1001 })).json();
    expect(spent).toMatchObject({ remaining: -1, reset_time_utc: expect.any(String) });
    const unknown = await post("/download", { file_id: 5 });
    expect(unknown.status).toBe(406);
    expect(await unknown.json()).toEqual({ message: expect.stringContaining("Invalid file_id") });
  });
});
