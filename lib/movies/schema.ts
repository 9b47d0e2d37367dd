import { z } from "zod";
import type { DownloadState } from "@/db/schema";
import { movieQualities, movieStatuses, timelineStages, timelineStates } from "@/db/schema/movies";
import type { DownloadView } from "@/lib/downloads/schema";
import { versionView } from "@/lib/versions/schema";
import { pageQuery } from "@/lib/web/page-query";

/** An IMDb id, or any text that holds one (a link, for instance), as `tt` and 7 to 10 digits. */
export const imdbIdInput = z
  .string()
  .trim()
  .max(2000)
  .transform((text, context) => {
    const found = /(?:^|[^a-z0-9])(tt\d{7,10})(?!\d)/i.exec(text);
    if (!found?.[1]) {
      context.addIssue({ code: "custom", message: "imdb-id-malformed" });
      return z.NEVER;
    }
    return found[1].toLowerCase();
  });

export const movieId = z.string().regex(/^[0-9a-f]{16}$/);

/** A picture in the sizes that are stored. */
export const pictureView = z.object({
  /** Address of the largest. */
  url: z.string(),
  /** For `srcset`: width in pixels and address, smallest first. */
  sizes: z.array(z.object({ width: z.number().int(), url: z.string() })),
  width: z.number().int(),
  height: z.number().int(),
  color: z.string(),
});
export type PictureView = z.output<typeof pictureView>;

export const genreView = z.object({ id: z.number().int(), name: z.string() });

/** The caller's own: where they stopped, whether it is on their list, whether they saw it. */
export const ownState = z.object({
  progress: z
    .object({
      positionSeconds: z.number(),
      durationSeconds: z.number(),
      updatedAt: z.iso.datetime(),
    })
    .nullable(),
  inList: z.boolean(),
  watched: z.boolean(),
});

/** What a card on a page needs. */
export const movieCard = z.object({
  id: z.string(),
  imdbId: z.string().nullable(),
  tmdbId: z.number().int().nullable(),
  title: z.string(),
  releaseDate: z.string().nullable(),
  runtimeMinutes: z.number().int().nullable(),
  score: z.number().nullable(),
  posterUrl: z.string().nullable(),
  backdropUrl: z.string().nullable(),
  poster: pictureView.nullable(),
  backdrop: pictureView.nullable(),
  genres: z.array(genreView),
  /** 4K, HD or SD of the best version that is ready. */
  quality: z.enum(movieQualities).nullable(),
  status: z.enum(movieStatuses),
  /** How far its download, or the making of its file, is: while it is on its way and that is known. */
  preparing: z
    .object({ progress: z.number().nullable(), remainingSeconds: z.number().nullable() })
    .nullable(),
  statusDetail: z.string().nullable(),
  addedAt: z.iso.datetime(),
  ...ownState.shape,
});
export type MovieCard = z.output<typeof movieCard>;

/** A card that a list or a search found. */
export const foundCard = movieCard.extend({
  /** Somebody in it, when that is what the search found it by; null otherwise. */
  foundBy: z.string().nullable(),
});
export type FoundCard = z.output<typeof foundCard>;

/** What a list adds to a page of cards. */
export const moviePageExtra = {
  /** What was probably meant, when nothing is called as it was typed; null otherwise. */
  didYouMean: z.string().nullable(),
};

export const timelineEntry = z.object({
  stage: z.enum(timelineStages),
  at: z.iso.datetime(),
  state: z.enum(timelineStates),
  detail: z.string().nullable(),
});

export const movieView = movieCard.extend({
  originalTitle: z.string().nullable(),
  overview: z.string().nullable(),
  tagline: z.string().nullable(),
  voteCount: z.number().int().nullable(),
  certification: z.string().nullable(),
  cast: z.array(
    z.object({
      name: z.string(),
      character: z.string().nullable(),
      imageUrl: z.string().nullable(),
    }),
  ),
  directors: z.array(z.string()),
  writers: z.array(z.string()),
  originalLanguage: z.string().nullable().describe("BCP 47, as far as TMDB's codes are"),
  trailerUrl: z.string().nullable(),
  /** What is missing of title, story and pictures, in words; null when nothing is. */
  metadataDetail: z.string().nullable(),
  decision: z
    .object({
      kind: z.string(),
      options: z.array(z.object({ id: z.string(), label: z.string() })),
    })
    .nullable(),
  edited: z
    .array(z.enum(["title", "year", "poster"]))
    .describe("what was changed by hand, and stays when the rest is fetched anew"),
  versions: z.array(versionView),
  timeline: z.array(timelineEntry),
});
export type MovieView = z.output<typeof movieView>;

/** What happens to a movie right now, for its page; what may be done about it is for admins. */
export interface MovieStanding {
  download: {
    id: string;
    infoHash: string | null;
    state: DownloadState;
    progress: number;
    sizeBytes: number | null;
    speedBytesPerSecond: number;
    remainingSeconds: number | null;
    seeds: number;
    deadSince: string | null;
    replacement: DownloadView["replacement"];
    isHeldBack: boolean;
    isInClient: boolean;
    isBeingReplaced: boolean;
  } | null;
  work: {
    jobId: string;
    step: "describing" | "starting" | "looking" | "joining" | "making" | "publishing";
    status: "running" | "waiting";
    progress: number | null;
    remainingSeconds: number | null;
    /** Pieces of work that are done before it. */
    before: number;
    /** When it is tried next; null when it is its turn, or its turn is all that it waits for. */
    runAt: string | null;
    detail: string | null;
  } | null;
  failedJobId: string | null;
}

/** What goes with a movie when it is deleted, counted. */
export interface MovieRemoval {
  versions: number;
  files: number;
  sizeBytes: number;
  /** A person's own, in a folder that Vigilio only reads. */
  filesKept: number;
  subtitles: number;
  torrents: number;
  jobs: number;
  /** Who loses a place, a mark or a line of their history. */
  people: number;
}

/** A film of TMDB's that a movie may be. */
export interface FilmChoice {
  tmdbId: number;
  title: string;
  originalTitle: string | null;
  overview: string | null;
  year: number | null;
  /** A small picture as a data: address. */
  poster: string | null;
  /** The movie of the library that is this film already. */
  movieId: string | null;
}

export const movieListQuery = pageQuery.extend({
  query: z.string().trim().max(200).optional(),
  genre: z.coerce.number().int().optional(),
  sort: z.enum(["added", "release", "rating", "title"]).default("added"),
  order: z.enum(["asc", "desc"]).optional(),
  list: z.enum(["mine", "continue"]).optional(),
  /** `unready`: all that cannot be watched yet. */
  status: z.enum([...movieStatuses, "unready"]).optional(),
  quality: z.enum(movieQualities).optional(),
  /** The first year of one: 1990. */
  decade: z.coerce.number().int().min(1870).max(2200).multipleOf(10).optional(),
  /** Whether the caller saw it. */
  watched: z.enum(["true", "false"]).optional(),
});
export type MovieListQuery = z.output<typeof movieListQuery>;

/** What can be asked for when a movie is added; either way in parses into this. */
export interface AddRequest {
  imdbId?: string | undefined;
  tmdbId?: number | undefined;
  title?: string | undefined;
  year?: number | undefined;
  /** Magnet, or http(s) link to a .torrent. */
  source?: string | undefined;
  torrent?: Buffer | undefined;
  /** Of a search: what it found is fetched when it is taken. */
  resultId?: string | undefined;
  path?: string | undefined;
  mode?: "link" | "copy" | "move" | undefined;
}

const identityShape = {
  imdbId: imdbIdInput.optional(),
  tmdbId: z.coerce.number().int().positive().optional(),
  title: z.string().trim().min(1).max(300).optional(),
  year: z.coerce.number().int().min(1870).max(2200).optional(),
};

/** JSON body of POST /api/v1/movies. */
export const addMovieBody = z
  .object({
    ...identityShape,
    source: z.string().trim().min(1).max(20_000).optional(),
    path: z.string().min(1).max(4096).optional(),
    mode: z.enum(["link", "copy", "move"]).optional(),
    /** Of a search; it knows its film, unless something else is said beside it. */
    resultId: z.string().optional(),
  })
  .superRefine((body, context) => {
    if (!body.imdbId && !body.tmdbId && !body.title && !body.resultId) {
      context.addIssue({ code: "custom", path: ["imdbId"], message: "movie-not-named" });
    }
    const ways = [body.source, body.path, body.resultId].filter(Boolean).length;
    if (ways === 0) {
      context.addIssue({ code: "custom", path: ["source"], message: "source-missing" });
    }
    if (ways > 1) {
      context.addIssue({ code: "custom", path: ["source"], message: "source-twice" });
    }
  });

/** Fields beside the file `torrent` of a multipart POST /api/v1/movies. */
export const addMovieFields = z.object(identityShape).superRefine((body, context) => {
  if (!body.imdbId && !body.tmdbId && !body.title) {
    context.addIssue({ code: "custom", path: ["imdbId"], message: "movie-not-named" });
  }
});
