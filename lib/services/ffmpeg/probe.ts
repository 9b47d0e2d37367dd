import { stat } from "node:fs/promises";
import { reason } from "@/lib/errors";
import { FfmpegError } from "./failure";
import { localInput } from "./input";
import { readMp4Layout } from "./mp4-boxes";
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
  const output = await runFfprobe({
    ffprobePath: options.ffprobePath,
    args: [
      ...["-show_format", "-show_streams", "-show_chapters", "-of", "json"],
      ...localInput(path),
    ],
    timeoutMs: options.timeoutMs ?? 60_000,
    signal: options.signal,
  });
  const parsed = wireProbe.safeParse(readJson(output));
  if (!parsed.success) throw new FfmpegError(reason("media-unreadable"), parsed.error.message);
  const isMp4 = /\bmp4\b/.test(parsed.data.format?.format_name ?? "");
  return probeFrom(parsed.data, sizeBytes, isMp4 ? await readMp4Layout(path) : null);
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
