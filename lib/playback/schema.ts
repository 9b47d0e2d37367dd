import { z } from "zod";
import { movieId, pictureView } from "@/lib/movies/schema";

/** A day and a half: longer than any film, short enough to refuse what is not seconds. */
const mostSeconds = 129_600;

/** A month: a player that was offline for longer has nothing to tell. */
const oldestSeconds = 2_678_400;

/** What a player reports. */
export const progressInput = z.object({
  positionSeconds: z.number().min(0).max(mostSeconds),
  durationSeconds: z.number().positive().max(mostSeconds),
  ageSeconds: z
    .number()
    .min(0)
    .max(oldestSeconds)
    .optional()
    .describe("how long ago the person was there; what is older than what is kept changes nothing"),
});

/** Where the caller stopped: 0 of 0 when there is nothing to continue. */
export const progressView = z.object({
  positionSeconds: z.number(),
  durationSeconds: z.number(),
  updatedAt: z.iso.datetime().nullable(),
  earlier: z
    .array(z.object({ positionSeconds: z.number(), leftAt: z.iso.datetime() }))
    .describe("where they were before they jumped elsewhere, newest first; at most three"),
});
export type ProgressView = z.output<typeof progressView>;

export const watchedInput = z.object({ watched: z.boolean() });

export const movieWatchedInput = z.object({ movieId, watched: z.boolean() });
export const movieInput = z.object({ movieId });
/** What was taken out of continue watching, given back. */
export const removedProgress = progressInput.extend({
  movieId,
  // A page knows it as text, an action's answer as a date.
  updatedAt: z.union([z.date(), z.iso.datetime().transform((text) => new Date(text))]),
});

export const sittingInput = z.object({ id: z.coerce.number().int().positive() });
/** What was deleted of the history, given back. */
export const removedSitting = sittingInput.extend({
  movieId,
  startedAt: z.date(),
  lastWatchedAt: z.date(),
  positionSeconds: z.number().min(0).max(mostSeconds),
  finished: z.boolean(),
});

/** One movie's entries, or all. */
export const historyInput = z.object({ movieId: movieId.optional() });

/** One sitting. */
export const historyView = z.object({
  id: z.string(),
  movieId: z.string(),
  title: z.string(),
  releaseDate: z.string().nullable(),
  posterUrl: z.string().nullable(),
  poster: pictureView.nullable(),
  startedAt: z.iso.datetime(),
  lastWatchedAt: z.iso.datetime(),
  positionSeconds: z.number(),
  finished: z.boolean(),
  /** It can be gone on with from just there. */
  canResume: z.boolean(),
});
export type HistoryView = z.output<typeof historyView>;
