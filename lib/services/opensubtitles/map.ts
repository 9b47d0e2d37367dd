import { languageOf } from "./languages";
import type { WireRow, WireUserInfo } from "./wire";

/** A subtitle that OpenSubtitles offers. Nothing of it is trusted: people wrote it. */
export interface Candidate {
  /** What a download asks for. */
  fileId: number;
  subtitleId: string;
  /** BCP 47; `und` when it is not told. */
  language: string;
  release: string | null;
  fileName: string | null;
  hearingImpaired: boolean;
  foreignPartsOnly: boolean;
  aiTranslated: boolean;
  machineTranslated: boolean;
  fromTrusted: boolean;
  downloadCount: number;
  /** 0 to 10; null while nobody voted. */
  rating: number | null;
  fps: number | null;
  /** Above 1 the film is cut in parts, and `fileId` is the first. */
  cdCount: number;
  featureType: string | null;
  /** `tt` and at least 7 digits; null where OpenSubtitles does not know. */
  imdbId: string | null;
  tmdbId: number | null;
  year: number | null;
  /** True when the hash that was sent is known for it; a wrong film may be behind it all the same. */
  movieHashMatch: boolean;
  uploader: string | null;
  uploadedAt: Date | null;
}

/** What an account may still do today. */
export interface UserInfo {
  username: string | null;
  level: string | null;
  isVip: boolean;
  allowedDownloads: number;
  /** Null where the answer does not tell; never below 0. */
  remainingDownloads: number | null;
}

/** Rows that hold no file are left out by wire.ts; the same file twice is one candidate. */
export function toCandidates(rows: readonly WireRow[]): Candidate[] {
  const byFile = new Map<number, Candidate>();
  for (const row of rows) {
    const candidate = toCandidate(row);
    if (candidate && !byFile.has(candidate.fileId)) byFile.set(candidate.fileId, candidate);
  }
  return [...byFile.values()];
}

function toCandidate({ attributes: row }: WireRow): Candidate | null {
  const file = row.files[0];
  if (!file) return null;
  const uploadedAt = row.upload_date ? new Date(row.upload_date) : null;
  return {
    fileId: file.file_id,
    subtitleId: row.subtitle_id,
    language: languageOf(row.language),
    release: row.release,
    fileName: file.file_name,
    hearingImpaired: row.hearing_impaired,
    foreignPartsOnly: row.foreign_parts_only,
    aiTranslated: row.ai_translated,
    machineTranslated: row.machine_translated,
    fromTrusted: row.from_trusted,
    downloadCount: row.download_count ?? 0,
    rating: row.votes ? (row.ratings ?? null) : null,
    fps: row.fps || null,
    cdCount: Math.max(row.nb_cd ?? 1, row.files.length),
    featureType: row.feature_details?.feature_type ?? null,
    imdbId: imdbIdOf(row.feature_details?.imdb_id),
    tmdbId: row.feature_details?.tmdb_id || null,
    year: row.feature_details?.year || null,
    movieHashMatch: row.moviehash_match,
    uploader: row.uploader?.name ?? null,
    uploadedAt: uploadedAt && !Number.isNaN(uploadedAt.getTime()) ? uploadedAt : null,
  };
}

export function toUserInfo({ data }: WireUserInfo): UserInfo {
  const remaining =
    data.remaining_downloads ??
    (data.downloads_count == null ? null : data.allowed_downloads - data.downloads_count);
  return {
    username: data.username,
    level: data.level,
    isVip: data.vip,
    allowedDownloads: data.allowed_downloads,
    remainingDownloads: remaining === null ? null : Math.max(0, remaining),
  };
}

/** OpenSubtitles keeps IMDb ids as numbers: 73195 is tt0073195. */
function imdbIdOf(id: number | null | undefined): string | null {
  return id ? `tt${String(id).padStart(7, "0")}` : null;
}

/**
 * A file name that people may see. It was chosen by a stranger: no folder, nothing that cannot be
 * printed, and never used as a path.
 */
export function shownFileName(text: string | null): string {
  const name = (text ?? "")
    .replace(/^.*[\\/]/, "")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .slice(0, 200);
  return name === "" || /^\.+$/.test(name) ? "subtitle.srt" : name;
}
