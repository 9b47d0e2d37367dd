import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { jobs } from "@/db/schema";
import { askAgainForMetadata, askAgainForSubtitles } from "@/lib/queue/ask-again";
import { enqueue } from "@/lib/queue/enqueue";
import { addMovieRow, addVersionRow } from "../support/library";
import { seedRelease } from "../support/movie-torrent";
import { addTorrent, movieOf, readyMovie } from "../support/movies-api";
import { until } from "../support/until";
import { startVigilio } from "../support/vigilio";
import { films, imdbIdOf, titleOf, tmdbIdOf } from "../upstreams/films";
import { openSubtitlesAccount, startOpenSubtitles } from "../upstreams/opensubtitles";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";
import { startBackground } from "./background";

const film = films.find(({ number, hasPoster }) => number % 9 === 0 && hasPoster);
if (!film) throw new Error("no film with few people");
const imdbId = imdbIdOf(film);
const withoutAttempts = 30 * 60_000;

const tmdbEnv = (tmdb: { apiUrl: string; imageUrl: string }) => ({
  TMDB_API_KEY: tmdbKeys.v3,
  TMDB_API_URL: tmdb.apiUrl,
  TMDB_IMAGE_URL: tmdb.imageUrl,
});
const openSubtitlesEnv = (upstream: { apiUrl: string }) => ({
  OPENSUBTITLES_API_KEY: openSubtitlesAccount.apiKey,
  OPENSUBTITLES_USERNAME: openSubtitlesAccount.username,
  OPENSUBTITLES_PASSWORD: openSubtitlesAccount.password,
  OPENSUBTITLES_API_URL: upstream.apiUrl,
  SUBTITLE_LANGUAGES: "en",
});

const outages = [
  ["down", "unreachable"],
  ["slow", "timeout"],
  ["rate-limit", "rate-limited"],
  [{ status: 429, headers: { "retry-after": "600" } }, "rate-limited"],
  ["html", "broken"],
  ["html-200", "broken"],
  ["broken-json", "broken"],
  ["wrong-shape", "broken"],
] as const;

describe("while TMDB", () => {
  it.concurrent.each(outages)(
    "is %s, the page says what is missing, and it comes when that is over",
    async (outage, fault) => {
      const tmdb = await startTmdb();
      await using background = startBackground(tmdbEnv(tmdb));
      const { db, now } = background;
      const state = { status: "downloading", metadataState: "pending" } as const;
      const movieId = addMovieRow(db, { title: "Named.By.Its.Release", imdbId, ...state });
      tmdb.failAlways(outage);
      enqueue(db, "fetch-metadata", { movieId }, { now: now() });
      await background.until("the attempt failed", () => {
        const job = db.select().from(jobs).where(eq(jobs.movieId, movieId)).get();
        return job?.status === "queued" && job.attempts > 0;
      });
      const without = background.movie(movieId);
      expect(without.metadataDetail).toBe(`tmdb-${fault}`);
      expect(without.timeline.at(-1)).toMatchObject({ stage: "metadata", state: "waiting" });

      tmdb.failAlways(null);
      background.pass(withoutAttempts);
      const dressed = await background.until("it is dressed", () => {
        const movie = background.movie(movieId);
        return movie.metadataDetail === null && movie;
      });
      expect(dressed).toMatchObject({ title: titleOf(film), posterUrl: expect.any(String) });
      expect(dressed.timeline.at(-1)).toMatchObject({ stage: "metadata", state: "done" });
      await tmdb.close();
    },
  );

  it("answers that a film is there by another name, that is said, and the other one stays as it is", async () => {
    const tmdb = await startTmdb();
    await using background = startBackground(tmdbEnv(tmdb));
    const { db, now } = background;
    const known = { title: "Known", tmdbId: tmdbIdOf(film), metadataState: "complete" } as const;
    const knownId = addMovieRow(db, known);
    const movieId = addMovieRow(db, { title: "N", imdbId, metadataState: "pending" });
    enqueue(db, "fetch-metadata", { movieId }, { now: now() });
    await background.until("it is said", () => {
      return background.movie(movieId).metadataDetail === "movie-there-twice";
    });
    expect(background.movie(movieId)).toMatchObject({ title: "N", tmdbId: null });
    expect(background.movie(knownId)).toMatchObject({ title: "Known", metadataDetail: null });
    await background.until("nothing is tried again", () => {
      return db.select().from(jobs).where(eq(jobs.movieId, movieId)).get()?.status === "succeeded";
    });
    await tmdb.close();
  });

  it("refuses the key, that is said and not tried again until somebody may have changed it", async () => {
    const tmdb = await startTmdb({ keys: [tmdbKeys.v4] });
    await using background = startBackground(tmdbEnv(tmdb));
    const { db, now } = background;
    const movieId = addMovieRow(db, { title: "N", imdbId, metadataState: "pending" });
    enqueue(db, "fetch-metadata", { movieId }, { now: now() });
    await background.until("it is said", () => {
      return background.movie(movieId).metadataDetail === "tmdb-credentials";
    });
    await background.until("the job ended", () => {
      return db.select().from(jobs).where(eq(jobs.status, "failed")).get();
    });
    const asked = tmdb.requests.length;
    expect(askAgainForMetadata(db, now())).toBe(0);
    background.pass(withoutAttempts);
    expect(tmdb.requests).toHaveLength(asked);
    await tmdb.close();
  });

  it("is gone for longer than all attempts, it is asked again later, and the failure is forgotten", async () => {
    const tmdb = await startTmdb();
    await using background = startBackground(tmdbEnv(tmdb));
    const { db, now } = background;
    const movieId = addMovieRow(db, { title: "N", imdbId, metadataState: "pending" });
    tmdb.failAlways("html");
    enqueue(db, "fetch-metadata", { movieId }, { now: now() });
    db.update(jobs).set({ attempts: 9 }).run();
    await background.until("the last attempt failed", () => {
      return db.select().from(jobs).where(eq(jobs.status, "failed")).get();
    });
    expect(background.movie(movieId).metadataDetail).toBe("tmdb-broken");
    tmdb.failAlways(null);
    expect(askAgainForMetadata(db, now())).toBe(1);
    await background.until("it is dressed", () => background.movie(movieId).posterUrl);
    await background.until("the job is done", () => {
      const statuses = db.select({ status: jobs.status }).from(jobs).all();
      return statuses.length === 1 && statuses[0]?.status === "succeeded";
    });
    await tmdb.close();
  });

  it.each(["down", "html", "slow"] as const)(
    "answers and its pictures' host is %s, the words come at once and the pictures when they can",
    async (outage) => {
      const tmdb = await startTmdb();
      await using background = startBackground(tmdbEnv(tmdb));
      const { db, now } = background;
      const movieId = addMovieRow(db, { title: "N", imdbId, metadataState: "pending" });
      tmdb.failImages(outage);
      enqueue(db, "fetch-metadata", { movieId }, { now: now() });
      const without = await background.until("the words are there", () => {
        const movie = background.movie(movieId);
        return movie.title === titleOf(film) && movie;
      });
      expect(without).toMatchObject({ posterUrl: null, metadataDetail: "tmdb-pictures" });
      await background.until("it is tried again", () => {
        return db.select().from(jobs).where(eq(jobs.status, "queued")).get();
      });
      tmdb.failImages(null);
      background.pass(withoutAttempts);
      const dressed = await background.until("the pictures are there", () => {
        const movie = background.movie(movieId);
        return movie.metadataDetail === null && movie;
      });
      expect(dressed.posterUrl).toEqual(expect.any(String));
      const told = dressed.timeline.filter(({ stage }) => stage === "metadata");
      expect(told.map(({ state }) => state)).toEqual(["waiting", "done"]);
      await tmdb.close();
    },
  );
});

describe("while OpenSubtitles", () => {
  async function searching(account = openSubtitlesAccount) {
    const upstream = await startOpenSubtitles();
    const background = startBackground({
      ...openSubtitlesEnv(upstream),
      OPENSUBTITLES_API_KEY: account.apiKey,
    });
    const { db, now } = background;
    const movieId = addMovieRow(db, { title: "N", imdbId });
    const { id: versionId } = addVersionRow(db, { movieId });
    const search = () => enqueue(db, "find-subtitles", { movieId, versionId }, { now: now() });
    const told = () => background.movie(movieId).timeline.filter((e) => e.stage === "subtitles");
    const found = () => background.movie(movieId).versions[0]?.subtitles ?? [];
    return { upstream, background, search, told, found };
  }

  it.concurrent.each(outages)(
    "is %s, the page says so, and subtitles come when that is over",
    async (outage, fault) => {
      const { upstream, background, search, told, found } = await searching();
      await using _ = background;
      upstream.failAlways(outage);
      search();
      await background.until("it waits", () => {
        const job = background.db.select().from(jobs).get();
        return job && job.status !== "running" && job.lastError;
      });
      expect(told().map(({ state, detail }) => [state, detail])).toEqual([
        ["active", null],
        ["waiting", `opensubtitles-${fault}`],
      ]);
      upstream.failAlways(null);
      background.pass(withoutAttempts);
      await background.until("a subtitle is there", () => found().length > 0);
      await background.until("it is told", () => told().at(-1)?.state === "done");
      expect(told()).toHaveLength(3);
      await upstream.close();
    },
  );

  it("is gone for longer than all attempts, it is asked again later", async () => {
    const { upstream, background, search, told, found } = await searching();
    await using _ = background;
    upstream.failAlways("html");
    search();
    background.db.update(jobs).set({ attempts: 7 }).run();
    await background.until("it failed", () => told().at(-1)?.state === "failed");
    upstream.failAlways(null);
    expect(askAgainForSubtitles(background.db, background.now())).toBe(1);
    await background.until("a subtitle is there", () => found().length > 0);
    await background.until("the failure is forgotten", () => {
      const rows = background.db.select().from(jobs).all();
      return rows.length === 1 && rows[0]?.status === "succeeded";
    });
    await upstream.close();
  });

  it("refuses the key, that is said, and asked again only where the key may be another", async () => {
    const { upstream, background, search, told } = await searching({
      ...openSubtitlesAccount,
      apiKey: "notTheKeyThatItTakes000000000000" as typeof openSubtitlesAccount.apiKey,
    });
    await using _ = background;
    search();
    await background.until("it failed", () => told().at(-1)?.state === "failed");
    expect(told().at(-1)?.detail).toBe("opensubtitles-credentials");
    const { db, now } = background;
    expect(askAgainForSubtitles(db, now())).toBe(0);
    expect(askAgainForSubtitles(db, now(), { isKeyNew: true })).toBe(1);
    await upstream.close();
  });

  it("cannot be asked before the title is known, its answer comes right after", async () => {
    const tmdb = await startTmdb();
    const upstream = await startOpenSubtitles();
    await using background = startBackground({ ...tmdbEnv(tmdb), ...openSubtitlesEnv(upstream) });
    const { db, now } = background;
    const movieId = addMovieRow(db, { title: titleOf(film), metadataState: "pending" });
    const { id: versionId } = addVersionRow(db, { movieId });
    enqueue(db, "find-subtitles", { movieId, versionId }, { now: now() });
    await background.until("it waits", () => {
      return db.select().from(jobs).where(eq(jobs.status, "waiting")).get();
    });
    expect(background.movie(movieId).timeline.at(-1)?.detail).toBe("subtitles-wait-for-title");
    enqueue(db, "fetch-metadata", { movieId }, { now: now() });
    await background.until("a subtitle is there", () => {
      return (background.movie(movieId).versions[0]?.subtitles.length ?? 0) > 0;
    });
    await Promise.all([tmdb.close(), upstream.close()]);
  });
});

it("a film plays while everything else is down, and is completed when it is back", async () => {
  const [tmdb, openSubtitles] = [await startTmdb(), await startOpenSubtitles()];
  const release = await seedRelease({ seconds: 4, movie: { subtitles: [] } });
  tmdb.failAlways("down");
  tmdb.failImages("down");
  openSubtitles.failAlways("html");
  await using vigilio = await startVigilio({
    env: { ...tmdbEnv(tmdb), ...openSubtitlesEnv(openSubtitles) },
  });
  await until("all services are up", async () => {
    return (await (await vigilio.fetch("/api/health")).json()).status === "ok";
  });
  const { movie } = await addTorrent(vigilio, imdbId, release.torrent);
  const bare = await readyMovie(vigilio, movie.id);
  expect(bare.metadataDetail).toMatch(/^TMDB can.t be reached/);
  expect((await vigilio.fetch(bare.versions[0]?.streamUrl ?? "")).status).toBe(200);
  const waiting = await until("the search is told to wait", async () => {
    const { timeline } = await movieOf(vigilio, movie.id);
    return timeline.find(({ stage, state }) => stage === "subtitles" && state === "waiting");
  });
  expect(waiting.detail).toContain("OpenSubtitles has a problem");

  tmdb.failAlways(null);
  tmdb.failImages(null);
  openSubtitles.failAlways(null);
  const whole = await until(
    "everything is there",
    async () => {
      const now = await movieOf(vigilio, movie.id);
      const languages = now.versions[0]?.subtitles.map(({ language }) => language) ?? [];
      const isWhole = now.posterUrl !== null && now.metadataDetail === null;
      return isWhole && languages.includes("en") && now;
    },
    120_000,
  );
  expect(whole.title).toBe(titleOf(film));
  await vigilio.stop();
  await Promise.all([release.close(), tmdb.close(), openSubtitles.close()]);
});
