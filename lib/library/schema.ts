import { z } from "zod";
import { movieQualities, movieStatuses } from "@/db/schema/movies";
import type { EditableField } from "@/lib/movies/edits";
import { type MovieCard, movieId } from "@/lib/movies/schema";
import { pageQuery } from "@/lib/web/page-query";

/** What the table of all movies is ordered by. */
const librarySorts = ["added", "title", "release", "size"] as const;

/** Which movies the table shows, as it stands in its address. */
export const libraryQuery = pageQuery.extend({
  query: z.string().trim().min(1).max(200).optional(),
  sort: z.enum(librarySorts).default("added"),
  order: z.enum(["asc", "desc"]).optional(),
  /** `unready`: all that cannot be watched yet. */
  status: z.enum([...movieStatuses, "unready"]).optional(),
  quality: z.enum(movieQualities).optional(),
  /** A language in which a movie that can be watched has no subtitle. */
  without: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,4})?$/)
    .optional(),
  /** `none`: those that are no film of TMDB's yet. */
  match: z.literal("none").optional(),
  /** `never`: those that nobody watched. */
  watched: z.literal("never").optional(),
});
export type LibraryQuery = z.output<typeof libraryQuery>;

/** A movie in the table. */
export interface LibraryRow
  extends Pick<
    MovieCard,
    "id" | "title" | "tmdbId" | "poster" | "addedAt" | "status" | "statusDetail" | "quality"
  > {
  year: number | null;
  /** What its playable files take. */
  sizeBytes: number;
  versions: number;
  /** BCP 47: in what it can be read. */
  languages: string[];
  /** The household's languages in which it cannot; empty while it cannot be watched. */
  missing: string[];
  /** Names of those who saw it, who did so first first. */
  watchedBy: string[];
  edited: EditableField[];
}

/** As many movies as one call may name: a longer list is done in pieces, so that it can be followed. */
const mostAtOnce = 100;
/** Of what only enqueues: as many as subtitles are looked for at once. */
const mostEnqueued = 500;

/** Movies that something is done with, one after the other. */
export const chosenMovies = z.object({ movieIds: z.array(movieId).min(1).max(mostAtOnce) });

/** Body of POST /api/v1/movies/refresh. */
export const refreshBody = z.strictObject({
  movieIds: z.array(movieId).min(1).max(mostEnqueued),
});

/** What became of movies that something was done with. */
export interface DoneWith {
  done: string[];
  /** Those that were gone, or could not: why, each reason once, in words. */
  refused: string[];
}

/** Title and year as they are given by hand; null goes back to what TMDB says. */
export const editedTitle = z.string().trim().min(1).max(300).nullable();
export const editedYear = z.number().int().min(1870).max(2200).nullable();

/** Body of PATCH /api/v1/movies/{id}. */
export const movieChanges = z
  .strictObject({
    tmdbId: z.number().int().positive().optional(),
    title: editedTitle.optional(),
    year: editedYear.optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), "field-required");

/** A larger picture is refused: a poster is shown 500 pixels wide. */
export const maxPosterBytes = 10 * 1024 ** 2;

/** One of TMDB's posters of a movie, with a small picture of it as a data: address. */
export interface PosterChoice {
  path: string;
  picture: string;
  isCurrent: boolean;
}
