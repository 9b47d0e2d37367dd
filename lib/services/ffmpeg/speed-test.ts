import { deviceArgs, type Encoder, encoderArgs, uploadFilter } from "./encoders";
import { runFfmpeg } from "./run";

export interface SpeedTest {
  ffmpegPath: string;
  preset: string;
  crf: number;
  threads: number;
  encoder: Encoder;
  signal?: AbortSignal | undefined;
  /** For each of the two; 20 s when absent. What is done by then counts. */
  longestMs?: number | undefined;
}

/** Seconds of film that are encoded: enough for every thread to have work. */
const pictureSeconds = 4;
const soundSeconds = 40;
const usualLongestMs = 20_000;

/**
 * A moving picture of 1080 lines with grain on it, which costs an encoder about what a film does:
 * without the grain it is a graphic, and several times as fast.
 */
const picture = `testsrc2=size=1920x1080:rate=24:duration=${pictureSeconds},noise=alls=8:allf=t`;
/** Six channels of noise. */
const sound = `anoisesrc=color=pink:sample_rate=48000:amplitude=0.3:duration=${soundSeconds},pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0`;

/** Seconds that are encoded in one, of the whole or of as much as was done in time. */
async function speedOf(test: SpeedTest, seconds: number, args: string[]): Promise<number> {
  const { ffmpegPath, signal, longestMs = usualLongestMs } = test;
  const startedMs = performance.now();
  const enough = AbortSignal.timeout(longestMs);
  let doneSeconds = 0;
  try {
    await runFfmpeg({
      ...{ ffmpegPath, timeoutMs: 2 * longestMs, args: [...args, "-f", "null", "-"] },
      signal: signal ? AbortSignal.any([signal, enough]) : enough,
      onProgress: ({ outTimeSeconds }) => {
        doneSeconds = outTimeSeconds;
      },
    });
    doneSeconds = seconds;
  } catch (error) {
    if (!enough.aborted || signal?.aborted || doneSeconds <= 0) throw error;
  }
  return doneSeconds / ((performance.now() - startedMs) / 1000);
}

/**
 * Encodes a few seconds of an invented film, and nothing is written: how many seconds of a 1080p
 * film, and of a surround track, this machine encodes in one.
 *
 * @throws as `runFfmpeg`; the signal's reason.
 */
export async function testSpeed(test: SpeedTest): Promise<{ picture: number; sound: number }> {
  const { encoder, threads } = test;
  const filter = ["format=yuv420p", ...uploadFilter(encoder)].join(",");
  const pictureSpeed = await speedOf(test, pictureSeconds, [
    ...deviceArgs(encoder),
    ...["-f", "lavfi", "-i", picture, "-map", "0:v:0", "-filter:v:0", filter],
    ...encoderArgs(test, encoder),
    ...["-profile:v:0", "high", "-threads:v:0", String(threads)],
  ]);
  const soundSpeed = await speedOf(test, soundSeconds, [
    ...["-f", "lavfi", "-i", sound, "-map", "0:a:0", "-c:a:0", "aac", "-b:a:0", "384k"],
  ]);
  return { picture: pictureSpeed, sound: soundSpeed };
}
