import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { libraryOf } from "@/lib/movies/in-library";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow } from "@/tests/support/library";
import { factsOf, foundMovieViews, type ViewOptions } from "./found-view";
import type { FoundFilm, KnownRelease } from "./group";

let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => db[Symbol.dispose]());

const release = (more: Partial<KnownRelease> = {}): KnownRelease => ({
  ...{ resultId: "r", sourceId: "s", sourceName: "S", link: "https://key@films.example/1" },
  ...{ name: null, infoHash: null, quality: "1080p", type: "web", sizeBytes: 1000 },
  ...{ seeds: 5, publishedAt: null, ...more },
});
const film = (title: string, more: Partial<FoundFilm> = {}): FoundFilm => ({
  ...{ imdbId: null, tmdbId: null, title, year: 2021, imageUrl: null, releases: [release()] },
  ...more,
});
const viewOf = (films: FoundFilm[], more: Partial<ViewOptions> = {}) =>
  foundMovieViews(films, {
    ...{ query: "night bus", modernCodecs: "convert", speed: { picture: 2, sound: 60 } },
    wishes: { greatestResolution: 1080, greatestBytes: null, languages: [], avoidedCodecs: [] },
    ...{ mostBytes: null, library: libraryOf(db), posterOf: () => null, facts: new Map() },
    ...more,
  });

describe("what a release is", () => {
  const named = { title: "Night Bus", year: 2021 };
  it("is told by its name, and where that is silent by its source", () => {
    const facts = factsOf(
      { name: "Night.Bus.2021.x265.AAC", quality: "720p", type: "bluray" },
      named,
    );
    expect(facts).toMatchObject({ codec: "hevc", resolution: 720, type: "BluRay" });
    expect(factsOf({ name: null, quality: "2160p", type: "web" }, named)).toMatchObject({
      ...{ resolution: 2160, title: "Night Bus" },
    });
    const dts = release({ name: "Night.Bus.2021.2160p.BluRay.HEVC.HDR.DTS-HD.5.1" });
    expect(viewOf([film("Night Bus", { releases: [dts] })])[0]?.releases[0]).toMatchObject({
      ...{ codec: "HEVC", audio: "DTS 5.1", isHdr: true, ready: "picture" },
    });
    const both = { name: "Night.Bus.1080p.WEB-DL", quality: "720p", type: "cam" };
    expect(factsOf(both, named)).toMatchObject({ resolution: 1080, isCamera: false });
  });
});

describe("what is found", () => {
  it("stands with what is called so first, then with what many share", () => {
    const many = { releases: [release({ seeds: 900 })] };
    const titles = viewOf([
      film("Last Stop: Night Bus"),
      film("A Bus at Night", many),
      film("Night Bus Driver", many),
      film("Night Bus", { year: 1999 }),
      film("Night Bus", many),
    ]).map(({ title, year }) => `${title} ${year}`);
    expect(titles).toEqual([
      ...["Night Bus 2021", "Night Bus 1999", "Night Bus Driver 2021"],
      ...["Last Stop: Night Bus 2021", "A Bus at Night 2021"],
    ]);
  });

  it("is known in the library by its id, else by its name and year", () => {
    const known = addMovieRow(db, { title: "Night Bus", imdbId: "tt0000042", runtimeMinutes: 60 });
    const dated = addMovieRow(db, { title: "Amélie", releaseDate: "2001-04-25" });
    const library = libraryOf(db);
    const sound = release({ name: "Night.Bus.2021.1080p.WEB-DL.DDP5.1.H.264" });
    const [first] = viewOf([film("Le bus", { imdbId: "tt0000042", releases: [sound] })], {
      library,
    });
    // Its own length, not the usual one.
    expect(first).toMatchObject({ movieId: known, releases: [{ ready: "sound", minutes: 1 }] });
    expect(viewOf([film("amelie", { year: 2001 })], { library })[0]?.movieId).toBe(dated);
    expect(viewOf([film("Amélie", { year: 2002 })], { library })[0]?.movieId).toBe(null);
    const other = film("Night Bus", { imdbId: "tt0000043" });
    expect(viewOf([other], { library })[0]?.movieId).toBe(null);
  });

  it("says what does not fit, and never where it comes from", () => {
    const releases = [
      release({ resultId: "small", sizeBytes: 400 }),
      release({ resultId: "large", link: "magnet:?2", sizeBytes: 600, seeds: 900 }),
    ];
    const views = viewOf([film("Night Bus", { releases })], { mostBytes: 500 });
    expect(views[0]?.releases).toMatchObject([
      { resultId: "small", isTooLarge: false },
      { resultId: "large", isTooLarge: true },
    ]);
    expect(JSON.stringify(views)).not.toMatch(/key@|magnet:/);
  });

  it("is not more than helps to choose", () => {
    const releases = Array.from({ length: 80 }, (_, place) =>
      release({ resultId: `${place}`, link: `magnet:?${place}` }),
    );
    const films = Array.from({ length: 150 }, (_, place) => film(`Film ${place}`, { releases }));
    const views = viewOf(films);
    expect(views).toHaveLength(100);
    expect(views[0]?.releases).toHaveLength(50);
  });
});
