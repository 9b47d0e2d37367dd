import { runFfprobe } from "./run";

/**
 * Names of everything that an ffmpeg encodes with.
 *
 * @throws FfmpegError when it does not run.
 */
export async function listEncoders(ffmpegPath: string): Promise<Set<string>> {
  const args = ["-hide_banner", "-encoders"];
  const output = await runFfprobe({ ffprobePath: ffmpegPath, args, timeoutMs: 10_000 });
  // Below a line of dashes: six letters of abilities, the name, what it is.
  return new Set([...output.matchAll(/^ [A-Z.]{6} (\w\S*) /gm)].map(([, name]) => name ?? ""));
}
