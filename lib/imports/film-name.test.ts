import { describe, expect, it } from "vitest";
import { isEpisode, readFilmName } from "./film-name";

const first = (path: string, isSet = false) => {
  const [{ title, year }] = readFilmName(path, isSet).guesses;
  return `${title} ${year}`;
};

describe("a film's name", () => {
  it.each([
    ["The.Salt.Cartographer.2021.1080p.BluRay.x264-GRP.mkv", "The Salt Cartographer 2021"],
    ["The Salt Cartographer (2021)/The Salt Cartographer (2021).mkv", "The Salt Cartographer 2021"],
    ["The Salt Cartographer (2021)/movie.mkv", "The Salt Cartographer 2021"],
    ["The Salt Cartographer (2021)/tsc-1080.mkv", "The Salt Cartographer 2021"],
    ["Dramas/The Salt Cartographer (2021)/CD1/film.avi", "The Salt Cartographer 2021"],
    ["1917 (2019)/1917.mkv", "1917 2019"],
    ["2001 A Space Odyssey (1968).mkv", "2001 A Space Odyssey 1968"],
    ["300 (2006).mkv", "300 2006"],
    ["12 Angry Men (1957).mkv", "12 Angry Men 1957"],
    ["01. The Lantern (1999).mkv", "The Lantern 1999"],
    ["Amélie (2001)/Amélie.mkv", "Amélie 2001"],
    ["Q.mkv", "Q null"],
    ["300.mkv", "300 null"],
    ["Comedies/The Lantern.mkv", "The Lantern null"],
    ["movie.mkv", "movie null"],
  ])("%s is %s", (path, film) => {
    expect(first(path)).toBe(film);
  });

  it("is without the number of its part, for the first of several", () => {
    expect(first("The Lantern CD1.avi", true)).toBe("The Lantern null");
    expect(first("The Lantern (1999)/The Lantern CD1.avi", true)).toBe("The Lantern 1999");
  });

  it("offers the folder's film when the file is called otherwise", () => {
    const { guesses } = readFilmName("The Lantern (1999)/La Lanterne 2000.mkv");
    expect(guesses.map(({ title }) => title)).toEqual(["La Lanterne", "The Lantern"]);
  });

  it.each([
    ["The Lantern (1999) {imdb-tt7000001}/The Lantern.mkv", { imdbId: "tt7000001", tmdbId: null }],
    ["The Lantern (1999) [imdbid-tt7000001].mkv", { imdbId: "tt7000001", tmdbId: null }],
    ["The Lantern (1999) [tmdbid-27205] - 2160p.mkv", { imdbId: null, tmdbId: 27_205 }],
    ["The Lantern (1999) {tmdb-27205}.mkv", { imdbId: null, tmdbId: 27_205 }],
    ["The Lantern (1999).mkv", { imdbId: null, tmdbId: null }],
  ])("knows the ids that other programs write: %s", (path, ids) => {
    expect(readFilmName(path)).toMatchObject(ids);
    expect(first(path)).toBe("The Lantern 1999");
  });

  it("tells the size of the picture, by the file's name or the folder's", () => {
    expect(readFilmName("The Lantern 2160p.mkv").resolution).toBe(2160);
    expect(readFilmName("The Lantern (1999) 720p/film.mkv").resolution).toBe(720);
    expect(readFilmName("The Lantern.mkv").resolution).toBeNull();
  });

  it("tells an episode", () => {
    expect(isEpisode("The.Lantern.S01E02.mkv")).toBe(true);
    expect(isEpisode("the lantern s1 e12.mkv")).toBe(true);
    expect(isEpisode("Salts1e2.mkv")).toBe(false);
    expect(isEpisode("The Lantern 1x1.mkv")).toBe(false);
  });
});
