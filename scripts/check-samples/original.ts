import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { ffmpegPath, programs } from "@/tests/media/conversion";

/** What a file shows when ffmpeg alone decodes it: what a browser has to show of the result. */
export interface Original {
  /** Width and height as displayed: pixels made square, turned upright. Null when unknown. */
  size: [width: number, height: number] | null;
  /** The first picture, `gridSize` by `gridSize` RGB values, row by row; null when there is none. */
  firstPicture: number[] | null;
  /** The brightest value in any of the pictures, 0 to 255, and when it is seen, in seconds. */
  brightest: number;
  brightestAtSeconds: number;
  /** The loudest sample of the first sound track, 0 to 1; null when there is none. */
  soundPeak: number | null;
  /** Why it may be refused although it holds a film: what ffmpeg complains about, or its length. */
  fault: string | null;
}

/** Pictures are compared at this size: what is where, and not how finely. */
export const gridSize = 16;

/** How much is decoded, in seconds of film, and how many pictures of a second are looked at. */
const decodedSeconds = 15;
const picturesPerSecond = 5;

/** What cannot be read shows nothing. */
const nothing: Original = {
  size: null,
  firstPicture: null,
  brightest: 0,
  brightestAtSeconds: 0,
  soundPeak: null,
  fault: "ffprobe finds no picture",
};

const probed = z.object({
  streams: z.array(
    z.object({
      index: z.number(),
      codec_type: z.string().optional(),
      width: z.number().optional(),
      height: z.number().optional(),
      sample_aspect_ratio: z.string().optional(),
      disposition: z.object({ attached_pic: z.number().optional() }).optional(),
      tags: z.object({ rotate: z.string().optional() }).optional(),
      side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
    }),
  ),
  format: z.object({ duration: z.coerce.number().optional() }).optional(),
});
type ProbedStream = z.output<typeof probed>["streams"][number];

/** Looks at an original with ffprobe and ffmpeg. One that they cannot read shows nothing. */
export async function lookAtOriginal(path: string): Promise<Original> {
  const answer = await execa({
    reject: false,
    stripFinalNewline: true,
  })`${programs.ffprobePath} -v error
    -show_streams -show_format -of json file:${path}`;
  if (answer.failed) return nothing;
  const { streams, format } = probed.parse(JSON.parse(answer.stdout));
  const films = streams.filter(
    ({ codec_type, width, disposition }) =>
      codec_type === "video" && width && disposition?.attached_pic !== 1,
  );
  const pixelsOf = ({ width = 0, height = 0 }: ProbedStream) => width * height;
  // Of several pictures the largest is the film.
  const film = films.toSorted((one, other) => pixelsOf(other) - pixelsOf(one))[0];
  if (!film) return nothing;
  const hasSound = streams.some(({ codec_type }) => codec_type === "audio");
  const decoded = await decode(path, film.index, hasSound);
  return {
    ...decoded,
    size: displayedSize(film),
    fault: decoded.fault ?? (await shortfall(path, film.index, format?.duration ?? 0)),
  };
}

function displayedSize(stream: ProbedStream): [number, number] | null {
  const { width = 0, height = 0 } = stream;
  if (width === 0 || height === 0) return null;
  const [above = 0, below = 0] = (stream.sample_aspect_ratio ?? "").split(":").map(Number);
  const aspect = above > 0 && below > 0 ? above / below : 1;
  const shown: [number, number] =
    aspect >= 1 ? [Math.round(width * aspect), height] : [width, Math.round(height / aspect)];
  const turned =
    stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ??
    Number(stream.tags?.rotate ?? 0);
  return Math.abs(turned) % 180 === 90 ? [shown[1], shown[0]] : shown;
}

async function decode(path: string, index: number, hasSound: boolean) {
  const scratch = await mkdtemp(join(tmpdir(), "vigilio-original-"));
  try {
    const [pictures, sound] = [join(scratch, "pictures"), join(scratch, "sound")];
    const run = await execa(
      ffmpegPath,
      [
        ...["-nostdin", "-v", "error", "-i", `file:${path}`, "-t", String(decodedSeconds)],
        ...["-map", `0:${index}`, "-vf"],
        `fps=${picturesPerSecond},scale=${gridSize}:${gridSize}:flags=area,format=rgb24`,
        ...["-f", "rawvideo", pictures],
        ...(hasSound
          ? ["-t", String(decodedSeconds), "-map", "0:a:0", "-ac", "1", "-ar", "8000"]
          : []),
        ...(hasSound ? ["-f", "f32le", sound] : []),
      ],
      { reject: false, timeout: 120_000 },
    );
    const pixels = await readFile(pictures).catch(() => Buffer.alloc(0));
    const samples = hasSound ? await readFile(sound).catch(() => Buffer.alloc(0)) : null;
    const gridBytes = gridSize * gridSize * 3;
    let [brightest, brightestAt] = [0, 0];
    for (const [at, value] of pixels.entries()) {
      if (value > brightest) [brightest, brightestAt] = [value, at];
    }
    let soundPeak = 0;
    for (let at = 0; samples && at + 4 <= samples.length; at += 4) {
      soundPeak = Math.max(soundPeak, Math.abs(samples.readFloatLE(at)));
    }
    return {
      firstPicture: pixels.length >= gridBytes ? [...pixels.subarray(0, gridBytes)] : null,
      brightest,
      brightestAtSeconds: Math.floor(brightestAt / gridBytes) / picturesPerSecond,
      soundPeak: samples && samples.length > 0 ? soundPeak : null,
      fault: run.failed || run.stderr ? lastLine(run.stderr) || "ffmpeg failed" : null,
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Says so when the packets end long before the file's own length says. */
async function shortfall(path: string, index: number, wholeSeconds: number) {
  const { stdout } = await execa({
    reject: false,
  })`${programs.ffprobePath} -v error -select_streams ${index}
    -show_entries packet=pts_time -of csv=p=0 file:${path}`;
  const times = stdout.split("\n").map((line) => Number.parseFloat(line));
  const lastSeconds = Math.max(0, ...times.filter(Number.isFinite));
  return wholeSeconds > lastSeconds * 1.5 + 2
    ? `${lastSeconds.toFixed(1)} s of ${wholeSeconds.toFixed(1)} s are there`
    : null;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
