import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";

interface Reading {
  seconds: number;
  value: number;
}

/** Runs a measuring filter over one stream and reads the lines that it prints. */
async function readings(path: string, map: string, filter: string): Promise<Reading[]> {
  const scratch = await mkdtemp(join(tmpdir(), "vigilio-measure-"));
  try {
    const output = join(scratch, "readings.txt");
    const option = map.includes(":v") ? "-vf" : "-af";
    await runFfmpeg({
      ffmpegPath: process.env.FFMPEG_PATH ?? "ffmpeg",
      args: [
        ...["-i", path, "-map", map, option, `${filter}:file=${output}`, "-f", "null", "-"],
        // For ffmpeg an MPEG-TS begins where the first track does that is used: all of them are.
        ...["-map", "0:v:0?", "-map", "0:a?", "-c", "copy", "-f", "null", "-"],
      ],
      timeoutMs: 120_000,
    });
    const found: Reading[] = [];
    let seconds = 0;
    for (const line of (await readFile(output, "utf8")).split("\n")) {
      const time = /pts_time:(-?[\d.]+)/.exec(line)?.[1];
      if (time !== undefined) seconds = Number(time);
      const value = /^lavfi\.[\w.]+=(.+)$/.exec(line)?.[1];
      if (value !== undefined) found.push({ seconds, value: Number(value) });
    }
    return found;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Moments at which a value rises above a threshold. */
function rises(values: Reading[], threshold: number): number[] {
  return values
    .filter(({ value }, at) => value > threshold && (values[at - 1]?.value ?? -1000) <= threshold)
    .map(({ seconds }) => seconds);
}

/** When the picture of a film of `makeMovie` flashes, in seconds as players count them. */
export async function flashTimes(path: string): Promise<number[]> {
  const print = "metadata=print:key=lavfi.signalstats.YAVG";
  return rises(await readings(path, "0:v:0", `signalstats,${print}`), 200);
}

/** When a track of a film of `makeMovie` beeps, to 5 ms. */
export async function beepTimes(path: string, track = 0): Promise<number[]> {
  const print = "ametadata=print:key=lavfi.astats.Overall.RMS_level";
  const filter = `aresample=48000,asetnsamples=n=240,astats=metadata=1:reset=1,${print}`;
  return rises(await readings(path, `0:a:${track}`, filter), -25);
}

/** Loudness of a track in the middle of a film, as the RMS of all channels in dB. */
export async function levelDb(path: string, track = 0): Promise<number> {
  const print = "ametadata=print:key=lavfi.astats.Overall.RMS_level";
  const filter = `asetnsamples=n=4800,astats=metadata=1:reset=1,${print}`;
  const values = await readings(path, `0:a:${track}`, filter);
  return values[Math.floor(values.length / 2)]?.value ?? Number.NaN;
}

/** Loudness of a track between two moments, as the mean RMS of all channels in dB. */
export async function levelBetween(
  path: string,
  track: number,
  fromSeconds: number,
  toSeconds: number,
): Promise<number> {
  const print = "ametadata=print:key=lavfi.astats.Overall.RMS_level";
  const filter = `asetnsamples=n=4800,astats=metadata=1:reset=1,${print}`;
  const values = (await readings(path, `0:a:${track}`, filter))
    .filter(({ seconds }) => seconds >= fromSeconds && seconds <= toSeconds)
    .map(({ value }) => value);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The highest peak of a track in dB. */
export async function peakDb(path: string, track: number): Promise<number> {
  const print = "ametadata=print:key=lavfi.astats.Overall.Peak_level";
  const filter = `asetnsamples=n=4800,astats=metadata=1:reset=1,${print}`;
  const values = await readings(path, `0:a:${track}`, filter);
  return Math.max(...values.map(({ value }) => value));
}

/** Brightness of the frames, 0 to 255: a picture that is all black stays below 20. */
export async function brightness(path: string): Promise<number[]> {
  const print = "metadata=print:key=lavfi.signalstats.YAVG";
  return (await readings(path, "0:v:0", `signalstats,${print}`)).map(({ value }) => value);
}

/** How combed the frames are: the share that ffmpeg's idet finds interlaced, 0 to 1. */
export async function interlacedShare(path: string): Promise<number> {
  const print = "metadata=print:key=lavfi.idet.multiple.current_frame";
  const scratch = await mkdtemp(join(tmpdir(), "vigilio-measure-"));
  try {
    const output = join(scratch, "readings.txt");
    await runFfmpeg({
      ffmpegPath: process.env.FFMPEG_PATH ?? "ffmpeg",
      args: ["-i", path, "-map", "0:v:0", "-vf", `idet,${print}:file=${output}`, "-f", "null", "-"],
      timeoutMs: 120_000,
    });
    const kinds = [...(await readFile(output, "utf8")).matchAll(/current_frame=(\w+)/g)];
    const combed = kinds.filter(([, kind]) => kind === "tff" || kind === "bff");
    return kinds.length === 0 ? 0 : combed.length / kinds.length;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
