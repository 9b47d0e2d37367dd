import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { randomId } from "@/lib/ids";
import { probe } from "@/lib/services/ffmpeg/probe";
import { extractSubtitles } from "@/lib/services/ffmpeg/subtitles";
import { subtitlesOf } from "@/lib/subtitles/data";
import { languageOfFileName, languageOfTag } from "@/lib/subtitles/language-of-name";
import { saveSubtitle, saveUnusableSubtitle } from "@/lib/subtitles/mutations";
import { maxSubtitleBytes } from "@/lib/subtitles/not-subtitle";
import type { versionById } from "@/lib/versions/mutations";
import type { JobContext } from "../context";

type VersionRow = NonNullable<ReturnType<typeof versionById>>;

/**
 * Keeps every text subtitle that the untouched original holds, and lists those made of pictures.
 * The film is read once, and not again when all are known.
 *
 * @returns the video's pictures per second, which some formats of sidecars count in; null when
 *   there is no original to look into.
 */
export async function keepEmbedded(
  context: JobContext,
  version: VersionRow,
): Promise<number | null> {
  const { db, env, services, signal, now } = context;
  const inputPath = version.sourcePath;
  const isThere = inputPath !== null && (await stat(inputPath).catch(() => null))?.isFile();
  if (!inputPath || !isThere) return null;
  const { ffmpegPath, ffprobePath } = await services.ffmpeg();
  const film = await probe(inputPath, { ffprobePath, signal });
  const fps = film.video.find((stream) => !stream.isAttachedPicture)?.frameRate ?? null;

  const known = new Set(
    subtitlesOf(db, version.id)
      .filter((row) => row.source === "embedded")
      .map((row) => row.sourceKey),
  );
  const streams = film.subtitles.filter((stream) => !known.has(String(stream.index)));
  if (streams.length === 0) return fps;

  // In our own folder and not the system's: a sweep finds it there when this is killed.
  const outDir = join(env.dataDir, "tmp", randomId());
  await mkdir(outDir, { recursive: true });
  try {
    const { extracted, unusable } = await extractSubtitles({
      ...{ ffmpegPath, inputPath, streams, outDir, signal },
      durationSeconds: film.durationSeconds ?? undefined,
      onProgress: (fraction) => context.progress((fraction ?? 0) / 2),
    });
    const described = (index: number) => {
      const stream = streams.find((candidate) => candidate.index === index);
      const hint = languageOfFileName(stream?.title ?? "");
      return {
        versionId: version.id,
        source: "embedded" as const,
        sourceKey: String(index),
        language: languageOfTag(stream?.language, stream?.title),
        label: stream?.title?.trim().slice(0, 100) || null,
        forced: stream?.isForced || hint.forced,
        hearingImpaired: stream?.isHearingImpaired || hint.hearingImpaired,
        now: now(),
      };
    };
    for (const { index, path } of extracted) {
      signal.throwIfAborted();
      const facts = described(index);
      const isSane = (await stat(path)).size <= maxSubtitleBytes;
      const bytes = isSane ? await readFile(path) : Buffer.alloc(maxSubtitleBytes + 1);
      const saved = await saveSubtitle(db, {
        ...{ ...facts, bytes, framesPerSecond: fps, mediaDir: env.mediaDir },
      });
      if ("reason" in saved) saveUnusableSubtitle(db, { ...facts, reason: saved.reason });
    }
    for (const { index, reason } of unusable) {
      saveUnusableSubtitle(db, { ...described(index), reason });
    }
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
  return fps;
}
