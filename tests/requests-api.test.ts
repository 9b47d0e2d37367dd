import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as movieRoutes from "@/app/api/v1/movies/route";
import * as approveRoute from "@/app/api/v1/requests/[id]/approve/route";
import * as declineRoute from "@/app/api/v1/requests/[id]/decline/route";
import * as requestRoute from "@/app/api/v1/requests/[id]/route";
import * as requestRoutes from "@/app/api/v1/requests/route";
import { downloads, movies, requests, searchResults, settings, sources } from "@/db/schema";
import { sealSession } from "@/lib/auth/session-token";
import { startSession } from "@/lib/auth/sessions";
import { reason } from "@/lib/errors";
import { saveMetadata } from "@/lib/movies/metadata";
import { readySince } from "@/lib/movies/ready";
import { record } from "@/lib/movies/timeline";
import { saveHealth } from "@/lib/queue/health";
import { requestNews } from "@/lib/requests/news";
import { mostOpen } from "@/lib/requests/schema";
import { storeFound } from "@/lib/sources/mutations";
import { deleteUser } from "@/lib/users/mutations";
import { addMovieRow } from "./support/library";
import { call, token } from "./support/route-call";
import { type TestSite, testSite } from "./support/site";

const magnet = `magnet:?xt=urn:btih:${"a1".repeat(20)}&dn=The.Long.Lamp.2019.1080p`;

let site: TestSite;
let ids: { root: string; ada: string; bob: string };
beforeEach(() => {
  site = testSite({ VIGILIO_API_TOKEN: token });
  const ok = { ok: true, detail: reason("health-ok") };
  const checks = { qbittorrent: ok, ffmpeg: ok, ffprobe: ok, disk: ok };
  saveHealth(site.db, checks, new Date());
  ids = {
    root: site.user("root", "admin"),
    ada: site.user("ada", "member"),
    bob: site.user("bob", "member"),
  };
});
afterEach(() => site[Symbol.dispose]());

/** Headers of somebody who is signed in. */
async function as(name: keyof typeof ids) {
  const claims = startSession(site.db, {
    ...{ userId: ids[name], sessionVersion: 1, userAgent: null, address: null },
    now: new Date(),
  });
  const cookie = `vigilio.session=${await sealSession(claims)}`;
  return { authorization: "Basic cHJveHk=", cookie, "sec-fetch-site": "same-origin" };
}

const ask = async (name: keyof typeof ids, body: unknown) =>
  call(requestRoutes.POST, { body, headers: await as(name) });
const listFor = async (name: keyof typeof ids, query = "") =>
  (await call(requestRoutes.GET, { query, headers: await as(name) })).data;
const approve = (id: string) => call(approveRoute.POST, { params: { id } });
const decline = (id: string, body: unknown = {}) =>
  call(declineRoute.POST, { params: { id }, body });

/** A release that a search found. */
function found(resultId: string, film: { title: string; year: number; imdbId?: string }) {
  const now = new Date();
  site.db
    .insert(sources)
    .values({
      ...{ id: "5".repeat(16), name: "Lantern films", kind: "schema", definition: {} },
      ...{ position: 1, createdAt: now, updatedAt: now },
    })
    .onConflictDoNothing()
    .run();
  site.db
    .insert(searchResults)
    .values({
      ...{ id: resultId, sourceId: "5".repeat(16), link: magnet, foundAt: now, ...film },
      name: "The.Long.Lamp.2019.1080p",
    })
    .run();
}

const lamp = { title: "The Long Lamp", year: 2019, imdbId: "tt7654321" };

describe("asking for a movie", () => {
  it("is for members who may not add; several who ask for one share a request", async () => {
    const first = await ask("ada", lamp);
    expect(first).toMatchObject({
      status: 201,
      data: { ...lamp, state: "asked", movieId: null, askedBy: ["ada"], release: null },
    });
    const again = await ask("ada", { title: "the long lamp" });
    const second = await ask("bob", { imdbId: `https://www.imdb.com/title/${lamp.imdbId}/` });
    expect([again.data.id, second.data.id]).toEqual([first.data.id, first.data.id]);
    // A member sees their own name; an admin everybody's.
    expect(second.data.askedBy).toEqual(["bob"]);
    expect((await listFor("root")).items).toMatchObject([{ askedBy: ["ada", "bob"] }]);
    expect((await listFor("ada")).items).toMatchObject([{ askedBy: ["ada"] }]);
  });

  it("says what is wrong", async () => {
    expect((await ask("ada", {})).data.errors).toEqual({
      title: "Say which movie: an IMDb id or link, or a title.",
    });
    expect((await ask("ada", { imdbId: "nm0000042" })).status).toBe(422);
    expect((await ask("ada", { resultId: "0".repeat(16) })).data.errors).toMatchObject({
      resultId: expect.stringContaining("Search again"),
    });
    const movieId = addMovieRow(site.db, { title: "Heat", imdbId: "tt0113277" });
    expect(await ask("ada", { imdbId: "tt0113277" })).toMatchObject({
      status: 409,
      data: { movieId, type: "/problems/request-in-library" },
    });
    // Without a year it may be any of that name; with another year it is another.
    expect((await ask("ada", { title: "HEAT" })).data.movieId).toBe(movieId);
    site.db.update(movies).set({ releaseYear: 1995 }).run();
    expect((await ask("ada", { title: "Heat", year: 1986 })).status).toBe(201);
    expect((await call(requestRoutes.GET, { headers: { authorization: "Bearer x" } })).status).toBe(
      401,
    );
  });

  it("has a limit for each person", async () => {
    for (let at = 0; at < mostOpen; at += 1) {
      expect((await ask("ada", { title: `Night ${at}` })).status).toBe(201);
    }
    const more = await ask("ada", { title: "One more" });
    expect(more).toMatchObject({ status: 409, data: { type: "/problems/request-too-many" } });
    expect(more.data.detail).toContain("10");
    // What one asks for already is no more; what is answered makes room; others have their own.
    expect((await ask("ada", { title: "Night 1" })).status).toBe(201);
    expect((await ask("bob", { title: "One more" })).status).toBe(201);
    const { items } = await listFor("ada");
    await decline(items[0].id);
    expect((await ask("ada", { title: "One more" })).status).toBe(201);
  });

  it("is taken back by whoever asked, and goes with the last", async () => {
    const { id } = (await ask("ada", lamp)).data;
    await ask("bob", lamp);
    const takeBack = async (name: keyof typeof ids) =>
      (await call(requestRoute.DELETE, { params: { id }, headers: await as(name) })).status;
    expect(await takeBack("root")).toBe(404);
    expect(await takeBack("ada")).toBe(204);
    expect(await takeBack("ada")).toBe(404);
    expect((await listFor("root")).items).toMatchObject([{ askedBy: ["bob"] }]);
    expect(await takeBack("bob")).toBe(204);
    expect(site.db.select().from(requests).all()).toEqual([]);
  });

  it("goes out of sight with the account of the only one who asked", async () => {
    await ask("ada", lamp);
    deleteUser(site.db, { id: ids.ada });
    expect((await listFor("root")).total).toBe(0);
    expect(requestNews(site.db, { userId: ids.root, isAdmin: true })(new Date(0))).toEqual([]);
  });

  it("is refused in demo mode", async () => {
    site.db.insert(settings).values({ key: "demo", value: true, updatedAt: new Date() }).run();
    expect((await ask("ada", lamp)).data.type).toBe("/problems/demo-refused");
  });
});

describe("approving", () => {
  it("adds the release that it came with at once", async () => {
    found("r1", lamp);
    const { id } = (await ask("ada", { resultId: "r1" })).data;
    expect((await listFor("root", "?status=waiting")).items).toMatchObject([
      { id, release: { name: "The.Long.Lamp.2019.1080p", sourceName: "Lantern films" } },
    ]);
    expect((await listFor("ada")).items).toMatchObject([{ id, release: null }]);
    const approved = await approve(id);
    expect(approved).toMatchObject({
      status: 200,
      data: { state: "approved", addPath: null, movieId: expect.any(String) },
    });
    site.db.update(downloads).set({ progress: 0.25, etaSeconds: 60 }).run();
    expect((await listFor("ada")).items).toMatchObject([
      { movieStatus: "downloading", preparing: { progress: 0.25, remainingSeconds: 60 } },
    ]);
    const [movie] = site.db.select().from(movies).all();
    expect(movie).toMatchObject({ ...{ id: approved.data.movieId, imdbId: lamp.imdbId } });
    expect(await approve(id)).toMatchObject({
      status: 409,
      data: { movieId: movie?.id, type: "/problems/request-done" },
    });
    expect((await decline(id)).status).toBe(409);
    expect((await listFor("root", "?status=waiting")).total).toBe(0);
  });

  it("leads to the page for adding when the release has gone, and adds nothing while all is down", async () => {
    found("r1", lamp);
    const { id } = (await ask("ada", { resultId: "r1" })).data;
    const down = { ok: false, detail: reason("health-ok") };
    saveHealth(site.db, { qbittorrent: down }, new Date());
    expect((await approve(id)).status).toBe(503);
    expect((await listFor("ada")).items).toMatchObject([{ state: "asked" }]);
    site.db.update(searchResults).set({ link: "http://192.0.2.1/a.torrent" }).run();
    expect((await approve(id)).data).toMatchObject({
      state: "approved",
      movieId: null,
      addPath: `/manage/add?query=${lamp.imdbId}`,
    });
  });

  it("still knows the release days later, when nobody searched it again", async () => {
    found("r1", lamp);
    found("r2", { title: "Another", year: 2020 });
    const { id } = (await ask("ada", { resultId: "r1" })).data;
    const searchLater = (days: number) =>
      storeFound(site.db, {
        source: { id: "5".repeat(16), name: "Lantern films" },
        movies: [],
        now: new Date(Date.now() + days * 86_400_000),
      });
    const kept = () => site.db.select().from(searchResults).all();
    searchLater(3);
    expect(kept()).toMatchObject([{ id: "r1" }]);
    await decline(id);
    searchLater(4);
    expect(kept()).toEqual([]);
  });

  it("takes the movie that has the torrent already", async () => {
    const added = await call(movieRoutes.POST, { body: { title: "A", source: magnet } });
    found("r1", lamp);
    const { id } = (await ask("ada", { resultId: "r1" })).data;
    expect((await approve(id)).data.movieId).toBe(added.data.movie.id);
  });

  it("leads to the page for adding where there is no release, and what is added answers", async () => {
    const { id } = (await ask("ada", { title: lamp.title, year: lamp.year })).data;
    const approved = await approve(id);
    expect(approved.data).toMatchObject({
      state: "approved",
      movieId: null,
      addPath: "/manage/add?query=The+Long+Lamp+2019",
    });
    expect((await listFor("root", "?status=waiting")).total).toBe(1);
    const body = { title: "the long lamp", year: 2019, source: magnet };
    const added = (await call(movieRoutes.POST, { body })).data.movie.id;
    expect((await listFor("ada")).items).toMatchObject([{ state: "approved", movieId: added }]);
    expect((await listFor("root", "?status=waiting")).total).toBe(0);
  });

  it("is not needed when somebody adds the movie by its id", async () => {
    await ask("ada", { imdbId: lamp.imdbId });
    const other = (await ask("bob", { imdbId: "tt0000001" })).data.id;
    const body = { imdbId: lamp.imdbId, source: magnet };
    const added = (await call(movieRoutes.POST, { body })).data.movie.id;
    expect((await listFor("ada")).items).toMatchObject([{ state: "approved", movieId: added }]);
    expect((await listFor("bob")).items).toMatchObject([{ id: other, state: "asked" }]);
  });

  it("is not needed when it becomes known which film was added", async () => {
    await ask("ada", { tmdbId: 949 });
    const body = { title: "Some.Release.Name", source: magnet };
    const movieId = (await call(movieRoutes.POST, { body })).data.movie.id;
    expect((await listFor("ada")).items).toMatchObject([{ state: "asked" }]);
    saveMetadata(
      site.db,
      movieId,
      {
        ...{ imdbId: "tt0113277", tmdbId: 949, title: "Heat", originalTitle: null },
        ...{ originalLanguage: null, overview: null, tagline: null, releaseDate: "1995-12-15" },
        ...{ runtimeMinutes: null, score: null, voteCount: 0, certification: null },
        ...{ trailerUrl: null, posterId: null, backdropId: null },
        ...{ genres: [], cast: [], directors: [], writers: [] },
      },
      new Date(),
    );
    expect((await listFor("ada")).items).toMatchObject([{ state: "approved", movieId }]);
  });

  it("ends in a movie that whoever asked is told of", async () => {
    await ask("ada", { imdbId: lamp.imdbId });
    const body = { imdbId: lamp.imdbId, source: magnet };
    const movieId = (await call(movieRoutes.POST, { body })).data.movie.id;
    const at = new Date();
    site.db.update(movies).set({ status: "ready", updatedAt: at }).run();
    record(site.db, { movieId, stage: "ready", state: "done", at });
    const isMine = (userId: string) =>
      readySince(site.db, at, userId).map(({ data }) => (data as { mine: boolean }).mine);
    expect([isMine(ids.ada), isMine(ids.bob)]).toEqual([[true], [false]]);
    expect((await listFor("ada", "?status=ready")).items).toMatchObject([
      { state: "ready", movieId },
    ]);
    // What lies in the bin is no answer that could be opened.
    site.db.update(movies).set({ binnedAt: at }).where(eq(movies.id, movieId)).run();
    expect((await listFor("ada")).total).toBe(0);
  });
});

describe("declining", () => {
  it("tells whoever asked why, and can be taken back by approving", async () => {
    const { id } = (await ask("ada", lamp)).data;
    expect((await decline(id, { because: "a".repeat(301) })).status).toBe(422);
    const because = "We have it on disc.";
    expect(await decline(id, { because })).toMatchObject({
      status: 200,
      data: { state: "declined", declinedBecause: because },
    });
    expect((await listFor("ada", "?status=settled")).items).toMatchObject([
      { state: "declined", declinedBecause: because },
    ]);
    expect((await approve(id)).data).toMatchObject({ state: "approved", declinedBecause: null });
  });

  it("does not keep anybody from asking again", async () => {
    const { id } = (await ask("ada", lamp)).data;
    await decline(id);
    const again = await ask("ada", lamp);
    expect(again.data).toMatchObject({ state: "asked" });
    expect((await listFor("ada")).items).toMatchObject([{ id: again.data.id }]);
  });

  it("is for admins, as approving is", async () => {
    const { id } = (await ask("ada", lamp)).data;
    const headers = await as("ada");
    expect((await call(declineRoute.POST, { params: { id }, body: {}, headers })).status).toBe(403);
    expect((await call(approveRoute.POST, { params: { id }, headers })).status).toBe(403);
    expect((await approve("0".repeat(16))).status).toBe(404);
  });
});

describe("the stream of events", () => {
  it("tells admins of all and how many wait, others of their own", async () => {
    const newsOf = (name: keyof typeof ids) =>
      requestNews(site.db, { userId: ids[name], isAdmin: name === "root" });
    const news = { root: newsOf("root"), ada: newsOf("ada"), bob: newsOf("bob") };
    const before = new Date();
    const { id } = (await ask("ada", lamp)).data;
    const data = { id, title: lamp.title, state: "asked", movieId: null };
    expect(news.root(before)).toEqual([{ event: "request", data: { ...data, waiting: 1 } }]);
    expect(news.ada(before)).toEqual([{ event: "request", data }]);
    expect(news.bob(before)).toEqual([]);
    // One that is gone has no row left: the number alone tells.
    await call(requestRoute.DELETE, { params: { id }, headers: await as("ada") });
    const later = new Date(Date.now() + 1000);
    expect(news.root(later)).toEqual([{ event: "request", data: { waiting: 0 } }]);
    expect(news.root(later)).toEqual([]);
  });
});
