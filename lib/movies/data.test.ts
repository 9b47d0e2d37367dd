import { and, eq, inArray } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  audioTracks,
  binEntries,
  credits,
  listEntries,
  movieGenres,
  movies,
  people,
  progress,
  subtitles,
  timelineEvents,
  watched,
} from "@/db/schema";
import { randomId } from "@/lib/ids";
import { testDatabase } from "@/tests/support/database";
import {
  addMovieRow,
  addPerson,
  addPicture,
  addVersionRow,
  countStatements,
  libraryStart,
} from "@/tests/support/library";
import { listGenres, listMovies, movieOf, requireMovie } from "./data";
import { homeRows } from "./home";
import { movieCard, movieListQuery, movieView } from "./schema";

let db: ReturnType<typeof testDatabase>;
let userId: string;
beforeEach(() => {
  db = testDatabase();
  userId = addPerson(db);
});
afterEach(() => db[Symbol.dispose]());

const say = ({ code }: { code: string }) => `said: ${code}`;
const reader = () => ({ userId, say });
const at = (minutes: number) => new Date(libraryStart.getTime() + minutes * 60_000);
const list = (query: Record<string, unknown> = {}) =>
  listMovies(db, movieListQuery.parse(query), reader());
const titles = (query: Record<string, unknown> = {}) => list(query).items.map(({ title }) => title);

/** A few hundred movies with everything that a card shows. */
function fill(count: number): string[] {
  return db.transaction(() => fillAll(count));
}

function fillAll(count: number): string[] {
  const posters = Array.from({ length: count }, () => addPicture(db));
  return posters.map((posterId, index) => {
    const id = addMovieRow(db, {
      title: `Movie ${String(index).padStart(3, "0")}`,
      overview: "A story about movies.",
      posterId,
      addedAt: at(index),
      genreNames: index % 2 === 0 ? ["Drama", "Crime"] : ["Drama"],
    });
    addVersionRow(db, { movieId: id });
    return id;
  });
}

describe("listMovies", () => {
  it("lists and counts a genre of most movies as it does a small one", () => {
    const ids = fill(1010);
    const [first = "", second = "", third = ""] = ids;
    db.update(movies)
      .set({ binnedAt: at(0) })
      .where(eq(movies.id, first))
      .run();
    db.update(movies).set({ status: "failed" }).where(eq(movies.id, second)).run();
    db.delete(movieGenres).where(eq(movieGenres.movieId, third)).run();
    const [drama, crime] = ["Drama", "Crime"].map(
      (name) => listGenres(db).find((genre) => genre.name === name)?.id,
    );
    const of = (genre: number | undefined, more = {}) => {
      const { items, total } = list({ genre, sort: "title", pageSize: 2, ...more });
      return [...items.map(({ title }) => title), total];
    };
    expect(of(drama)).toEqual(["Movie 001", "Movie 003", 1008]);
    expect(of(drama, { status: "ready" })).toEqual(["Movie 003", "Movie 004", 1007]);
    expect(of(drama, { status: "failed" })).toEqual(["Movie 001", 1]);
    expect(of(drama, { page: 2 })).toEqual(["Movie 004", "Movie 005", 1008]);
    expect(of(crime)).toEqual(["Movie 004", "Movie 006", 503]);
    db.delete(movieGenres)
      .where(and(eq(movieGenres.genreId, crime ?? 0), inArray(movieGenres.movieId, ids.slice(200))))
      .run();
    expect(of(crime)).toEqual(["Movie 004", "Movie 006", 98]);
  });

  it("pages through a library, newest first, each movie once", () => {
    fill(250);
    const first = list({ pageSize: 100 });
    expect([first.page, first.pageSize, first.total]).toEqual([1, 100, 250]);
    expect(first.items[0]?.title).toBe("Movie 249");
    const all = [1, 2, 3].flatMap((page) => list({ page, pageSize: 100 }).items);
    expect(new Set(all.map(({ id }) => id)).size).toBe(250);
    expect(list({ page: 9, pageSize: 100 })).toEqual({
      items: [],
      page: 9,
      pageSize: 100,
      total: 250,
      didYouMean: null,
    });
    for (const card of all) movieCard.parse(card);
  });

  it("needs at most eight statements, whatever the size of the page", () => {
    fill(300);
    const statements = (query: Record<string, unknown>) => countStatements(db, () => list(query));
    expect(statements({ pageSize: 5 })).toBe(5);
    expect(statements({ pageSize: 100 })).toBe(5);
    const queries = [
      { query: "movie", pageSize: 100 },
      { query: "movie 042 story", sort: "title", pageSize: 100 },
      { query: "moive 042", genre: 1, sort: "rating", pageSize: 100 },
      { list: "mine", genre: 1, page: 4, pageSize: 100 },
    ];
    for (const query of queries) expect(statements(query)).toBeLessThanOrEqual(8);
  });

  it("sorts by each column in both directions, what has no value last", () => {
    addMovieRow(db, { title: "B", score: 7, releaseDate: "2001-01-01", addedAt: at(1) });
    addMovieRow(db, { title: "C", score: 9, releaseDate: "1999-01-01", addedAt: at(2) });
    addMovieRow(db, { title: "A", score: null, releaseDate: null, addedAt: at(3) });
    expect(titles()).toEqual(["A", "C", "B"]);
    expect(titles({ order: "asc" })).toEqual(["B", "C", "A"]);
    expect(titles({ sort: "title" })).toEqual(["A", "B", "C"]);
    expect(titles({ sort: "title", order: "desc" })).toEqual(["C", "B", "A"]);
    expect(titles({ sort: "rating" })).toEqual(["C", "B", "A"]);
    expect(titles({ sort: "rating", order: "asc" })).toEqual(["B", "C", "A"]);
    expect(titles({ sort: "release" })).toEqual(["B", "C", "A"]);
  });

  it("filters by status, genre and query, and leaves out the bin", () => {
    addMovieRow(db, { title: "Heat", status: "downloading", genreNames: ["Crime"] });
    addMovieRow(db, { title: "Dead Heat", genreNames: ["Comedy", "Crime"] });
    addMovieRow(db, { title: "Heat Gone", genreNames: ["Crime"], binnedAt: at(1) });
    expect(titles({ status: "downloading" })).toEqual(["Heat"]);
    expect(titles({ genre: 2 })).toEqual(["Dead Heat"]);
    expect(titles({ query: "heat" })).toEqual(["Heat", "Dead Heat"]);
    expect(titles({ query: "heat", sort: "title" })).toEqual(["Dead Heat", "Heat"]);
    expect(titles({ query: "heat", status: "ready" })).toEqual(["Dead Heat"]);
    expect(list({ query: "heat", pageSize: 1, page: 2 })).toMatchObject({
      items: [{ title: "Dead Heat" }],
      total: 2,
    });
    expect(titles({ query: "?" })).toEqual([]);
    expect(listGenres(db)).toEqual([
      // Only one of each can be watched: then by name.
      { id: 2, name: "Comedy" },
      { id: 1, name: "Crime" },
    ]);
  });

  it("keeps what is a person's own to that person", () => {
    const other = addPerson(db);
    const [a, b] = [addMovieRow(db, { title: "A" }), addMovieRow(db, { title: "B" })];
    const stop = { positionSeconds: 60, durationSeconds: 5400 };
    db.insert(progress)
      .values([
        { userId, movieId: a, ...stop, updatedAt: at(1) },
        { userId, movieId: b, ...stop, updatedAt: at(2) },
        { userId: other, movieId: a, ...stop, positionSeconds: 99, updatedAt: at(3) },
      ])
      .run();
    db.insert(listEntries)
      .values([
        { userId, movieId: b, addedAt: at(1) },
        { userId, movieId: a, addedAt: at(2) },
        { userId: other, movieId: b, addedAt: at(9) },
      ])
      .run();
    db.insert(watched)
      .values({ userId: other, movieId: a, watchedAt: at(1) })
      .run();
    expect(titles({ list: "continue" })).toEqual(["B", "A"]);
    expect(titles({ list: "mine" })).toEqual(["A", "B"]);
    expect(titles({ list: "mine", query: "a" })).toEqual(["A"]);
    expect(list({ list: "mine" }).items[0]).toMatchObject({
      progress: { positionSeconds: 60, durationSeconds: 5400, updatedAt: at(1).toISOString() },
      inList: true,
      watched: false,
    });
    const seen = listMovies(db, movieListQuery.parse({ sort: "title" }), { userId: other, say });
    expect(
      seen.items.map((card) => [card.watched, card.inList, card.progress?.positionSeconds]),
    ).toEqual([
      [true, false, 99],
      [false, true, undefined],
    ]);
    const nobody = listMovies(db, movieListQuery.parse({}), { userId: "", say });
    expect(nobody.items.every((card) => !card.inList && card.progress === null)).toBe(true);
  });

  it("shows the best quality that can be played", () => {
    const id = addMovieRow(db, { title: "A", reason: { code: "stalled" } });
    expect(list().items[0]).toMatchObject({ quality: null, statusDetail: "said: stalled" });
    addVersionRow(db, { movieId: id, width: 720, height: 404 });
    expect(list().items[0]?.quality).toBe("SD");
    addVersionRow(db, { movieId: id, width: 1920, height: 800 });
    addVersionRow(db, { movieId: id, width: 3840, height: 2160, status: "processing" });
    expect(list().items[0]?.quality).toBe("HD");
    const large = addVersionRow(db, { movieId: id, width: 3840, height: 1600 });
    expect(list().items[0]?.quality).toBe("4K");
    bin(large.id);
    expect(list().items[0]?.quality).toBe("HD");
  });
});

function bin(subjectId: string): void {
  db.insert(binEntries)
    .values({
      id: randomId(),
      kind: "version",
      subjectId,
      title: "A",
      sizeBytes: 1,
      binnedAt: at(1),
      emptiedAfter: at(2),
    })
    .run();
}

describe("movieOf", () => {
  it("tells everything about a movie, in words", () => {
    const posterId = addPicture(db);
    const id = addMovieRow(db, {
      title: "Heat",
      posterId,
      status: "deciding",
      reason: { code: "which-film" },
      metadataReason: { code: "tmdb-unreachable" },
      decision: { kind: "match", options: [{ id: "949", label: "Heat (1995)", more: 1 }] },
      genreNames: ["Crime"],
    });
    const face = addPicture(db, "profile");
    db.insert(people)
      .values([
        { id: 1, name: "Al Pacino", imageId: face },
        { id: 2, name: "Michael Mann" },
        { id: 3, name: "Robert De Niro" },
      ])
      .run();
    db.insert(credits)
      .values([
        { movieId: id, personId: 3, kind: "cast", character: null, position: 1 },
        { movieId: id, personId: 1, kind: "cast", character: "Hanna", position: 0 },
        { movieId: id, personId: 2, kind: "director", position: 0 },
        { movieId: id, personId: 2, kind: "writer", position: 0 },
      ])
      .run();
    const version = addVersionRow(db, {
      movieId: id,
      plan: { kind: "sound", why: [{ code: "ac3-silent" }] },
      sourcePath: "/secret/place/Heat.mkv",
    });
    const failed = addVersionRow(db, {
      movieId: id,
      status: "failed",
      reason: { code: "disk-full" },
      createdAt: at(1),
    });
    db.insert(audioTracks)
      .values([
        { versionId: version.id, index: 1, channels: 6, codec: "ac3", isDefault: false },
        { versionId: version.id, index: 0, channels: 2, codec: "aac", isDefault: true },
      ])
      .run();
    const [text, picture] = [randomId(), randomId()];
    const subtitle = { versionId: version.id, source: "embedded" as const, createdAt: at(0) };
    db.insert(subtitles)
      .values([
        { ...subtitle, id: text, language: "en", sourceKey: "2", updatedAt: at(0) },
        {
          ...subtitle,
          id: picture,
          language: "fr",
          sourceKey: "3",
          reason: { code: "bitmap" },
          updatedAt: at(0),
        },
      ])
      .run();
    db.insert(timelineEvents)
      .values([
        { movieId: id, stage: "added", state: "done", at: at(0) },
        { movieId: id, stage: "download", state: "waiting", reason: { code: "x" }, at: at(1) },
      ])
      .run();

    const movie = movieOf(db, id, reader());
    expect(movie).toEqual(movieView.parse(movie));
    expect(movie).toMatchObject({
      posterUrl: `/images/${posterId}/342.webp`,
      poster: { sizes: [{ width: 185 }, { width: 342 }], color: "#223344" },
      genres: [{ id: 1, name: "Crime" }],
      cast: [
        { name: "Al Pacino", character: "Hanna", imageUrl: `/images/${face}/342.webp` },
        { name: "Robert De Niro", character: null, imageUrl: null },
      ],
      directors: ["Michael Mann"],
      statusDetail: "said: which-film",
      metadataDetail: "said: tmdb-unreachable",
      decision: { kind: "match", options: [{ id: "949", label: "Heat (1995)" }] },
      timeline: [
        { stage: "added", state: "done", detail: null, at: at(0).toISOString() },
        { stage: "download", state: "waiting", detail: "said: x" },
      ],
      versions: [
        {
          id: version.id,
          plan: { kind: "sound", why: ["said: ac3-silent"] },
          streamUrl: `/media/${version.fileName}.mp4`,
          audioTracks: [{ index: 0, codec: "aac", isDefault: true }, { index: 1 }],
          subtitles: [
            { id: text, url: `/subtitles/${text}.vtt`, detail: null },
            { id: picture, url: null, detail: "said: bitmap" },
          ],
          playsIn: { chrome: "yes", firefox: "yes", safari: "yes", edge: "yes" },
        },
        { id: failed.id, statusDetail: "said: disk-full", streamUrl: null, playsIn: null },
      ],
    });
    expect(JSON.stringify(movie)).not.toContain("/secret/place");
    bin(failed.id);
    expect(movieOf(db, id, reader())?.versions.map((one) => one.id)).toEqual([version.id]);
  });

  it("needs as many statements for many versions as for one", () => {
    const id = addMovieRow(db, { title: "A" });
    addVersionRow(db, { movieId: id });
    const one = countStatements(db, () => movieOf(db, id, reader()));
    for (let index = 0; index < 20; index += 1) addVersionRow(db, { movieId: id });
    expect(countStatements(db, () => movieOf(db, id, reader()))).toBe(one);
    expect(one).toBeLessThanOrEqual(11);
  });

  it("knows nothing of what is not there or lies in the bin", () => {
    const id = addMovieRow(db, { title: "A", binnedAt: at(1) });
    expect(movieOf(db, id, reader())).toBeNull();
    expect(movieOf(db, randomId(), reader())).toBeNull();
    expect(() => requireMovie(db, id)).toThrow("movie-unknown");
  });
});

describe("homeRows", () => {
  it("is empty for an empty library", () => {
    expect(homeRows(db, reader())).toEqual({
      hero: null,
      continueWatching: [],
      myList: [],
      recentlyAdded: [],
      topRated: [],
      byGenre: [],
    });
  });

  it("has the rows of the home page in order, in few statements", () => {
    const ids = fill(200);
    const [first = "", second = ""] = ids;
    const waiting = addMovieRow(db, {
      title: "Waiting",
      status: "downloading",
      addedAt: at(999),
      genreNames: ["Drama"],
    });
    addMovieRow(db, { title: "Gone", binnedAt: at(1), addedAt: at(1000), genreNames: ["Drama"] });
    db.insert(listEntries)
      .values({ userId, movieId: second, addedAt: at(1) })
      .run();
    const rows = homeRows(db, reader());
    expect(rows.recentlyAdded.map(({ id }) => id).slice(0, 2)).toEqual([waiting, ids[199]]);
    expect(rows.recentlyAdded).toHaveLength(20);
    expect(rows.hero?.id).toBe(ids[199]);
    expect(rows.myList.map(({ id }) => id)).toEqual([second]);
    expect(rows.byGenre.map(({ genre, movies }) => [genre.name, movies.length])).toEqual([
      ["Drama", 12],
      ["Crime", 12],
    ]);
    expect(rows.byGenre[0]?.movies[0]?.id).toBe(ids[199]);

    const stop = { positionSeconds: 60, durationSeconds: 5400, updatedAt: at(1) };
    db.insert(progress)
      .values({ userId, movieId: first, ...stop })
      .run();
    expect(homeRows(db, reader()).hero?.id).toBe(first);
    // Two of them since one of its movies is on its way.
    expect(countStatements(db, () => homeRows(db, reader()))).toBe(11);
  });
});
