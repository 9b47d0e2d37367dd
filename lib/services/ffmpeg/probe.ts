import { stat } from "node:fs/promises";
import { z } from "zod";
import { reason } from "@/lib/errors";
import { FfmpegError } from "./failure";
import { localInput } from "./input";
import { readMp4Layout } from "./mp4-boxes";
import { mpegLayerOf } from "./mpeg-layer";
import { probeFrom } from "./probe-map";
import type { Probe } from "./probe-types";
import { wireProbe } from "./probe-wire";
import { runFfprobe } from "./run";
import { refuseByFirstBytes } from "./sniff";

export interface ProbeOptions {
  ffprobePath: string;
  signal?: AbortSignal | undefined;
  /** A minute by default: a sleeping disk wakes up, a hanging one is given up. */
  timeoutMs?: number | undefined;
}

/**
 * Looks into a local file: container, streams, duration, chapters. Reads its beginning (and for
 * an MP4 the headers of its boxes), never the whole film.
 *
 * @throws FfmpegError with the reason why it cannot be a film (empty, archive, program, playlist,
 *   unreadable) or why it could not be looked at.
 */
export async function probe(path: string, options: ProbeOptions): Promise<Probe> {
  const { sizeBytes, refusal } = await look(path);
  if (refusal) throw new FfmpegError(refusal, "refused by its first bytes");
  const output = await ffprobe(path, options, [
    ...["-show_format", "-show_streams", "-show_programs", "-show_chapters", "-of", "json"],
  ]);
  const parsed = wireProbe.safeParse(readJson(output));
  if (!parsed.success) throw new FfmpegError(reason("media-unreadable"), parsed.error.message);
  const isMp4 = /\bmp4\b/.test(parsed.data.format?.format_name ?? "");
  const result = probeFrom(parsed.data, sizeBytes, isMp4 ? await readMp4Layout(path) : null);
  for (const stream of [...result.video, ...result.audio]) {
    if (stream.isEncrypted) stream.isEncrypted = !(await decodes(path, stream.index, options));
  }
  for (const stream of isMp4 ? result.audio.filter(({ codec }) => codec === "mp3") : []) {
    stream.codec = (await layerIn(path, stream.index, options)) ?? stream.codec;
  }
  return result;
}

async function ffprobe(path: string, options: ProbeOptions, args: string[]): Promise<string> {
  try {
    return await runFfprobe({
      ffprobePath: options.ffprobePath,
      args: [...args, ...localInput(path)],
      timeoutMs: options.timeoutMs ?? 60_000,
      signal: options.signal,
    });
  } catch (error) {
    // It ran and could not make sense of the file: that says something about the file.
    if (error instanceof FfmpegError && error.reason.code === "ffmpeg-failed") {
      throw new FfmpegError(reason("media-unreadable"), error.detail, { cause: error });
    }
    throw error;
  }
}

const counted = z.object({
  streams: z.array(
    z.object({
      nb_read_frames: z.coerce.number().catch(0),
      nb_read_packets: z.coerce.number().catch(0),
    }),
  ),
});

/**
 * Some files carry the header of a copy protection over samples that are clear. Encrypted ones
 * fail to decode when no fault is forgiven; headers alone would not tell, since they stay clear.
 */
async function decodes(path: string, index: number, options: ProbeOptions): Promise<boolean> {
  const output = await ffprobe(path, options, [
    ...["-select_streams", String(index), "-read_intervals", "%+2"],
    ...["-count_frames", "-count_packets", "-err_detect", "explode"],
    ...["-show_entries", "stream=nb_read_frames,nb_read_packets", "-of", "json"],
  ]);
  const stream = counted.parse(readJson(output)).streams[0];
  return stream !== undefined && stream.nb_read_frames > stream.nb_read_packets / 2;
}

const firstPacket = z.object({ packets: z.array(z.object({ data: z.string().default("") })) });

/** The layer of a track of MPEG audio, by its first packet. */
async function layerIn(path: string, index: number, options: ProbeOptions) {
  const output = await ffprobe(path, options, [
    ...["-select_streams", String(index), "-read_intervals", "%+#1", "-show_data"],
    ...["-show_entries", "packet=data", "-of", "json"],
  ]);
  const parsed = firstPacket.safeParse(readJson(output));
  return mpegLayerOf(parsed.data?.packets[0]?.data ?? "");
}

async function look(path: string) {
  try {
    const [{ size }, refusal] = await Promise.all([stat(path), refuseByFirstBytes(path)]);
    return { sizeBytes: size, refusal };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    const why = {
      ENOENT: "media-file-missing",
      EACCES: "media-no-permission",
      EPERM: "media-no-permission",
    };
    throw new FfmpegError(reason(why[code as keyof typeof why] ?? "media-disk-error"), code, {
      cause: error,
    });
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
