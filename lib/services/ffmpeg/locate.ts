import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Reason, reason } from "@/lib/errors";
import { runFfprobe } from "./run";

export interface Binaries {
  ffmpegPath: string;
  ffprobePath: string;
}

export type Located = ({ ok: true } & Binaries) | { ok: false; missing: Reason[] };

export interface LocateOptions {
  /** Named by a person (FFMPEG_PATH): when it is not there, nothing else is taken instead. */
  ffmpegPath?: string | undefined;
  ffprobePath?: string | undefined;
  /** Folders to look in, as in PATH. */
  searchPath?: string | undefined;
}

/** Finds ffmpeg and ffprobe: the named path, then PATH, then the ffmpeg-static package. */
export async function locateBinaries(options: LocateOptions = {}): Promise<Located> {
  const searchPath = options.searchPath ?? process.env.PATH ?? "";
  const ffmpegPath = options.ffmpegPath
    ? await executable(options.ffmpegPath)
    : ((await onPath("ffmpeg", searchPath)) ?? (await fromPackage()));
  // ffmpeg-static brings no ffprobe.
  const ffprobePath = options.ffprobePath
    ? await executable(options.ffprobePath)
    : await onPath("ffprobe", searchPath);
  if (ffmpegPath && ffprobePath) return { ok: true, ffmpegPath, ffprobePath };
  const missing: Reason[] = [];
  if (!ffmpegPath) missing.push(missingReason("ffmpeg", "FFMPEG_PATH", options.ffmpegPath));
  if (!ffprobePath) missing.push(missingReason("ffprobe", "FFPROBE_PATH", options.ffprobePath));
  return { ok: false, missing };
}

/**
 * The version that a binary reports of itself, such as `5.1.9-0+deb12u1`.
 *
 * @throws FfmpegError when it does not run or is something else.
 */
export async function binaryVersion(path: string): Promise<string | null> {
  const output = await runFfprobe({ ffprobePath: path, args: ["-version"], timeoutMs: 10_000 });
  return /^ff(?:mpeg|probe) version (\S+)/m.exec(output)?.[1] ?? null;
}

function missingReason(program: string, variable: string, path: string | undefined): Reason {
  return path
    ? reason("ffmpeg-not-at-path", { program, variable })
    : reason("ffmpeg-not-found", { program, variable });
}

async function onPath(program: string, searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(delimiter)) {
    const found = folder && (await executable(join(folder, program)));
    if (found) return found;
  }
  return undefined;
}

async function executable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}

async function fromPackage(): Promise<string | undefined> {
  try {
    // A name in a variable: the package is optional, and neither the compiler nor the bundler
    // may insist on it.
    const name = "ffmpeg-static";
    const loaded: { default?: unknown } = await import(/* webpackIgnore: true */ name);
    return typeof loaded.default === "string" ? await executable(loaded.default) : undefined;
  } catch {
    return undefined;
  }
}
