import { and, eq, isNull } from "drizzle-orm";
import { dismissedSubtitles, movies, subtitleDownloads, subtitles, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, fieldError, type Reason } from "@/lib/errors";
import { isNotBinned } from "@/lib/versions/binned";
import { isKnownEncoding } from "./decode";
import { encodingChoices, encodingSamples } from "./encodings";
import type { EncodingsView, SubtitleView } from "./schema";
import { toSubtitleView } from "./view";

export type SubtitleRow = Omit<typeof subtitles.$inferSelect, "original">;

const columns = {
  id: subtitles.id,
  versionId: subtitles.versionId,
  language: subtitles.language,
  label: subtitles.label,
  source: subtitles.source,
  sourceKey: subtitles.sourceKey,
  forced: subtitles.forced,
  hearingImpaired: subtitles.hearingImpaired,
  machineTranslated: subtitles.machineTranslated,
  encoding: subtitles.encoding,
  encodingCertainty: subtitles.encodingCertainty,
  framesPerSecond: subtitles.framesPerSecond,
  offsetMs: subtitles.offsetMs,
  speed: subtitles.speed,
  reason: subtitles.reason,
  cueCount: subtitles.cueCount,
  picked: subtitles.picked,
  replaceable: subtitles.replaceable,
  createdAt: subtitles.createdAt,
  updatedAt: subtitles.updatedAt,
};

/** A version's subtitles without their bytes, those that cannot be used among them. */
export function subtitlesOf(db: Db, versionId: string): SubtitleRow[] {
  return db.select(columns).from(subtitles).where(eq(subtitles.versionId, versionId)).all();
}

/** OpenSubtitles' file ids that a person removed from a version. */
export function dismissedFiles(db: Db, versionId: string): number[] {
  return db
    .select({ fileId: dismissedSubtitles.fileId })
    .from(dismissedSubtitles)
    .where(eq(dismissedSubtitles.versionId, versionId))
    .all()
    .map(({ fileId }) => fileId);
}

/** One subtitle with its original bytes; undefined when there is none. */
export function subtitleById(db: Db, id: string): typeof subtitles.$inferSelect | undefined {
  return db.select().from(subtitles).where(eq(subtitles.id, id)).get();
}

/** A subtitle as the API shows it; undefined when it is unknown or lies in the bin. */
export function subtitleViewOf(
  db: Db,
  id: string,
  say: (reason: Reason) => string,
): SubtitleView | undefined {
  const row = db
    .select(columns)
    .from(subtitles)
    .innerJoin(versions, eq(versions.id, subtitles.versionId))
    .innerJoin(movies, eq(movies.id, versions.movieId))
    .where(and(eq(subtitles.id, id), isNull(movies.binnedAt), isNotBinned(db)))
    .get();
  if (!row) return undefined;
  return toSubtitleView(row, say);
}

/**
 * How a subtitle reads in the encodings that it may be in, and all that can be chosen.
 *
 * @throws AppError 404; 422 for an unknown encoding, or where the bytes were not kept.
 */
export function encodingsOf(db: Db, id: string, asked?: string): EncodingsView {
  const row = subtitleById(db, id);
  if (!row || !subtitleViewOf(db, id, () => "")) throw new AppError("not-found", { status: 404 });
  if (asked !== undefined && !isKnownEncoding(asked)) {
    throw fieldError("encoding", "subtitle-encoding-unknown");
  }
  if (!row.original) throw fieldError("encoding", "subtitle-original-missing");
  const { original, encoding, language, framesPerSecond } = row;
  const items = encodingSamples({ original, encoding, language, framesPerSecond }, asked);
  return { items, others: encodingChoices() };
}

export interface ServableSubtitle {
  id: string;
  versionId: string;
  /** Folder of its version in the media directory. */
  folder: string;
  offsetMs: number;
  speed: number;
}

/** What is sent for an address; undefined when it is unknown, unusable or lies in the bin. */
export function subtitleFileForServing(db: Db, id: string): ServableSubtitle | undefined {
  return db
    .select({
      id: subtitles.id,
      versionId: subtitles.versionId,
      folder: versions.folder,
      offsetMs: subtitles.offsetMs,
      speed: subtitles.speed,
    })
    .from(subtitles)
    .innerJoin(versions, eq(versions.id, subtitles.versionId))
    .innerJoin(movies, eq(movies.id, versions.movieId))
    .where(
      and(eq(subtitles.id, id), isNull(subtitles.reason), isNull(movies.binnedAt), isNotBinned(db)),
    )
    .get();
}

/** Bytes that OpenSubtitles was asked for before: a file is never downloaded twice. */
export function downloadedSubtitle(db: Db, fileId: number): Buffer | undefined {
  return db
    .select({ content: subtitleDownloads.content })
    .from(subtitleDownloads)
    .where(eq(subtitleDownloads.fileId, fileId))
    .get()?.content;
}
