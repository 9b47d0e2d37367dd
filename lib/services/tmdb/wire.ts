import { z } from "zod";
import { rowsOf } from "@/lib/services/rows";

/** Text of TMDB: '' and null both mean that there is none. */
const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null);

/** A number for which 0 means unknown. */
const known = z
  .number()
  .nullish()
  .transform((value) => (value && value > 0 ? value : null));

/** `/abc.jpg`; anything else would not be asked for anyway. */
const picturePath = z
  .string()
  .nullish()
  .transform((value) => (value && isPicturePath(value) ? value : null));

/** YYYY-MM-DD, or '' where the date is not known. */
const date = z
  .string()
  .nullish()
  .transform((value) => (value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null));

/** A path that TMDB gives to a picture: one name at the root, never a way out of it. */
export function isPicturePath(path: string): boolean {
  return /^\/[A-Za-z0-9_-]+\.(jpg|jpeg|png|webp)$/.test(path);
}

/** The body of everything that is not 2xx, where it is JSON. `status_code` is not the HTTP status. */
export const wireError = z.object({
  status_code: z.number().int().optional(),
  status_message: z.string().optional(),
});

export const wireListRow = z.object({
  id: z.number().int().positive(),
  title: text,
  original_title: text,
  overview: text,
  release_date: date,
  poster_path: picturePath,
  popularity: z.number().nullish(),
  vote_average: z.number().nullish(),
  vote_count: known,
});
export type WireListRow = z.output<typeof wireListRow>;

const anyRow = z.object({ id: z.number().int() });

/** GET /find/{imdb id}: everything is empty where nothing matches, with status 200. */
export const wireFind = z.object({
  movie_results: z.array(anyRow),
  tv_results: rowsOf(anyRow),
  tv_episode_results: rowsOf(anyRow),
  tv_season_results: rowsOf(anyRow),
});
export type WireFind = z.output<typeof wireFind>;

/** GET /search/movie. */
export const wireSearch = z.object({ results: rowsOf(wireListRow) });

/** GET /configuration: asked for to see whether the key is taken. */
export const wireConfiguration = z.object({
  images: z.object({ secure_base_url: z.string() }),
});

export const wireGenre = z.object({ id: z.number().int().positive(), name: text });

const person = {
  id: z.number().int().positive(),
  name: z.string().trim().min(1),
  profile_path: picturePath,
};

const wireCast = z.object({ ...person, character: text, order: z.number().nullish() });
const wireCrew = z.object({ ...person, job: z.string() });

const wireVideo = z.object({
  iso_639_1: text,
  key: z.string(),
  site: z.string(),
  type: z.string(),
  official: z.boolean().nullish(),
  published_at: text,
});
export type WireVideo = z.output<typeof wireVideo>;

const wireImage = z.object({
  file_path: z.string().refine(isPicturePath),
  iso_639_1: z.string().nullish(),
});

/** GET /movie/{id}/images, the best voted of each language first. */
export const wireImages = z.object({ posters: rowsOf(wireImage) });

const wireCountryReleases = z.object({
  iso_3166_1: z.string(),
  release_dates: rowsOf(
    z.object({ certification: text, type: z.number().int().nullish(), release_date: text }),
  ),
});
export const wireReleaseDates = z.object({ results: rowsOf(wireCountryReleases) });
export type WireReleaseDates = z.output<typeof wireReleaseDates>;

/** GET /movie/{id}; what `append_to_response` adds is absent where it was not asked for. */
export const wireDetails = z.object({
  id: z.number().int().positive(),
  imdb_id: text,
  title: text,
  original_title: text,
  original_language: text,
  overview: text,
  tagline: text,
  release_date: date,
  runtime: known,
  genres: rowsOf(wireGenre),
  poster_path: picturePath,
  backdrop_path: picturePath,
  vote_average: z.number().nullish(),
  vote_count: known,
  credits: z.object({ cast: rowsOf(wireCast), crew: rowsOf(wireCrew) }).nullish(),
  videos: z.object({ results: rowsOf(wireVideo) }).nullish(),
  images: z.object({ posters: rowsOf(wireImage), backdrops: rowsOf(wireImage) }).nullish(),
  release_dates: wireReleaseDates.nullish(),
  external_ids: z.object({ imdb_id: text }).nullish(),
});
export type WireDetails = z.output<typeof wireDetails>;
