import { eq } from "drizzle-orm";
import { downloads, movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { type Reason, reason } from "@/lib/errors";
import { fileDecision } from "@/lib/movies/decision";
import { refreshMovieStatus } from "@/lib/movies/status";
import { record } from "@/lib/movies/timeline";
import { enqueue } from "@/lib/queue/enqueue";
import { setVersionStatus } from "@/lib/versions/mutations";

interface DownloadKey {
  id: string;
  movieId: string;
  versionId: string;
}

/** Why a torrent waits for a person: several films are in it. */
export const waitsForChoice: Reason = reason("torrent-several-films");

/** True for a question on a movie (as stored) that is about this download. */
export function isAskedAbout(decision: unknown, downloadId: string): boolean {
  return fileDecision.safeParse(decision).data?.downloadId === downloadId;
}

/**
 * Asks a person which of a torrent's films is meant: buttons on the movie, and nothing is downloaded
 * before one is pressed.
 *
 * @param options `label` is what the button says.
 */
export function askForFile(
  db: Db,
  download: DownloadKey,
  options: readonly { index: number; label: string }[],
  now: Date,
): void {
  db.transaction((tx) => {
    const indexes = options.map(({ index }) => index);
    tx.update(downloads)
      .set({
        fileChoice: { options: indexes, chosen: null },
        reason: waitsForChoice,
        updatedAt: now,
      })
      .where(eq(downloads.id, download.id))
      .run();
    const decision = {
      kind: "file" as const,
      downloadId: download.id,
      options: options.map(({ index, label }) => ({ id: String(index), label })),
    };
    tx.update(movies)
      .set({ decision, updatedAt: now })
      .where(eq(movies.id, download.movieId))
      .run();
    setVersionStatus(tx, download.versionId, "downloading", waitsForChoice, now);
    const { movieId, versionId } = download;
    const event = { movieId, versionId, stage: "download", state: "waiting" } as const;
    record(tx, { ...event, reason: waitsForChoice, at: now });
    refreshMovieStatus(tx, movieId, now);
  });
}

/** A person chose: the torrent goes on with that film. In the caller's transaction. */
export function takeFile(db: Db, downloadId: string, index: number, now: Date): void {
  const row = db.select().from(downloads).where(eq(downloads.id, downloadId)).get();
  if (!row) return;
  const { movieId, versionId } = row;
  db.update(downloads)
    .set({
      fileChoice: { options: row.fileChoice?.options ?? [index], chosen: index },
      reason: null,
      updatedAt: now,
    })
    .where(eq(downloads.id, downloadId))
    .run();
  setVersionStatus(db, versionId, "downloading", null, now);
  record(db, { movieId, versionId, stage: "download", state: "active", at: now });
  enqueue(db, "prepare-download", { downloadId, movieId }, { now });
}

/** A download ends: what was asked about it is not asked any more. In the caller's transaction. */
export function dropFileQuestion(db: Db, movieId: string, downloadId: string, now: Date): void {
  const movie = db.select().from(movies).where(eq(movies.id, movieId)).get();
  if (!isAskedAbout(movie?.decision, downloadId)) return;
  db.update(movies).set({ decision: null, updatedAt: now }).where(eq(movies.id, movieId)).run();
  refreshMovieStatus(db, movieId, now);
}
