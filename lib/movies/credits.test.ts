import { expect, it } from "vitest";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, libraryStart } from "@/tests/support/library";
import { listMovies, movieOf } from "./data";
import { saveMetadata } from "./metadata";
import { movieListQuery } from "./schema";

it("keeps who wrote a film, once where they also direct it, and finds it by their names", () => {
  using db = testDatabase();
  const id = addMovieRow(db, { title: "The Long Lamp" });
  const reader = { userId: "", say: ({ code }: { code: string }) => code };
  const both = { id: 2, name: "Ximena Okonjo" };
  saveMetadata(
    db,
    id,
    {
      ...{ imdbId: null, tmdbId: 1, title: "The Long Lamp", originalTitle: null },
      ...{ originalLanguage: "tr", overview: null, tagline: null, releaseDate: null },
      ...{ runtimeMinutes: null, score: null, voteCount: 0, certification: null },
      ...{ trailerUrl: null, genres: [], posterId: null, backdropId: null },
      cast: [{ id: 1, name: "Selim Ekberg", character: "The keeper" }],
      directors: [both],
      writers: [{ id: 3, name: "Greta Corvino" }, both],
    },
    libraryStart,
  );

  expect(movieOf(db, id, reader)).toMatchObject({
    directors: ["Ximena Okonjo"],
    writers: ["Greta Corvino", "Ximena Okonjo"],
    originalLanguage: "tr",
  });
  for (const query of ["Greta Corvino", "Ximena Okonjo", "Selim"]) {
    const found = listMovies(db, movieListQuery.parse({ query }), reader);
    expect(found.items.map((movie) => movie.id)).toEqual([id]);
  }
});
