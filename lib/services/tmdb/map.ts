import type { WireDetails, WireFind, WireListRow, WireReleaseDates, WireVideo } from "./wire";

/** What an IMDb id stands for. */
export type Found = { kind: "movie"; tmdbId: number } | { kind: "series" | "episode" | "none" };

interface CastMember {
  /** TMDB's id of the person. */
  id: number;
  name: string;
  character: string | null;
  profilePath: string | null;
}

interface CrewMember {
  id: number;
  name: string;
  profilePath: string | null;
}

/** All that is stored of a movie; null where TMDB does not know. */
export interface MovieDetails {
  tmdbId: number;
  imdbId: string | null;
  title: string | null;
  originalTitle: string | null;
  /** ISO 639-1, with TMDB's own `cn` (Cantonese) and `xx` (no language) among them. */
  originalLanguage: string | null;
  overview: string | null;
  tagline: string | null;
  /** YYYY-MM-DD. */
  releaseDate: string | null;
  runtimeMinutes: number | null;
  /** 0 to 10; null while nobody voted. */
  score: number | null;
  voteCount: number;
  certification: string | null;
  genres: { id: number; name: string }[];
  /** In the order of the credits, at most 20. */
  cast: CastMember[];
  directors: CrewMember[];
  writers: CrewMember[];
  trailerUrl: string | null;
  posterPath: string | null;
  backdropPath: string | null;
}

/** A row of a search. */
export interface MovieRow {
  tmdbId: number;
  title: string;
  originalTitle: string | null;
  overview: string | null;
  releaseDate: string | null;
  posterPath: string | null;
  score: number | null;
  voteCount: number;
}

const castLimit = 20;

/** Names for when a genre has none in the language asked for: TMDB's list, ids are stable. */
const genreNames: Record<number, string> = {
  28: "Action",
  12: "Adventure",
  16: "Animation",
  35: "Comedy",
  80: "Crime",
  99: "Documentary",
  18: "Drama",
  10751: "Family",
  14: "Fantasy",
  36: "History",
  27: "Horror",
  10402: "Music",
  9648: "Mystery",
  10749: "Romance",
  878: "Science Fiction",
  10770: "TV Movie",
  53: "Thriller",
  10752: "War",
  37: "Western",
};

/** One id may match a movie and an unrelated series: a movie wins. */
export function toFound(wire: WireFind): Found {
  const movie = wire.movie_results[0];
  if (movie) return { kind: "movie", tmdbId: movie.id };
  if (wire.tv_results.length > 0) return { kind: "series" };
  if (wire.tv_episode_results.length + wire.tv_season_results.length > 0) {
    return { kind: "episode" };
  }
  return { kind: "none" };
}

export function toMovieRow(wire: WireListRow): MovieRow | null {
  const title = wire.title ?? wire.original_title;
  if (!title) return null;
  return {
    tmdbId: wire.id,
    title,
    originalTitle: wire.original_title,
    overview: wire.overview,
    releaseDate: wire.release_date,
    posterPath: wire.poster_path,
    score: scoreOf(wire),
    voteCount: wire.vote_count ?? 0,
  };
}

/**
 * Our movie from TMDB's details.
 *
 * @param english the same movie in English, for the words that the first answer lacks: TMDB puts
 *   '' where there is no translation and does not fall back by itself.
 * @param language as asked for, for the choice among trailers.
 * @param country ISO 3166-1, for the certification.
 */
export function toMovieDetails(
  wire: WireDetails,
  english: WireDetails | null,
  { language, country }: { language: string; country: string | null },
): MovieDetails {
  const crew = wire.credits?.crew ?? [];
  return {
    tmdbId: wire.id,
    imdbId: imdbIdOf(wire.imdb_id) ?? imdbIdOf(wire.external_ids?.imdb_id ?? null),
    title: wire.title ?? english?.title ?? wire.original_title,
    originalTitle: wire.original_title,
    originalLanguage: wire.original_language,
    overview: wire.overview ?? english?.overview ?? null,
    tagline: wire.tagline ?? english?.tagline ?? null,
    releaseDate: wire.release_date,
    runtimeMinutes: wire.runtime,
    score: scoreOf(wire),
    voteCount: wire.vote_count ?? 0,
    certification: certificationOf(wire.release_dates ?? null, country),
    genres: wire.genres.flatMap(({ id, name }) => {
      const known = name ?? english?.genres.find((genre) => genre.id === id)?.name;
      const words = known ?? genreNames[id];
      return words ? [{ id, name: words }] : [];
    }),
    cast: castOf(wire),
    directors: crewOf(crew, ["Director"]),
    writers: crewOf(crew, ["Screenplay", "Writer"]),
    trailerUrl: trailerOf(wire.videos?.results ?? [], baseOf(language)),
    posterPath: wire.poster_path ?? wire.images?.posters[0]?.file_path ?? null,
    backdropPath: wire.backdrop_path ?? wire.images?.backdrops[0]?.file_path ?? null,
  };
}

/** A language without its region, which pictures and videos do not have: pt-BR → pt. */
export function baseOf(language: string): string {
  return language.toLowerCase().split("-")[0] ?? language;
}

/** An average without votes is 0, which is not a score. */
function scoreOf(wire: { vote_average?: number | null; vote_count: number | null }) {
  return wire.vote_count ? (wire.vote_average ?? null) : null;
}

function imdbIdOf(text: string | null): string | null {
  return text && /^tt\d{7,10}$/.test(text) ? text : null;
}

/** An actor with two parts is two rows: the first keeps the place and gets both names. */
function castOf(wire: WireDetails): CastMember[] {
  const rows = [...(wire.credits?.cast ?? [])].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  const byId = new Map<number, CastMember>();
  for (const row of rows) {
    const known = byId.get(row.id);
    if (!known) {
      byId.set(row.id, {
        id: row.id,
        name: row.name,
        character: row.character,
        profilePath: row.profile_path,
      });
    } else if (row.character && row.character !== known.character) {
      known.character = known.character ? `${known.character} / ${row.character}` : row.character;
    }
  }
  return [...byId.values()].slice(0, castLimit);
}

/** A person appears once per job: each is kept once. */
function crewOf(
  crew: NonNullable<WireDetails["credits"]>["crew"],
  jobs: readonly string[],
): CrewMember[] {
  const byId = new Map<number, CrewMember>();
  for (const row of crew) {
    if (!jobs.includes(row.job) || byId.has(row.id)) continue;
    byId.set(row.id, { id: row.id, name: row.name, profilePath: row.profile_path });
  }
  return [...byId.values()];
}

/** The reader's country, then the United States; cinemas before other releases. */
function certificationOf(wire: WireReleaseDates | null, country: string | null): string | null {
  for (const code of [country, "US"]) {
    const releases = wire?.results.find((row) => row.iso_3166_1 === code)?.release_dates ?? [];
    const rated = releases.filter((release) => release.certification);
    const best = rated.find((release) => release.type === 3) ?? rated[0];
    if (best?.certification) return best.certification;
  }
  return null;
}

/** Trailer before teaser, the reader's language before English, official and newest first. */
function trailerOf(videos: readonly WireVideo[], language: string): string | null {
  const rank = (video: WireVideo) =>
    (video.type === "Trailer" ? 0 : 8) +
    (video.iso_639_1 === language ? 0 : video.iso_639_1 === "en" ? 2 : 4) +
    (video.official ? 0 : 1);
  const usable = videos.filter(
    (video) => (video.type === "Trailer" || video.type === "Teaser") && addressOf(video) !== null,
  );
  usable.sort(
    (a, b) => rank(a) - rank(b) || (b.published_at ?? "").localeCompare(a.published_at ?? ""),
  );
  return usable[0] ? addressOf(usable[0]) : null;
}

function addressOf(video: WireVideo): string | null {
  if (video.site === "YouTube" && /^[\w-]{6,20}$/.test(video.key)) {
    return `https://www.youtube.com/watch?v=${video.key}`;
  }
  if (video.site === "Vimeo" && /^\d{4,15}$/.test(video.key)) {
    return `https://vimeo.com/${video.key}`;
  }
  return null;
}
