import { lstat, readFile, realpath } from "node:fs/promises";
import { basename, dirname, extname, relative } from "node:path";
import { partOf } from "@/lib/downloads/part-names";
import { type Reason, reason } from "@/lib/errors";
import { subtitlesOf } from "@/lib/subtitles/data";
import { joinSubtitles } from "@/lib/subtitles/join";
import { languageOfFileName } from "@/lib/subtitles/language-of-name";
import { saveSubtitle, saveUnusableSubtitle } from "@/lib/subtitles/mutations";
import { maxSubtitleBytes } from "@/lib/subtitles/not-subtitle";
import type { JobContext } from "../context";
import {
  bare,
  besideImport,
  filmOf,
  ofTorrent,
  type Sidecar,
  type VersionRow,
} from "./sidecar-files";

/**
 * Sidecars that are one subtitle: those of a film's parts that differ in nothing but the part. Each
 * is with the moment of the film at which it begins.
 */
function together(version: VersionRow, files: readonly Sidecar[]) {
  const starts = (version.sourceParts ?? []).map(({ startSeconds }) => startSeconds * 1000);
  const groups = new Map<string, { file: Sidecar; startMs: number }[]>();
  for (const file of files) {
    const part = partOf(bare(file.key));
    const startMs = part ? starts[part.number - 1] : undefined;
    const isPart = part && startMs !== undefined;
    const key = isPart ? `${part.rest} ${extname(file.key).toLowerCase()}` : file.key;
    groups.set(key, [...(groups.get(key) ?? []), { file, startMs: startMs ?? 0 }]);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a.startMs - b.startMs));
}

/** The bytes of a plain file that really lies in the folder; torrents may hold links elsewhere. */
async function readInside(folder: string, path: string): Promise<Buffer | Reason | null> {
  const stats = await lstat(path).catch(() => null);
  if (!stats) return null;
  const real = await realpath(path);
  const isInside = real.startsWith(`${await realpath(folder)}/`);
  if (!stats.isFile() || !isInside) return reason("subtitle-not-a-file");
  if (stats.size > maxSubtitleBytes) {
    // A VobSub's pictures take this much; text never does.
    return reason(/\.(sub|sup)$/i.test(path) ? "subtitle-bitmap" : "subtitle-too-large");
  }
  return readFile(path);
}

/** The bytes of one subtitle, which may lie in several files; null when none is there. */
async function readTogether(
  folder: string,
  group: readonly { file: Sidecar; startMs: number }[],
  how: { language: string | null; fps: number | null },
): Promise<Buffer | Reason | null> {
  const read = [];
  for (const { file, startMs } of group) {
    read.push({ bytes: await readInside(folder, file.path), startMs });
  }
  const parts = read.flatMap(({ bytes, startMs }) =>
    Buffer.isBuffer(bytes) ? [{ bytes, startMs }] : [],
  );
  const [only] = parts;
  if (!only) return read.find(({ bytes }) => bytes !== null)?.bytes ?? null;
  if (group.length === 1 && only.startMs === 0) return only.bytes;
  const joined = joinSubtitles(parts, how);
  return Buffer.isBuffer(joined) ? joined : joined.reason;
}

/** Keeps every subtitle file that came with the film, and lists those that cannot be used with why. */
export async function keepSidecars(
  context: JobContext,
  version: VersionRow,
  fps: number | null,
): Promise<void> {
  const { db, env, signal, now } = context;
  const { folder, files } =
    version.sourceKind === "torrent"
      ? ofTorrent(context, version)
      : version.sourcePath
        ? await besideImport(filmOf(version, version.sourcePath))
        : { folder: "", files: [] };
  const known = new Set(
    subtitlesOf(db, version.id)
      .filter((row) => row.source === "sidecar")
      .map((row) => row.sourceKey),
  );
  // Where the film was before its parts were joined.
  const originalPath = version.sourceParts?.[0]?.path ?? version.sourcePath;
  const videoName = originalPath ? basename(originalPath) : version.releaseName;
  for (const group of together(version, files)) {
    signal.throwIfAborted();
    const [first] = group;
    if (!first) continue;
    const { key, path, isBitmap } = first.file;
    // The index of a VobSub says nothing that its pictures do not.
    if (known.has(key) || /\.idx$/i.test(key)) continue;
    const name = originalPath ? relative(dirname(originalPath), path) : key;
    const facts = {
      ...languageOfFileName(name.replace(/^(\.\.\/)+/, ""), { videoName }),
      ...{ versionId: version.id, source: "sidecar" as const, sourceKey: key, label: null },
      now: now(),
    };
    const bytes = isBitmap
      ? reason("subtitle-bitmap")
      : await readTogether(folder, group, { language: facts.language, fps });
    if (bytes === null) continue;
    const saved = Buffer.isBuffer(bytes)
      ? await saveSubtitle(db, { ...facts, bytes, framesPerSecond: fps, mediaDir: env.mediaDir })
      : { reason: bytes };
    if ("reason" in saved) saveUnusableSubtitle(db, { ...facts, reason: saved.reason });
  }
}
