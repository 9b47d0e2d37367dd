import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as restoreRoute from "@/app/api/v1/bin/[id]/restore/route";
import * as entry from "@/app/api/v1/bin/[id]/route";
import * as binRoutes from "@/app/api/v1/bin/route";
import * as downloadRoutes from "@/app/api/v1/downloads/route";
import * as movie from "@/app/api/v1/movies/[id]/route";
import * as movieRoutes from "@/app/api/v1/movies/route";
import * as settingRoutes from "@/app/api/v1/settings/route";
import * as version from "@/app/api/v1/versions/[id]/route";
import { downloads, jobs, movies } from "@/db/schema";
import { sealSession } from "@/lib/auth/session-token";
import { startSession } from "@/lib/auth/sessions";
import { emptyBin } from "@/lib/bin/mutations";
import { subtitleFileForServing } from "@/lib/subtitles/data";
import { streamSourceOf } from "@/lib/versions/data";
import {
  addWholeFilm,
  infoHash,
  openBinnedSite,
  rowCounts,
  type WholeFilm,
} from "./support/binned-site";
import { addMovieRow, addVersionRow } from "./support/library";
import { type Call, call, type Route } from "./support/route-call";
import type { TestSite } from "./support/site";

let site: TestSite;
let userId: string;
let other: string;
let film: WholeFilm;
beforeEach(() => {
  ({ site, userId, other, film } = openBinnedSite());
});
afterEach(() => site[Symbol.dispose]());

const toBin = (route: Route, id: string) => call(route, { params: { id }, query: "?bin=true" });
const restore = (id: string) => call(restoreRoute.POST, { params: { id } });
const listed = async () => (await call(binRoutes.GET)).data;

describe("a movie in the bin", () => {
  it("is listed with what it takes and when it goes", async () => {
    expect(await listed()).toEqual({ items: [], page: 1, pageSize: 20, total: 0 });
    await toBin(movie.DELETE, film.movieId);
    const { items, total } = await listed();
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      ...{ id: film.movieId, kind: "movie", movieId: film.movieId, title: "The Long Lamp" },
      ...{ releaseYear: 2019, sizeBytes: 0, releaseName: null },
    });
    expect(items[0].posterUrl).toMatch(/^\/images\//);
    const stays = Date.parse(items[0].emptiedAfter) - Date.parse(items[0].binnedAt);
    expect(stays).toBe(7 * 86_400_000);
  });

  it("is refused when it is added again, with where it lies", async () => {
    await toBin(movie.DELETE, film.movieId);
    const magnet = (hash: string) => `magnet:?xt=urn:btih:${hash}&dn=The.Long.Lamp.2019`;
    const inBin = { movieId: film.movieId, binId: film.movieId, type: "/problems/movie-in-bin" };
    const again = [
      { title: "Whatever", source: magnet(infoHash) },
      { imdbId: "tt7654321", source: magnet("c3".repeat(20)) },
    ];
    const before = rowCounts(site.db);
    for (const body of again) {
      const answer = await call(movieRoutes.POST, { body });
      expect(answer).toMatchObject({ status: 409, data: inBin });
      expect(answer.data.detail).toContain("bin");
    }
    expect(rowCounts(site.db)).toEqual(before);
    await restore(film.movieId);
    const known = await call(movieRoutes.POST, { body: again[0] });
    expect(known).toMatchObject({ status: 409, data: { type: "/problems/torrent-known" } });
    expect(known.data.binId).toBeUndefined();
    expect((await call(movieRoutes.POST, { body: again[1] })).status).toBe(201);
  });

  it("does not come back beside the same film", async () => {
    await toBin(movie.DELETE, film.movieId);
    const twin = addMovieRow(site.db, { title: "The Long Lamp", tmdbId: 77 });
    expect(await restore(film.movieId)).toMatchObject({
      status: 409,
      data: { type: "/problems/bin-added-again", movieId: twin },
    });
    expect((await listed()).total).toBe(1);
    await call(movie.DELETE, { params: { id: twin } });
    expect((await restore(film.movieId)).status).toBe(204);
  });
});

describe("a version in the bin", () => {
  it("is gone from its movie, which is watched with the others, and comes back", async () => {
    const { movieId, versionId, smallerId, fileName } = film;
    const view = async () => (await call(movie.GET, { params: { id: movieId } })).data;
    const before = await view();
    expect(before.quality).toBe("HD");
    expect((await toBin(version.DELETE, versionId)).status).toBe(204);
    const without = await view();
    expect(without.versions.map(({ id }: { id: string }) => id)).toEqual([smallerId]);
    expect(without).toMatchObject({ status: "ready", quality: "SD" });
    expect(streamSourceOf(site.db, fileName)).toBeNull();
    expect(subtitleFileForServing(site.db, film.subtitleId)).toBeUndefined();
    expect((await call(downloadRoutes.GET)).data.total).toBe(0);
    expect((await toBin(version.DELETE, versionId)).status).toBe(404);
    expect((await call(version.GET, { params: { id: versionId } })).status).toBe(404);
    const { items } = await listed();
    expect(items).toMatchObject([{ id: versionId, kind: "version", movieId, height: 1080 }]);
    const magnet = `magnet:?xt=urn:btih:${infoHash}`;
    expect(await call(movieRoutes.POST, { body: { title: "A", source: magnet } })).toMatchObject({
      status: 409,
      data: { type: "/problems/version-in-bin", movieId, binId: versionId },
    });
    expect((await restore(versionId)).status).toBe(204);
    expect(await view()).toEqual(before);
    expect((await call(downloadRoutes.GET)).data.total).toBe(1);
  });

  it("takes what is being made of it along, and not what was made", async () => {
    const { movieId, versionId, smallerId } = film;
    const making = addVersionRow(site.db, {
      ...{ movieId, status: "processing", sourceKind: "conversion", madeFromId: versionId },
    });
    await toBin(version.DELETE, versionId);
    const ids = async () =>
      (await call(movie.GET, { params: { id: movieId } })).data.versions.map(
        ({ id }: { id: string }) => id,
      );
    expect(await ids()).toEqual([smallerId]);
    await restore(versionId);
    expect((await ids()).sort()).toEqual([versionId, smallerId, making.id].sort());
  });

  it("stays there while its movie comes and goes", async () => {
    const { movieId, versionId, smallerId } = film;
    await toBin(version.DELETE, versionId);
    await toBin(movie.DELETE, movieId);
    expect((await listed()).items).toMatchObject([{ id: movieId }]);
    expect((await restore(versionId)).status).toBe(404);
    await restore(movieId);
    expect((await listed()).items).toMatchObject([{ id: versionId }]);
    const { data } = await call(movie.GET, { params: { id: movieId } });
    expect(data.versions).toMatchObject([{ id: smallerId }]);
  });
});

describe("the bin", () => {
  it("is for admins alone, and tells what does not lie in it", async () => {
    const id = "0123456789abcdef";
    const memberId = site.user("bo", "member");
    const claims = startSession(site.db, {
      ...{ userId: memberId, sessionVersion: 1, userAgent: null, address: null },
      now: new Date(),
    });
    const member = {
      authorization: "Basic cHJveHk=",
      cookie: `vigilio.session=${await sealSession(claims)}`,
      "sec-fetch-site": "same-origin",
    };
    const all: [Route, Call][] = [
      [binRoutes.GET, {}],
      [restoreRoute.POST, { params: { id } }],
      [entry.DELETE, { params: { id } }],
      [movie.DELETE, { params: { id: film.movieId }, query: "?bin=true" }],
      [version.DELETE, { params: { id: film.versionId }, query: "?bin=true" }],
    ];
    for (const [route, args] of all) {
      const nobody = await call(route, { ...args, headers: { authorization: "Bearer wrong" } });
      expect(nobody.status, route.spec.path).toBe(401);
      expect((await call(route, { ...args, headers: member })).status, route.spec.path).toBe(403);
    }
    expect((await listed()).total).toBe(0);
    for (const route of [restoreRoute.POST, entry.DELETE]) {
      expect((await call(route, { params: { id } })).status).toBe(404);
      expect((await call(route, { params: { id: film.movieId } })).status).toBe(404);
      expect((await call(route, { params: { id: "../etc" } })).status).toBe(404);
    }
    expect((await toBin(movie.DELETE, id)).status).toBe(404);
    expect((await call(binRoutes.GET, { query: "?page=0" })).status).toBe(422);
  });

  it("deletes for good, and leaves no row of what it held", async () => {
    const { db } = site;
    // The film that is measured is the only one that the counts do not know.
    await call(movie.DELETE, { params: { id: film.movieId } });
    db.delete(jobs).run();
    const before = rowCounts(db);
    film = addWholeFilm(db, userId);
    const whole = rowCounts(db);
    expect(whole.downloads).toBe((before.downloads ?? 0) + 1);
    await toBin(version.DELETE, film.smallerId);
    await toBin(movie.DELETE, film.movieId);
    expect((await call(entry.DELETE, { params: { id: film.movieId } })).status).toBe(204);
    const [job, ...others] = db.select().from(jobs).all();
    expect(others).toEqual([]);
    expect(job).toMatchObject({ kind: "remove-leftovers" });
    expect(JSON.stringify(job?.payload)).toContain(`vigilio-${film.downloadId}`);
    db.delete(jobs).run();
    expect(rowCounts(db)).toEqual(before);
  });

  it("is emptied of what has had its days, and of nothing else", async () => {
    await call(settingRoutes.PATCH, { body: { binDays: 3 } });
    await toBin(movie.DELETE, other);
    await call(settingRoutes.PATCH, { body: { binDays: 30 } });
    await toBin(movie.DELETE, film.movieId);
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    expect(emptyBin(site.db, inDays(2.9), { onlyDue: true })).toEqual([]);
    expect(emptyBin(site.db, inDays(3.1), { onlyDue: true })).toHaveLength(1);
    expect(site.db.select({ id: movies.id }).from(movies).all()).toEqual([{ id: film.movieId }]);
    expect((await listed()).items).toMatchObject([{ id: film.movieId }]);
    expect(emptyBin(site.db, new Date(), { onlyDue: false })).toHaveLength(1);
    expect(site.db.select().from(movies).all()).toEqual([]);
    expect(await listed()).toMatchObject({ items: [], total: 0 });
  });

  it("deletes nothing where there is none", async () => {
    expect((await call(settingRoutes.PATCH, { body: { binDays: 366 } })).status).toBe(422);
    await call(settingRoutes.PATCH, { body: { binDays: 0 } });
    for (const [route, id] of [
      [movie.DELETE, film.movieId],
      [version.DELETE, film.versionId],
    ] as const) {
      const answer = await toBin(route, id);
      expect(answer).toMatchObject({ status: 409, data: { type: "/problems/bin-off" } });
    }
    expect((await call(movie.GET, { params: { id: film.movieId } })).data.versions).toHaveLength(2);
  });

  it("lets torrents go on that nobody had paused", async () => {
    const resumed = () =>
      site.db
        .select({ kind: jobs.kind })
        .from(jobs)
        .all()
        .filter(({ kind }) => kind === "resume-download").length;
    site.db.update(downloads).set({ state: "paused" }).run();
    await toBin(movie.DELETE, film.movieId);
    await restore(film.movieId);
    expect(resumed()).toBe(0);
    const ofFilm = eq(downloads.id, film.downloadId);
    site.db.update(downloads).set({ state: "stalled" }).where(ofFilm).run();
    await toBin(movie.DELETE, film.movieId);
    await restore(film.movieId);
    expect(resumed()).toBe(1);
  });
});
