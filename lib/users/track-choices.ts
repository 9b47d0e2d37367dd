import { and, eq } from "drizzle-orm";
import { type StoredPreferences, trackChoices, users } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { requireMovie } from "@/lib/movies/data";
import { mostLanguages, type TrackChoice, trackChoice } from "./schema";

interface Whose {
  userId: string;
  movieId: string;
}

const own = ({ userId, movieId }: Whose) =>
  and(eq(trackChoices.userId, userId), eq(trackChoices.movieId, movieId));

/** What a person picked for a movie last; empty when nothing. */
export function trackChoiceOf(db: Db, whose: Whose): TrackChoice {
  const row = db.select().from(trackChoices).where(own(whose)).get();
  const parsed = trackChoice.safeParse(row?.choice ?? {});
  return parsed.success ? parsed.data : {};
}

/** A list with one language moved, or put, to its front. */
function withFirst(language: string, others: readonly string[] = []): string[] {
  const rest = others.filter((one) => one.toLowerCase() !== language.toLowerCase());
  return [language, ...rest].slice(0, mostLanguages);
}

const isTold = (language: string) => language !== "" && language !== "und";

/** What a pick says of a person's taste: its language comes first from now on. */
export function preferencesAfter(
  before: StoredPreferences,
  { audio, subtitle }: TrackChoice,
): StoredPreferences {
  const after = { ...before };
  if (audio && isTold(audio.language)) {
    after.audioLanguages = withFirst(audio.language, before.audioLanguages);
  }
  if (subtitle === null) after.subtitlesOn = false;
  // Forced ones are no wish for whole ones in other films.
  if (subtitle && !subtitle.forced) {
    after.subtitlesOn = true;
    if (isTold(subtitle.language)) {
      after.subtitleLanguages = withFirst(subtitle.language, before.subtitleLanguages);
    }
  }
  return after;
}

/**
 * Keeps what a person picked for a movie, and learns from it for other movies.
 *
 * @throws AppError 404 when the movie is not there.
 */
export function saveTrackChoice(db: Db, args: Whose & { choice: TrackChoice; now: Date }): void {
  const { userId, movieId, choice, now } = args;
  db.transaction((tx) => {
    requireMovie(tx, movieId);
    const user = tx.select().from(users).where(eq(users.id, userId)).get();
    if (!user) throw new AppError("not-found", { status: 404 });
    const row = { choice: { ...trackChoiceOf(tx, args), ...choice }, updatedAt: now };
    tx.insert(trackChoices)
      .values({ userId, movieId, ...row })
      .onConflictDoUpdate({ target: [trackChoices.userId, trackChoices.movieId], set: row })
      .run();
    tx.update(users)
      .set({ preferences: preferencesAfter(user.preferences, choice) })
      .where(eq(users.id, userId))
      .run();
  });
}
