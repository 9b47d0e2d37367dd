import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { reason } from "@/lib/errors";
import { FfmpegError } from "./failure";
import { localInput } from "./input";
import { runFfmpeg } from "./run";

/** Pictures of a film at even distances, on sheets of several. */
export interface PreviewGrid {
  /** Seconds of film from one picture to the next; the first shows the beginning. */
  intervalSeconds: number;
  pictureCount: number;
  /** Pixels of one picture, even. */
  width: number;
  height: number;
}

/** Pictures beside and below each other on a sheet: what one look at the seek bar may load. */
export const sheetColumns = 5;
const sheetRows = 5;
export const picturesPerSheet = sheetColumns * sheetRows;

/** A picture has to fit in here, whatever shape the film has. */
const boxWidth = 284;
const boxHeight = 160;
const usualIntervalSeconds = 10;
/** A short film gets some hundred pictures, but none nearer to another than this. */
const shortestIntervalSeconds = 2;
const shortFilmPictures = 100;
/** A film of many hours gets as many as one of three, further apart. */
const mostPictures = 1000;

/**
 * How many pictures a film gets, how far apart and how large.
 *
 * @param film its length, and its size as displayed (pixels square, upright).
 */
export function previewGrid(film: {
  durationSeconds: number;
  width: number;
  height: number;
}): PreviewGrid {
  const { durationSeconds, width, height } = film;
  const near = Math.max(shortestIntervalSeconds, durationSeconds / shortFilmPictures);
  const wanted = Math.max(Math.min(usualIntervalSeconds, near), durationSeconds / mostPictures);
  // In whole milliseconds, which ffmpeg keeps to without an error that would grow.
  const intervalSeconds = Math.ceil(wanted * 1000) / 1000;
  const scale = Math.min(boxWidth / Math.max(1, width), boxHeight / Math.max(1, height));
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2);
  return {
    intervalSeconds,
    pictureCount: Math.max(1, Math.ceil(durationSeconds / intervalSeconds)),
    width: even(width),
    height: even(height),
  };
}

export interface PreviewRun {
  ffmpegPath: string;
  /** A finished file: MP4, index in front. */
  inputPath: string;
  streamIndex: number;
  durationSeconds: number;
  grid: PreviewGrid;
  /** Exists and is empty. */
  outDir: string;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Draws the pictures of a film as JPEG sheets, in order. Only key frames are read from the disk and
 * decoded, so that two hours take seconds; each picture is the key frame nearest to its moment.
 * Memory holds one sheet at a time.
 *
 * @returns paths of the sheets; all but the last are full.
 * @throws FfmpegError when nothing can be drawn; the signal's reason.
 */
export async function drawPreviews(run: PreviewRun): Promise<string[]> {
  const { intervalSeconds, pictureCount, width, height } = run.grid;
  const filter = [
    // At each beat the frame that is nearest, repeated where key frames lie further apart. The last
    // one counts, too, however soon after it the frames end.
    `fps=fps=1000/${Math.round(intervalSeconds * 1000)}:start_time=0:eof_action=pass`,
    "tpad=stop=-1:stop_mode=clone",
    `trim=end_frame=${pictureCount}`,
    `scale=w=${width}:h=${height}:flags=bicubic:out_range=pc`,
    "setsar=1,format=yuvj420p",
    `tile=${sheetColumns}x${sheetRows}`,
  ].join(",");
  await runFfmpeg({
    ffmpegPath: run.ffmpegPath,
    args: [
      // The demuxer leaves out what the decoder would skip: a tenth of the bytes is read.
      ...["-skip_frame", "nokey", "-discard:v", "nokey"],
      ...localInput(run.inputPath),
      ...["-map", `0:${run.streamIndex}`, "-filter:v", filter],
      ...["-c:v", "mjpeg", "-q:v", "5", "-threads:v", "1"],
      ...["-map_metadata", "-1", "-f", "image2", `file:${join(run.outDir, "%05d.jpg")}`],
    ],
    timeoutMs: run.timeoutMs,
    signal: run.signal,
    durationSeconds: run.durationSeconds,
    onProgress: ({ fraction }) => {
      if (fraction !== null) run.onProgress?.(fraction);
    },
  });
  const sheets = (await readdir(run.outDir)).sort().map((name) => join(run.outDir, name));
  const expected = Math.ceil(pictureCount / picturesPerSheet);
  const sizes = await Promise.all(sheets.map(async (path) => (await stat(path)).size));
  if (sheets.length !== expected || sizes.includes(0)) {
    throw new FfmpegError(
      reason("previews-incomplete"),
      `${sheets.length} of ${expected} sheets were drawn`,
    );
  }
  return sheets;
}
