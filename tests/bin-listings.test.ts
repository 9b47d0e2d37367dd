import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as restoreRoute from "@/app/api/v1/bin/[id]/restore/route";
import * as command from "@/app/api/v1/downloads/[infoHash]/[command]/route";
import * as download from "@/app/api/v1/downloads/[infoHash]/route";
import * as downloadRoutes from "@/app/api/v1/downloads/route";
import * as jobRoutes from "@/app/api/v1/jobs/route";
import * as choices from "@/app/api/v1/me/choices/[movieId]/route";
import * as continueRoute from "@/app/api/v1/me/continue/route";
import * as historyRoute from "@/app/api/v1/me/history/route";
import * as listEntry from "@/app/api/v1/me/list/[movieId]/route";
import * as list from "@/app/api/v1/me/list/route";
import * as place from "@/app/api/v1/me/progress/[movieId]/route";
import * as watched from "@/app/api/v1/me/watched/[movieId]/route";
import * as decision from "@/app/api/v1/movies/[id]/decision/route";
import * as files from "@/app/api/v1/movies/[id]/files/route";
import * as movie from "@/app/api/v1/movies/[id]/route";
import * as refresh from "@/app/api/v1/movies/[id]/subtitles/refresh/route";
import * as movieRoutes from "@/app/api/v1/movies/route";
import * as encodings from "@/app/api/v1/subtitles/[id]/encodings/route";
import * as subtitle from "@/app/api/v1/subtitles/[id]/route";
import * as version from "@/app/api/v1/versions/[id]/route";
import * as smaller from "@/app/api/v1/versions/[id]/smaller/route";
import * as candidates from "@/app/api/v1/versions/[id]/subtitle-candidates/route";
import * as ticket from "@/app/api/v1/versions/[id]/ticket/route";
import { changesSince } from "@/lib/movies/changes";
import { listDecades, listGenres } from "@/lib/movies/data";
import { homeRows } from "@/lib/movies/home";
import { libraryOf } from "@/lib/movies/in-library";
import { nextUpOf } from "@/lib/movies/next-up";
import { readySince } from "@/lib/movies/ready";
import { similarMovies } from "@/lib/movies/similar";
import { record } from "@/lib/movies/timeline";
import { enqueue } from "@/lib/queue/enqueue";
import { subtitleFileForServing } from "@/lib/subtitles/data";
import { streamSourceOf } from "@/lib/versions/data";
import { previewSourceOf } from "@/lib/versions/previews";
import { infoHash, openBinnedSite, rowCounts, type WholeFilm } from "./support/binned-site";
import { libraryStart } from "./support/library";
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
const reader = () => ({ userId, say: ({ code }: { code: string }) => code });
/** Everything that shows films, each by what it shows of this one. */
async function shown() {
  const { db } = site;
  const since = new Date(0);
  const item = async (route: Route, query = "") => {
    const { items } = (await call(route, { query })).data as {
      items: { id: string; movieId?: string; updatedAt?: string }[];
    };
    return items.find(({ id, movieId }) => [id, movieId].includes(film.movieId)) ?? null;
  };
  const byId = async (route: Route, params: Record<string, string>) =>
    (await call(route, { params })).status;
  const ids = (rows: { id: string }[]) => rows.some(({ id }) => id === film.movieId);
  const home = homeRows(db, reader());
  const { movieId, versionId, fileName, subtitleId } = film;
  const one = await call(movie.GET, { params: { id: movieId } });
  const events = changesSince(db, since, { isAdmin: true, say: () => "" });
  return {
    movie: one.status === 200 ? { ...one.data, updatedAt: null } : null,
    inMovies: await item(movieRoutes.GET),
    inSearch: await item(movieRoutes.GET, "?query=long"),
    inGenre: await item(movieRoutes.GET, "?genre=1"),
    inContinue: await item(continueRoute.GET),
    inHistory: await item(historyRoute.GET),
    inList: await item(list.GET),
    inDownloads: await item(downloadRoutes.GET),
    inJobs: (await call(jobRoutes.GET)).data.total,
    genres: listGenres(db),
    decades: listDecades(db, new Date("2026-01-01")),
    homeHero: home.hero?.id === movieId,
    homeContinue: ids(home.continueWatching),
    homeList: ids(home.myList),
    homeRecent: ids(home.recentlyAdded),
    homeBest: ids(home.topRated),
    similar: ids(similarMovies(db, other, reader(), 12)),
    nextUp: (await nextUpOf(db, reader(), { movieId: other, similar: () => [] }))?.id ?? null,
    ready: readySince(db, since, null).length,
    events: events.filter(({ data }) => JSON.stringify(data).includes(movieId)).length > 0,
    inLibrary: libraryOf(db)({ imdbId: "tt7654321", tmdbId: null, title: "x", year: null })?.id,
    version: await byId(version.GET, { id: versionId }),
    stream: streamSourceOf(db, fileName) !== null,
    previews: previewSourceOf(db, fileName) !== null,
    subtitle: subtitleFileForServing(db, subtitleId) !== undefined,
    files: await byId(files.GET, { id: movieId }),
    place: await byId(place.GET, { movieId }),
    choices: await byId(choices.GET, { movieId }),
  };
}

describe("a movie in the bin", () => {
  beforeEach(() => {
    const payload = { movieId: film.movieId, versionId: film.versionId };
    enqueue(site.db, "find-subtitles", payload, { now: new Date() });
    record(site.db, { ...payload, stage: "ready", state: "done", at: libraryStart });
  });

  it("is seen nowhere, and comes back to every place as it was", async () => {
    const before = await shown();
    // Everything that is asked for below tells it when it is there.
    expect(before).toMatchObject({
      ...{ homeHero: true, homeContinue: true, homeList: true, homeRecent: true, homeBest: true },
      ...{
        decades: [2010, 2000],
        similar: true,
        nextUp: film.movieId,
        ready: 1,
        events: true,
        inJobs: 1,
      },
      ...{ stream: true, previews: true, subtitle: true, inLibrary: film.movieId },
      ...{ version: 200, files: 200, place: 200, choices: 200 },
    });
    for (const name of Object.keys(before).filter((key) => /^(in|movie)/.test(key))) {
      expect(before[name as keyof typeof before], name).not.toBeNull();
    }
    expect((await toBin(movie.DELETE, film.movieId)).status).toBe(204);
    expect(await shown()).toEqual({
      movie: null,
      ...{ inMovies: null, inSearch: null, inGenre: null, inContinue: null, inHistory: null },
      ...{ inList: null, inDownloads: null, inJobs: 0, inLibrary: undefined },
      genres: before.genres.filter(({ name }) => name === "Crime"),
      decades: [2000],
      ...{ homeHero: false, homeContinue: false, homeList: false, homeRecent: false },
      ...{ homeBest: false, similar: false, nextUp: null, ready: 0, events: false },
      ...{ version: 404, stream: false, previews: false, subtitle: false },
      ...{ files: 404, place: 404, choices: 404 },
    });
    expect((await restore(film.movieId)).status).toBe(204);
    // The torrent goes on by a job of its own.
    expect(await shown()).toEqual({ ...before, inJobs: 2 });
  });

  it("takes no change by its id", async () => {
    await toBin(movie.DELETE, film.movieId);
    const { movieId, versionId, subtitleId } = film;
    const id = { params: { id: movieId } };
    const ofVersion = { params: { id: versionId } };
    const own = { params: { movieId } };
    const at = { positionSeconds: 1, durationSeconds: 100 };
    const asked: [Route, Call][] = [
      [movie.PATCH, { ...id, body: { tmdbId: 5 } }],
      [movie.DELETE, { ...id, query: "?bin=true" }],
      [decision.POST, { ...id, body: { optionId: "1" } }],
      [refresh.POST, id],
      [version.DELETE, { ...ofVersion, query: "?bin=true" }],
      [smaller.POST, { ...ofVersion, body: { height: 480 } }],
      [candidates.GET, ofVersion],
      [ticket.POST, ofVersion],
      [subtitle.PATCH, { params: { id: subtitleId }, body: { offsetMs: 5 } }],
      [subtitle.DELETE, { params: { id: subtitleId } }],
      [encodings.GET, { params: { id: subtitleId } }],
      [command.POST, { params: { infoHash, command: "resume" } }],
      [download.DELETE, { params: { infoHash } }],
      [listEntry.PUT, own],
      [listEntry.DELETE, own],
      [place.PUT, { ...own, body: at }],
      [place.DELETE, own],
      [watched.PUT, { ...own, body: { watched: true } }],
      [choices.PUT, { ...own, body: { subtitle: null } }],
    ];
    const before = rowCounts(site.db);
    for (const [route, args] of asked) {
      const { method, path } = route.spec;
      expect(`${method} ${path} ${(await call(route, args)).status}`).toBe(`${method} ${path} 404`);
    }
    expect(rowCounts(site.db)).toEqual(before);
  });
});
