import { rm } from "node:fs/promises";
import { and, eq } from "drizzle-orm";
import { subtitleDownloads, subtitles, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, fieldError, type Reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { touchMovieOf } from "@/lib/movies/status";
import { subtitleById } from "./data";
import { decodeSubtitle, isKnownEncoding } from "./decode";
import { writeWebVtt } from "./formats/webvtt";
import { settleLanguage } from "./language-of-text";
import { plainText } from "./markup";
import { openSubtitleBytes } from "./not-subtitle";
import type { SubtitleView } from "./schema";
import { storeVtt, subtitlePath } from "./stored-file";
import { parseSubtitle } from "./to-cues";

type Source = SubtitleView["source"];

export interface NewSubtitle {
  mediaDir: string;
  versionId: string;
  /** As they came, in any format and encoding. */
  bytes: Uint8Array;
  /** BCP 47 that a name, a tag or a person says; null when nobody does. */
  language: string | null;
  /** True when the language was chosen and is not to be checked against the text. */
  isLanguageCertain?: boolean;
  source: Source;
  /** Stream index, relative path or OpenSubtitles file id; for an upload anything of its own. */
  sourceKey: string;
  label?: string | null;
  forced?: boolean;
  hearingImpaired?: boolean;
  encoding?: string | null;
  /** The video's pictures per second, for formats that count pictures. */
  fps?: number | null;
  now: Date;
}

interface ReadBytes {
  vtt: string;
  cueCount: number;
  encoding: string;
  language: string;
}

interface ReadHow {
  language: string | null;
  isLanguageCertain: boolean;
  encoding: string | null;
  fps: number | null;
}

/** From bytes to WebVTT; the reason when they are no subtitle. */
function readBytes(bytes: Uint8Array, how: ReadHow): ReadBytes | { reason: Reason } {
  const opened = openSubtitleBytes(bytes);
  if ("reason" in opened) return opened;
  const decoded = decodeSubtitle(opened.bytes, how);
  const read = parseSubtitle(decoded.text, { fps: how.fps });
  if ("reason" in read) return read;
  const words = read.cues.map((cue) => plainText(cue.text)).join("\n");
  const isSettled = how.isLanguageCertain && how.language !== null;
  return {
    vtt: writeWebVtt(read.cues),
    cueCount: read.cues.length,
    encoding: decoded.encoding,
    language: isSettled ? (how.language ?? "und") : settleLanguage(how.language, words),
  };
}

function rowOfSource(db: Db, versionId: string, source: Source, sourceKey: string) {
  return db
    .select({ id: subtitles.id })
    .from(subtitles)
    .where(
      and(
        eq(subtitles.versionId, versionId),
        eq(subtitles.source, source),
        eq(subtitles.sourceKey, sourceKey),
      ),
    )
    .get();
}

/**
 * Reads, cleans and stores a subtitle: the WebVTT into the version's folder by rename, then the
 * row with the original bytes. The same source again replaces what it gave before, and its address
 * stays. Returns the reason, and stores nothing, when the bytes are no subtitle.
 *
 * @throws AppError 404 when the version is gone, 422 for an unknown encoding.
 */
export async function saveSubtitle(
  db: Db,
  given: NewSubtitle,
): Promise<{ id: string; language: string } | { reason: Reason }> {
  if (given.encoding && !isKnownEncoding(given.encoding)) {
    throw fieldError("encoding", "subtitle-encoding-unknown");
  }
  const version = db
    .select({ folder: versions.folder })
    .from(versions)
    .where(eq(versions.id, given.versionId))
    .get();
  if (!version) throw new AppError("not-found", { status: 404 });
  const read = readBytes(given.bytes, {
    language: given.language,
    isLanguageCertain: given.isLanguageCertain ?? false,
    encoding: given.encoding ?? null,
    fps: given.fps ?? null,
  });
  if ("reason" in read) return read;

  const id = rowOfSource(db, given.versionId, given.source, given.sourceKey)?.id ?? randomId();
  await storeVtt(subtitlePath(given.mediaDir, version.folder, id), read.vtt);
  const found = {
    language: read.language,
    label: given.label ?? null,
    forced: given.forced ?? false,
    hearingImpaired: given.hearingImpaired ?? false,
    encoding: read.encoding,
    original: Buffer.from(given.bytes),
    reason: null,
    cueCount: read.cueCount,
    updatedAt: given.now,
  };
  const row = {
    id,
    versionId: given.versionId,
    source: given.source,
    sourceKey: given.sourceKey,
    createdAt: given.now,
    ...found,
  };
  db.insert(subtitles)
    .values(row)
    .onConflictDoUpdate({
      target: [subtitles.versionId, subtitles.source, subtitles.sourceKey],
      set: found,
    })
    .run();
  touchMovieOf(db, given.versionId, given.now);
  return { id, language: read.language };
}

/** Lists a subtitle that is there but cannot be used, with why; what was stored before stays. */
export function saveUnusableSubtitle(
  db: Db,
  given: Pick<NewSubtitle, "versionId" | "source" | "sourceKey" | "label" | "now"> & {
    language: string | null;
    forced: boolean;
    hearingImpaired: boolean;
    reason: Reason;
  },
): void {
  const { now, language, ...columns } = given;
  db.insert(subtitles)
    .values({
      ...columns,
      id: randomId(),
      language: language ?? "und",
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing()
    .run();
}

export interface SubtitleChanges {
  /** Milliseconds; later when positive. */
  offsetMs?: number | undefined;
  label?: string | null | undefined;
  language?: string | undefined;
  encoding?: string | undefined;
}

/**
 * What a person mends: delay, label, language, and the encoding, for which the original bytes are
 * read again.
 *
 * @throws AppError 404; 422 for an unknown encoding, or one in which the bytes are no subtitle.
 */
export async function updateSubtitle(
  db: Db,
  {
    id,
    mediaDir,
    changes,
    now,
  }: { id: string; mediaDir: string; changes: SubtitleChanges; now: Date },
): Promise<void> {
  const row = subtitleById(db, id);
  if (!row) throw new AppError("not-found", { status: 404 });
  const { encoding, ...simple } = changes;
  const set: Partial<typeof subtitles.$inferInsert> = { ...simple, updatedAt: now };
  if (encoding !== undefined) {
    if (!isKnownEncoding(encoding)) throw fieldError("encoding", "subtitle-encoding-unknown");
    if (!row.original) throw fieldError("encoding", "subtitle-original-missing");
    const language = changes.language ?? row.language;
    const how = { language, isLanguageCertain: true, encoding, fps: null };
    const read = readBytes(row.original, how);
    if ("reason" in read) throw fieldError("encoding", read.reason.code, read.reason.values);
    const version = db
      .select({ folder: versions.folder })
      .from(versions)
      .where(eq(versions.id, row.versionId))
      .get();
    if (!version) throw new AppError("not-found", { status: 404 });
    await storeVtt(subtitlePath(mediaDir, version.folder, id), read.vtt);
    Object.assign(set, { encoding: read.encoding, cueCount: read.cueCount, reason: null });
  }
  db.update(subtitles).set(set).where(eq(subtitles.id, id)).run();
}

/** Removes a subtitle: its row first, so that no row names a file that is gone. @throws AppError 404. */
export async function deleteSubtitle(
  db: Db,
  { id, mediaDir }: { id: string; mediaDir: string },
): Promise<void> {
  const row = db
    .delete(subtitles)
    .where(eq(subtitles.id, id))
    .returning({ versionId: subtitles.versionId })
    .get();
  if (!row) throw new AppError("not-found", { status: 404 });
  const version = db
    .select({ folder: versions.folder })
    .from(versions)
    .where(eq(versions.id, row.versionId))
    .get();
  if (version) await rm(subtitlePath(mediaDir, version.folder, id), { force: true });
}

/** Keeps what OpenSubtitles charged for. */
export function saveDownloadedSubtitle(
  db: Db,
  { fileId, content, now }: { fileId: number; content: Uint8Array; now: Date },
): void {
  db.insert(subtitleDownloads)
    .values({ fileId, content: Buffer.from(content), fetchedAt: now })
    .onConflictDoNothing()
    .run();
}
