import { UpstreamError } from "@/lib/errors";
import { chooseMatch, folded } from "@/lib/movies/match";
import type { Tmdb } from "@/lib/services/tmdb/client";
import type { FilmName } from "./film-name";

/** The film of TMDB's that a name means, and how sure that is. */
export interface FilmMatch {
  kind: "sure" | "unsure" | "none";
  tmdbId: number | null;
  imdbId: string | null;
  title: string | null;
  year: number | null;
  posterPath: string | null;
}

/** A match in the columns of its row. */
export function columnsOf({ tmdbId, imdbId, title, year, posterPath }: Omit<FilmMatch, "kind">) {
  return { tmdbId, imdbId, posterPath, matchTitle: title, matchYear: year };
}

interface MatchedRow {
  tmdbId: number;
  imdbId?: string | null;
  title: string | null;
  originalTitle: string | null;
  releaseDate: string | null;
  posterPath: string | null;
}

export type Matcher = (name: FilmName) => Promise<FilmMatch>;

const none: FilmMatch = {
  ...{ kind: "none", tmdbId: null, imdbId: null, title: null, year: null, posterPath: null },
};

const yearOf = ({ releaseDate }: MatchedRow) =>
  releaseDate ? Number(releaseDate.slice(0, 4)) : null;

function matchOf(kind: "sure" | "unsure", row: MatchedRow): FilmMatch {
  const { tmdbId, imdbId = null, posterPath } = row;
  const title = row.title ?? row.originalTitle;
  return { ...{ kind, tmdbId, imdbId, title, posterPath }, year: yearOf(row) };
}

/**
 * Asks TMDB which films names mean. Of the same name it is asked once.
 *
 * Sure is an id in the name, or a title with a year that one film alone has. Without a year a title
 * is a guess, however well it fits: titles are used again.
 *
 * @throws UpstreamError when TMDB does not answer.
 */
export function createMatcher(tmdb: Tmdb, language: string, signal?: AbortSignal): Matcher {
  const asked = new Map<string, ReturnType<Tmdb["searchMovies"]>>();

  function search(title: string, year: number | null): ReturnType<Tmdb["searchMovies"]> {
    const key = `${folded(title)} ${year ?? ""}`;
    const known = asked.get(key);
    if (known) return known;
    const found = tmdb.searchMovies(title, { language, signal, ...(year !== null && { year }) });
    asked.set(key, found);
    // What failed is asked again by whoever comes next.
    found.catch(() => asked.delete(key));
    return found;
  }

  async function byId({ imdbId, tmdbId }: FilmName): Promise<FilmMatch | null> {
    try {
      const found = imdbId ? await tmdb.findByImdbId(imdbId, language, { signal }) : null;
      const id = found?.kind === "movie" ? found.tmdbId : tmdbId;
      if (!id) return null;
      return matchOf("sure", await tmdb.movieDetails(id, language, { signal }));
    } catch (error) {
      if (error instanceof UpstreamError && error.fault === "not-found") return null;
      throw error;
    }
  }

  return async (name) => {
    const known = await byId(name);
    if (known) return known;
    let guess: FilmMatch | null = null;
    for (const { title, year } of name.guesses) {
      const rows = await search(title, year);
      const match = chooseMatch({ title, ...(year !== null && { year }) }, rows);
      const row =
        match.kind === "one" ? rows.find(({ tmdbId }) => tmdbId === match.tmdbId) : rows[0];
      if (!row) continue;
      if (match.kind === "one" && year !== null) return matchOf("sure", row);
      guess ??= matchOf("unsure", row);
    }
    return guess ?? none;
  };
}
