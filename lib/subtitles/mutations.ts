import { rm } from "node:fs/promises";
import { and, eq } from "drizzle-orm";
import { dismissedSubtitles, subtitleDownloads, subtitles, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, fieldError, type Reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { touchMovieOf } from "@/lib/movies/status";
import { subtitleById } from "./data";
import { isKnownEncoding } from "./decode";
import { readSubtitle } from "./read-subtitle";
import type { SubtitleView } from "./schema";
import { storeVtt, subtitlePath } from "./stored-file";

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
  machineTranslated?: boolean;
  encoding?: string | null;
  /** The video's pictures per second, for formats that count pictures. */
  framesPerSecond?: number | null;
  /** A person took it: a search leaves it alone. */
  picked?: boolean;
  now: Date;
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
  const read = readSubtitle(given.bytes, {
    language: given.language,
    isLanguageCertain: given.isLanguageCertain ?? false,
    encoding: given.encoding ?? null,
    framesPerSecond: given.framesPerSecond ?? null,
  });
  if ("reason" in read) return read;

  const id = rowOfSource(db, given.versionId, given.source, given.sourceKey)?.id ?? randomId();
  await storeVtt(subtitlePath(given.mediaDir, version.folder, id), read.vtt);
  const found = {
    language: read.language,
    label: given.label ?? null,
    forced: given.forced ?? false,
    hearingImpaired: given.hearingImpaired ?? false,
    machineTranslated: given.machineTranslated ?? false,
    encoding: read.encoding,
    encodingCertainty: read.encodingCertainty,
    framesPerSecond: given.framesPerSecond ?? null,
    picked: given.picked ?? false,
    replaceable: false,
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
  speed?: number | undefined;
  label?: string | null | undefined;
  language?: string | undefined;
  encoding?: string | undefined;
  forced?: boolean | undefined;
  hearingImpaired?: boolean | undefined;
}

function folderOf(db: Db, versionId: string): string | undefined {
  return db
    .select({ folder: versions.folder })
    .from(versions)
    .where(eq(versions.id, versionId))
    .get()?.folder;
}

/**
 * What a person mends: delay, speed, label, language, what it is for, and the encoding, for which the
 * original bytes are read again. From then on it is theirs: no search puts another in its place.
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
  const kept = { picked: true, replaceable: false, updatedAt: now };
  const set: Partial<typeof subtitles.$inferInsert> = { ...simple, ...kept };
  if (encoding !== undefined) {
    if (!isKnownEncoding(encoding)) throw fieldError("encoding", "subtitle-encoding-unknown");
    if (!row.original) throw fieldError("encoding", "subtitle-original-missing");
    const read = readSubtitle(row.original, {
      language: changes.language ?? row.language,
      isLanguageCertain: true,
      encoding,
      framesPerSecond: row.framesPerSecond,
    });
    if ("reason" in read) throw fieldError("encoding", read.reason.code, read.reason.values);
    const folder = folderOf(db, row.versionId);
    if (folder === undefined) throw new AppError("not-found", { status: 404 });
    await storeVtt(subtitlePath(mediaDir, folder, id), read.vtt);
    const { encodingCertainty, cueCount } = read;
    Object.assign(set, { encoding: read.encoding, encodingCertainty, cueCount, reason: null });
  }
  db.transaction((tx) => {
    tx.update(subtitles).set(set).where(eq(subtitles.id, id)).run();
    touchMovieOf(tx, row.versionId, now);
  });
}

/**
 * Removes a subtitle: its row first, so that no row names a file that is gone. One of
 * OpenSubtitles that a person removes is not taken by a search again.
 *
 * @throws AppError 404.
 */
export async function deleteSubtitle(
  db: Db,
  {
    id,
    mediaDir,
    now,
    bySearch = false,
  }: { id: string; mediaDir: string; now: Date; bySearch?: boolean },
): Promise<void> {
  const versionId = db.transaction((tx) => {
    const row = tx
      .delete(subtitles)
      .where(eq(subtitles.id, id))
      .returning({
        versionId: subtitles.versionId,
        source: subtitles.source,
        sourceKey: subtitles.sourceKey,
      })
      .get();
    if (!row) throw new AppError("not-found", { status: 404 });
    if (row.source === "opensubtitles" && !bySearch) {
      tx.insert(dismissedSubtitles)
        .values({ versionId: row.versionId, fileId: Number(row.sourceKey), dismissedAt: now })
        .onConflictDoNothing()
        .run();
    }
    touchMovieOf(tx, row.versionId, now);
    return row.versionId;
  });
  const folder = folderOf(db, versionId);
  if (folder !== undefined) await rm(subtitlePath(mediaDir, folder, id), { force: true });
}

/** A person wants it after all. */
export function undismissSubtitle(db: Db, versionId: string, fileId: number): void {
  const isIt = and(
    eq(dismissedSubtitles.versionId, versionId),
    eq(dismissedSubtitles.fileId, fileId),
  );
  db.delete(dismissedSubtitles).where(isIt).run();
}

/** Nothing better was found: it stays. */
export function keepSubtitle(db: Db, id: string): void {
  db.update(subtitles).set({ replaceable: false }).where(eq(subtitles.id, id)).run();
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
