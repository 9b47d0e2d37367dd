"use server";

import { userAction } from "@/lib/web/action";
import {
  deleteHistory,
  deleteSitting,
  removeProgress,
  restoreSitting,
  setWatched,
} from "./mutations";
import { restoreProgress } from "./restore";
import {
  historyInput,
  movieInput,
  movieWatchedInput,
  removedProgress,
  removedSitting,
  sittingInput,
} from "./schema";

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

/** Takes a movie out of continue watching; the answer is what puts it back. */
export const removeFromContinueAction = userAction(
  movieInput,
  ({ movieId }, { db, user }) => removeProgress(db, { userId: user.id, movieId }),
  own,
);

/** Puts back what was taken out of continue watching. */
export const restoreProgressAction = userAction(
  removedProgress,
  (input, { db, user }) => {
    restoreProgress(db, { ...input, userId: user.id });
    return null;
  },
  own,
);

/** Deletes one sitting of the caller's history; the answer is what puts it back. */
export const deleteSittingAction = userAction(
  sittingInput,
  ({ id }, { db, user }) => deleteSitting(db, { userId: user.id, id }),
  own,
);

/** Puts back a sitting that was deleted. */
export const restoreSittingAction = userAction(
  removedSitting,
  (input, { db, user }) => {
    restoreSitting(db, { ...input, userId: user.id });
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
