import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { castOf, drawPicture, filmOf, films, imdbIdOf, picturePathOf, titleOf } from "./films";
import { genres } from "./tmdb-answers";

describe("the invented films", () => {
  it("are enough, and each has an id of its own", () => {
    expect(films.length).toBeGreaterThanOrEqual(60);
    expect(new Set(films.map(imdbIdOf)).size).toBe(films.length);
    expect(filmOf("tt7000001")).toBe(films[0]);
  });

  it("have titles from 1 to 90 characters, Chinese and Arabic among them", () => {
    const lengths = films.map((film) => titleOf(film).length);
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([1, 90]);
    const shown = films.map(titleOf).join("");
    expect(shown).toMatch(/\p{Script=Han}/u);
    expect(shown).toMatch(/\p{Script=Arabic}/u);
  });

  it("lack what real films lack", () => {
    const lacking = (what: (film: (typeof films)[number]) => boolean) => films.filter(what).length;
    expect(lacking((film) => !film.hasPoster)).toBeGreaterThan(1);
    expect(lacking((film) => film.score === null)).toBeGreaterThan(1);
    expect(lacking((film) => film.runtimeMinutes === null)).toBeGreaterThan(1);
    expect(lacking((film) => !Object.values(film.texts).some((text) => text.overview))).toBe(1);
    expect(lacking((film) => film.texts.en === undefined)).toBe(0);
  });

  it("use TMDB's genres, all but a few", () => {
    const known = new Set(genres.map(([id]) => id));
    const used = new Set(films.flatMap((film) => film.genreIds));
    expect([...used].filter((id) => !known.has(id))).toEqual([]);
    expect(used.size).toBe(known.size);
  });

  it("are played by people who have one id each", () => {
    const names = new Map<number, string>();
    for (const person of films.flatMap(castOf)) {
      expect(names.get(person.id) ?? person.name).toBe(person.name);
      names.set(person.id, person.name);
    }
    expect(castOf(filmOf("tt7000001")).length).toBeGreaterThan(20);
  });

  it("have drawn posters, each in another colour", async () => {
    const colors = await Promise.all(
      [1, 2, 3].map(async (number) => {
        const bytes = await drawPicture(picturePathOf("poster", number));
        const { dominant } = await sharp(bytes ?? Buffer.alloc(0)).stats();
        return JSON.stringify(dominant);
      }),
    );
    expect(new Set(colors).size).toBe(3);
    expect(await drawPicture("/poster999Vigilio.jpg")).toBeNull();
    expect(await drawPicture("/other.jpg")).toBeNull();
  });
});
