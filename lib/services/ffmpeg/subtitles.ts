import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Reason, reason } from "@/lib/errors";
import { FfmpegError } from "./failure";
import { localInput } from "./input";
import type { SubtitleStream } from "./probe-types";
import { runFfmpeg } from "./run";

export interface ExtractedSubtitle {
  /** Number of the stream in the file. */
  index: number;
  path: string;
  format: "ass" | "vtt" | "srt";
}

export interface UnusableSubtitle {
  index: number;
  reason: Reason;
}

export interface SubtitleExtraction {
  ffmpegPath: string;
  inputPath: string;
  streams: SubtitleStream[];
  /** Exists; files named `<index>.<format>` appear in it by rename. */
  outDir: string;
  signal?: AbortSignal | undefined;
  /** Half an hour by default: the whole film is read once. */
  timeoutMs?: number | undefined;
  durationSeconds?: number | undefined;
  onProgress?: ((fraction: number | null) => void) | undefined;
}

/**
 * Writes every text subtitle of a file into one of its own, reading the file once. ASS and WebVTT
 * stay what they are and SRT keeps its bytes (whose encoding may be wrong: that is settled where
 * they are read); other text becomes SRT. Pictures of text and empty tracks are named as unusable.
 *
 * @throws FfmpegError when nothing can be read; the signal's reason.
 */
export async function extractSubtitles(
  extraction: SubtitleExtraction,
): Promise<{ extracted: ExtractedSubtitle[]; unusable: UnusableSubtitle[] }> {
  const text = extraction.streams.filter((stream) => stream.kind === "text");
  const unusable = extraction.streams
    .filter((stream) => stream.kind === "bitmap")
    .map((stream) => ({ index: stream.index, reason: reason("subtitle-bitmap") }));
  if (text.length === 0) return { extracted: [], unusable };

  const failed = new Set<number>();
  try {
    await write(extraction, text);
  } catch (error) {
    if (!(error instanceof FfmpegError) || error.reason.code === "media-disk-full") throw error;
    if (text.length === 1) failed.add(text[0]?.index ?? -1);
    else await writeOneByOne(extraction, text, failed);
  }

  const extracted: ExtractedSubtitle[] = [];
  for (const stream of text) {
    const { format, path } = target(extraction, stream);
    const size = await stat(`${path}.part`).then(
      (found) => found.size,
      () => 0,
    );
    if (failed.has(stream.index) || size <= emptySizes[format]) {
      await rm(`${path}.part`, { force: true });
      const code = failed.has(stream.index) ? "subtitle-unreadable" : "subtitle-empty";
      unusable.push({ index: stream.index, reason: reason(code) });
    } else {
      await rename(`${path}.part`, path);
      extracted.push({ index: stream.index, path, format });
    }
  }
  return { extracted, unusable };
}

/** Bytes of a file without a cue: nothing, "WEBVTT" and blank lines, a header of styles. */
const emptySizes = { srt: 3, vtt: 8, ass: 0 };

function target(extraction: SubtitleExtraction, stream: SubtitleStream) {
  const format: ExtractedSubtitle["format"] =
    stream.codec === "ass" || stream.codec === "ssa"
      ? "ass"
      : stream.codec === "webvtt"
        ? "vtt"
        : "srt";
  return { format, path: join(extraction.outDir, `${stream.index}.${format}`) };
}

const muxers = { ass: "ass", vtt: "webvtt", srt: "srt" };

async function write(extraction: SubtitleExtraction, streams: SubtitleStream[]): Promise<void> {
  const outputs = streams.flatMap((stream) => {
    const { format, path } = target(extraction, stream);
    const isCopied = ["subrip", "srt", "ass", "ssa", "webvtt"].includes(stream.codec);
    return [
      ...["-map", `0:${stream.index}`, "-map_metadata", "-1"],
      ...["-c:s", isCopied ? "copy" : "srt", "-f", muxers[format], `file:${path}.part`],
    ];
  });
  await runFfmpeg({
    ffmpegPath: extraction.ffmpegPath,
    args: [...localInput(extraction.inputPath), ...outputs],
    timeoutMs: extraction.timeoutMs ?? 30 * 60_000,
    signal: extraction.signal,
    durationSeconds: extraction.durationSeconds,
    onProgress: (progress) => extraction.onProgress?.(progress.fraction),
  });
}

/** One broken track ends a run for all: then each is read on its own, and only that one is lost. */
async function writeOneByOne(
  extraction: SubtitleExtraction,
  streams: SubtitleStream[],
  failed: Set<number>,
): Promise<void> {
  for (const stream of streams) {
    try {
      await write(extraction, [stream]);
    } catch (error) {
      if (!(error instanceof FfmpegError) || error.reason.code === "media-disk-full") throw error;
      failed.add(stream.index);
    }
  }
}
