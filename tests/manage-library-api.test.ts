import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as posterRoute from "@/app/api/v1/movies/[id]/poster/route";
import * as movieRoute from "@/app/api/v1/movies/[id]/route";
import * as refreshRoute from "@/app/api/v1/movies/refresh/route";
import * as storageRoute from "@/app/api/v1/storage/route";
import { images, jobs, movies } from "@/db/schema";
import { binMovies, deleteMovies, refreshSubtitlesOf, restoreAll } from "@/lib/library/commands";
import { connect } from "@/lib/settings/connect";
import { addMovieRow, addPicture, addVersionRow } from "./support/library";
import { call, type Route, token } from "./support/route-call";
import { type TestSite, testSite } from "./support/site";
import { tmdbKeys } from "./upstreams/tmdb";

let site: TestSite;
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vigilio-library-api-"));
  site = testSite({
    ...{ VIGILIO_API_TOKEN: token, VIGILIO_DATA_DIR: root },
    TMDB_API_KEY: tmdbKeys.v3,
  });
  for (const dir of [site.env.mediaDir, site.env.downloadsDir]) mkdirSync(dir);
});
afterEach(() => {
  site[Symbol.dispose]();
  rmSync(root, { recursive: true, force: true });
});

const movieOf = async (id: string) => (await call(movieRoute.GET, { params: { id } })).data;
const patch = (id: string, body: object) => call(movieRoute.PATCH, { params: { id }, body });
const openJobs = (kind: string) => site.db.select().from(jobs).where(eq(jobs.kind, kind)).all();

async function put(id: string, bytes: Uint8Array | null) {
  const form = new FormData();
  if (bytes) form.set("poster", new File([new Uint8Array(bytes)], "../../etc/passwd.png"));
  const request = new Request("http://vigilio.test/", {
    method: "PUT",
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  const answer = await posterRoute.PUT(request, { params: Promise.resolve({ id }) });
  const text = await answer.text();
  return { status: answer.status, data: text === "" ? null : JSON.parse(text) };
}

const picture = (background: string) =>
  sharp({ create: { width: 600, height: 900, channels: 3, background } })
    .png()
    .toBuffer();

describe("PATCH /api/v1/movies/{id}", () => {
  it("changes title and year by hand, and takes that back", async () => {
    const id = addMovieRow(site.db, {
      title: "Heat",
      releaseDate: "1995-12-15",
      releaseYear: 1995,
    });
    expect((await patch(id, { title: "  Heat at night ", year: 1996 })).status).toBe(204);
    expect(await movieOf(id)).toMatchObject({
      ...{ title: "Heat at night", releaseDate: "1996", edited: ["title", "year"] },
    });
    expect((await patch(id, { title: null, year: null })).status).toBe(204);
    expect(await movieOf(id)).toMatchObject({
      ...{ title: "Heat", releaseDate: "1995-12-15", edited: [] },
    });
  });

  it("refuses what is no title or year, by field, and what is nothing at all", async () => {
    const id = addMovieRow(site.db, { title: "Heat" });
    for (const body of [{ title: " " }, { title: "x".repeat(301) }, { title: 7 }]) {
      const { status, data } = await patch(id, body);
      expect([status, Object.keys(data.errors)]).toEqual([422, ["title"]]);
    }
    for (const year of [1500, 99_999, 1999.5, "1999"]) {
      const { status, data } = await patch(id, { year });
      expect([status, Object.keys(data.errors)]).toEqual([422, ["year"]]);
    }
    expect((await patch(id, {})).status).toBe(422);
    expect((await patch(id, { posterId: "x" })).status).toBe(422);
    expect((await patch("0".repeat(16), { title: "x" })).status).toBe(404);
    expect((await movieOf(id)).title).toBe("Heat");
  });

  it("mends a match and changes the title of the right film at once, or neither", async () => {
    const id = addMovieRow(site.db, { title: "Heat", tmdbId: 1 });
    addMovieRow(site.db, { title: "Another", tmdbId: 2 });
    expect((await patch(id, { tmdbId: 2, title: "x" })).status).toBe(409);
    expect(await movieOf(id)).toMatchObject({ title: "Heat", tmdbId: 1 });
    expect((await patch(id, { tmdbId: 3, title: "Dead Heat" })).status).toBe(204);
    expect(await movieOf(id)).toMatchObject({ title: "Dead Heat", tmdbId: 3, edited: ["title"] });
  });
});

describe("a poster of one's own", () => {
  it("takes the place of TMDB's until it is taken back", async () => {
    const posterId = addPicture(site.db);
    const id = addMovieRow(site.db, { title: "Heat", posterId });
    expect((await put(id, await picture("#aa2200"))).status).toBe(204);
    const changed = await movieOf(id);
    expect(changed.edited).toEqual(["poster"]);
    expect(changed.poster).toMatchObject({ width: 500, height: 750 });
    expect(changed.posterUrl).not.toContain(posterId);
    // Another takes its place, and nothing is left of the first.
    expect((await put(id, await picture("#00aa22"))).status).toBe(204);
    expect(site.db.select().from(images).all()).toHaveLength(2);
    expect(openJobs("remove-leftovers")).toHaveLength(1);
    expect((await call(posterRoute.DELETE, { params: { id } })).status).toBe(204);
    expect((await movieOf(id)).posterUrl).toContain(posterId);
    expect(site.db.select().from(images).all()).toHaveLength(1);
    expect((await call(posterRoute.DELETE, { params: { id } })).status).toBe(204);
  });

  it("is refused in words where it is none, or too large, or of no movie", async () => {
    const id = addMovieRow(site.db, { title: "Heat" });
    const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>");
    expect(await put(id, svg)).toMatchObject({
      ...{ status: 422, data: { type: "/problems/poster-svg" } },
    });
    expect((await put(id, Buffer.from("MZ"))).data.type).toBe("/problems/poster-no-picture");
    expect((await put(id, Buffer.alloc(10 * 1024 ** 2 + 1))).data.errors.poster).toMatch(/10 MB/);
    expect((await put(id, Buffer.alloc(12 * 1024 ** 2))).status).toBe(413);
    expect((await put(id, null)).status).toBe(422);
    expect((await put("0".repeat(16), await picture("#fff"))).status).toBe(404);
    expect(site.db.select().from(images).all()).toEqual([]);
  });
});

describe("many movies at once", () => {
  it("are fetched anew, one job each, whatever state they are in", async () => {
    const ids = ["Heat", "Another"].map((title) => addMovieRow(site.db, { title }));
    const refresh = (movieIds: string[]) => call(refreshRoute.POST, { body: { movieIds } });
    const { status, data } = await refresh([...ids, ...ids]);
    expect([status, data.jobIds.length, data.jobId]).toEqual([202, 2, data.jobIds[0]]);
    expect(
      openJobs("fetch-metadata")
        .map(({ movieId }) => movieId)
        .sort(),
    ).toEqual(ids.sort());
    expect((await refresh(["0".repeat(16)])).status).toBe(404);
    expect((await refresh([...ids, "0".repeat(16)])).data.errors.movieIds).toMatch(/isn't/);
    expect((await refresh([])).status).toBe(422);
    expect((await refresh(["../etc"])).status).toBe(422);
    expect(openJobs("fetch-metadata")).toHaveLength(2);
  });

  it("are left as they are without a key, which would call what is there missing", async () => {
    site[Symbol.dispose]();
    site = testSite({ VIGILIO_API_TOKEN: token, VIGILIO_DATA_DIR: root });
    const id = addMovieRow(site.db, { title: "Heat" });
    const { status, data } = await call(refreshRoute.POST, { body: { movieIds: [id] } });
    expect([status, data.type]).toEqual([409, "/problems/tmdb-no-key"]);
    expect(openJobs("fetch-metadata")).toEqual([]);
  });

  it("go into the bin and come back, and one that can't keeps no other", async () => {
    const now = new Date();
    const context = { ...site, services: connect(site.db, site.env), now };
    const ids = ["Heat", "Another", "Third"].map((title) => addMovieRow(site.db, { title }));
    const gone = "0".repeat(16);
    const moved = await binMovies(context, [...ids, gone]);
    expect(moved).toEqual({ done: ids, refused: [{ code: "movie-unknown" }] });
    expect(
      site.db
        .select()
        .from(movies)
        .all()
        .every(({ binnedAt }) => binnedAt !== null),
    ).toBe(true);
    expect((await restoreAll(context, ids.slice(1))).done).toEqual(ids.slice(1));
    const ready = addVersionRow(site.db, { movieId: ids[1] ?? "", publishedAt: now });
    const looked = await refreshSubtitlesOf(context, ids.slice(1));
    expect(looked).toEqual({ done: [ids[1]], refused: [{ code: "subtitles-too-early" }] });
    expect(openJobs("find-subtitles")).toMatchObject([{ payload: { versionId: ready.id } }]);
    expect((await deleteMovies(context, ids)).done).toEqual(ids);
    expect(site.db.select().from(movies).all()).toEqual([]);
  });
});

describe("GET /api/v1/storage", () => {
  it("tells what takes space, counted, and what can go", async () => {
    const movieId = addMovieRow(site.db, { title: "Heat" });
    addVersionRow(site.db, { movieId, sizeBytes: 7_000_000, publishedAt: new Date() });
    const { status, data } = await call(storageRoute.GET as Route);
    expect(status).toBe(200);
    expect(data).toMatchObject({
      ...{ isCounting: false, watched: { people: 0, days: 30, count: 0 } },
      largest: [{ movieId, title: "Heat", sizeBytes: 7_000_000 }],
      forecast: { downloads: 0, remainingBytes: 0 },
    });
    expect(Date.now() - Date.parse(data.countedAt)).toBeLessThan(60_000);
    expect(data.uses[0]).toEqual({
      ...{ kind: "films", sizeBytes: 7_000_000, count: 1, folder: "media" },
    });
    expect((await call(storageRoute.GET as Route, { query: "?days=-1" })).status).toBe(422);
    expect((await call(storageRoute.GET as Route, { query: "?day=1" })).status).toBe(422);
  });
});
