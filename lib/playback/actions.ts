"use server";

import { z } from "zod";
import { userAction } from "@/lib/web/action";
import { deleteHistory, removeProgress, setWatched } from "./mutations";
import { restoreProgress } from "./restore";
import { historyInput, movieInput, movieWatchedInput } from "./schema";

const own = { allowedInDemo: true };

/** Marks a movie as watched or not. */
export const setWatchedAction = userAction(
  movieWatchedInput,
  ({ movieId, watched }, { db, user, now }) => {
    setWatched(db, { userId: user.id, movieId, watched, now });
    return null;
  },
  own,
);

/** Takes a movie out of continue watching. */
export const removeFromContinueAction = userAction(
  movieInput,
  ({ movieId }, { db, user }) => {
    removeProgress(db, { userId: user.id, movieId });
    return null;
  },
  own,
);

const placeInput = movieInput.extend({
  positionSeconds: z.number().min(0),
  durationSeconds: z.number().positive(),
  updatedAt: z.iso.datetime(),
});

/** Takes back that a movie was taken out of continue watching. */
export const restoreProgressAction = userAction(
  placeInput,
  (place, { db, user }) => {
    restoreProgress(db, { ...place, userId: user.id, updatedAt: new Date(place.updatedAt) });
    return null;
  },
  own,
);

/** Deletes the caller's history, of one movie or all of it. */
export const deleteHistoryAction = userAction(
  historyInput,
  ({ movieId }, { db, user }) => {
    deleteHistory(db, { userId: user.id, movieId });
    return null;
  },
  own,
);
