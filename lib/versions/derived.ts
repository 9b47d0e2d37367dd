import { and, eq, ne } from "drizzle-orm";
import { audioTracks, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, fieldError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { touchMovieOf } from "@/lib/movies/status";
import { enqueue } from "@/lib/queue/enqueue";
import { isNotBinned, shownVersion } from "./binned";
import { hasHeight, isTaller } from "./quality";

type VersionRow = typeof versions.$inferSelect;

/** How long a file that was replaced is still served: a long film with a long pause in it. */
const watchedOnMs = 6 * 3_600_000;

/** True for a version that is made of another one. */
export function isDerived({ sourceKind }: Pick<VersionRow, "sourceKind">): boolean {
  return sourceKind === "conversion" || sourceKind === "smaller";
}

/** Puts a version that is made of another one into the table, with the job that makes it. */
function insertDerived(
  db: Db,
  original: VersionRow,
  how: Pick<VersionRow, "replaces" | "targetHeight"> & { sourceKind: "conversion" | "smaller" },
  now: Date,
): { jobId: string } {
  const { movieId, releaseName, movieHash, sourceSizeBytes } = original;
  const versionId = randomId();
  db.insert(versions)
    .values({
      ...{ id: versionId, movieId, status: "queued", madeFromId: original.id, ...how },
      // Subtitles are matched by these.
      ...{ releaseName, movieHash, sourceSizeBytes },
      ...{ folder: randomId(), fileName: randomId(), createdAt: now, updatedAt: now },
    })
    .run();
  touchMovieOf(db, versionId, now);
  return { jobId: enqueue(db, "make-version", { versionId, movieId }, { now }) };
}

/** Begins the H.264 version of an HEVC or AV1 one, in the transaction that publishes that one. */
export function startConversion(
  db: Db,
  original: VersionRow,
  followUp: "replace" | "join",
  now: Date,
): void {
  const begun = db
    .select({ id: versions.id })
    .from(versions)
    .where(and(eq(versions.madeFromId, original.id), eq(versions.sourceKind, "conversion")))
    .get();
  if (begun) return;
  const replaces = followUp === "replace";
  insertDerived(db, original, { sourceKind: "conversion", replaces, targetHeight: null }, now);
}

/** Removes a file that another took the place of, once nobody can be in the middle of it. */
export function retireFile(
  db: Db,
  version: Pick<VersionRow, "id" | "movieId" | "fileName">,
  now: Date,
): void {
  const { id: versionId, movieId, fileName } = version;
  const runAt = new Date(now.getTime() + watchedOnMs);
  enqueue(db, "retire-file", { versionId, movieId, fileName }, { now, runAt });
}

/**
 * Asks for a smaller version of a version, for phones and slow lines. One that failed before is
 * made anew, in the same row.
 *
 * @throws AppError 404 for an unknown version; 409 while it is not ready, or when the movie has a
 *   version of that height or one is being made; 422 when it is not taller than that.
 */
export function requestSmaller(
  db: Db,
  { versionId, height, now }: { versionId: string; height: number; now: Date },
): { jobId: string } {
  return db.transaction((tx) => {
    const original = shownVersion(tx, versionId);
    if (!original) throw new AppError("version-unknown", { status: 404 });
    if (original.status !== "ready") throw new AppError("version-not-ready", { status: 409 });
    if (!isTaller(original, height)) throw fieldError("height", "smaller-not-taller", { height });
    const others = tx
      .select()
      .from(versions)
      .where(
        and(eq(versions.movieId, original.movieId), ne(versions.id, original.id), isNotBinned(tx)),
      )
      .all()
      .filter((other) => hasHeight({ ...other, askedHeight: other.targetHeight }, height));
    if (others.some((other) => other.status !== "failed")) {
      throw new AppError("smaller-exists", { status: 409, values: { height } });
    }
    const failed = others.find((other) => other.sourceKind === "smaller");
    if (!failed) {
      const how = { sourceKind: "smaller", replaces: false, targetHeight: height } as const;
      return insertDerived(tx, original, how, now);
    }
    tx.update(versions)
      .set({ madeFromId: original.id, status: "queued", reason: null, updatedAt: now })
      .where(eq(versions.id, failed.id))
      .run();
    touchMovieOf(tx, failed.id, now);
    const payload = { versionId: failed.id, movieId: failed.movieId };
    return { jobId: enqueue(tx, "make-version", payload, { now }) };
  });
}

/** Versions that were made of this one and stand beside it, ready to be played. */
export function derivedVersionIds(db: Db, versionId: string): string[] {
  return db
    .select({ id: versions.id })
    .from(versions)
    .where(and(eq(versions.madeFromId, versionId), eq(versions.status, "ready")))
    .all()
    .map(({ id }) => id);
}

/** Places among a published file's sound tracks of those in which dialogue is lifted. */
export function clearVoicePlaces(db: Db, versionId: string): number[] {
  return db
    .select({ index: audioTracks.index })
    .from(audioTracks)
    .where(and(eq(audioTracks.versionId, versionId), eq(audioTracks.isClearVoice, true)))
    .all()
    .map(({ index }) => index);
}
