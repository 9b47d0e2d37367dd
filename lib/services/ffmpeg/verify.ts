import { z } from "zod";
import { type Reason, reason } from "@/lib/errors";
import { FfmpegError } from "./failure";
import { localInput } from "./input";
import type { Plan } from "./plan";
import { type ProbeOptions, probe } from "./probe";
import type { Probe } from "./probe-types";
import { runFfprobe } from "./run";

export type Verified =
  | { ok: true; probe: Probe }
  /** `detail` is technical, for the log. */
  | { ok: false; reason: Reason; detail: string };

/** What is decoded at each place, in seconds of film. */
const sampleSeconds = 3;

/** Two frames of the longest kind of AAC: 2048 samples each, at 44.1 kHz. */
const leastSoundSeconds = 0.1;

/**
 * Looks whether a finished file (also one that is only linked) is what its plan promised before
 * anybody gets it: an MP4 with its index in front, as long as the source within 1 s or 1 % (where the source
 * says how long it is), whose
 * picture and every sound track decode at the start, in the middle and at the end.
 *
 * @throws only what says nothing about the file: the signal's reason, a missing ffprobe.
 */
export async function verifyResult(
  path: string,
  plan: Plan,
  source: Probe,
  options: ProbeOptions,
): Promise<Verified> {
  let result: Probe;
  try {
    result = await probe(path, options);
  } catch (error) {
    if (error instanceof FfmpegError && error.reason.code.startsWith("media-")) {
      return { ok: false, reason: error.reason, detail: error.detail };
    }
    throw error;
  }
  return (
    sizeFault(result, plan) ??
    structureFault(result, plan) ??
    durationFault(result, plan, source) ??
    (await decodingFault(path, result, options)) ?? { ok: true, probe: result }
  );
}

type Fault = Extract<Verified, { ok: false }>;

function fault(why: Reason, detail: string): Fault {
  return { ok: false, reason: why, detail };
}

/** ffmpeg ends without a complaint when it has written as much as it may. */
function sizeFault(result: Probe, plan: Plan): Fault | undefined {
  if (plan.kind === "as-is" || plan.maxBytes === undefined) return undefined;
  if (result.sizeBytes < plan.maxBytes * 0.99) return undefined;
  return fault(reason("result-too-large"), `${result.sizeBytes} bytes, stopped`);
}

function structureFault(result: Probe, plan: Plan): Fault | undefined {
  if (!/\bmp4\b/.test(result.format) || !result.isFastStart || result.isFragmented) {
    return fault(reason("result-not-fast-start"), `${result.format}, index not in front`);
  }
  if (!result.video.some((stream) => stream.codec === plan.video.codec && stream.pixelFormat)) {
    return fault(reason("result-no-picture"), `no ${plan.video.codec} stream that can be read`);
  }
  if (result.audio.length < plan.audio.length) {
    return fault(reason("result-no-sound"), `${result.audio.length} of ${plan.audio.length}`);
  }
  return undefined;
}

function durationFault(result: Probe, plan: Plan, source: Probe): Fault | undefined {
  const expected = plan.durationSeconds;
  if (expected === null) return undefined;
  // MPEG streams have no stated length: ffprobe reckons it from clocks, which jump where recordings
  // were joined, and a cut one says nothing else than a whole one.
  if (/^mpeg/.test(source.format)) return undefined;
  const actual = result.durationSeconds ?? 0;
  if (Math.abs(actual - expected) <= Math.max(1, expected * 0.01)) return undefined;
  return fault(
    reason(actual < expected ? "result-too-short" : "result-too-long", {
      expected: clock(expected),
      actual: clock(actual),
    }),
    `${actual} s instead of ${expected} s`,
  );
}

/** 1:42:07, or 2:07 below an hour. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (number: number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0
    ? `${hours}:${pad(minutes)}:${pad(whole % 60)}`
    : `${minutes}:${pad(whole % 60)}`;
}

const counted = z.object({
  streams: z.array(z.object({ index: z.number(), nb_read_frames: z.coerce.number().catch(0) })),
});

async function decodingFault(
  path: string,
  result: Probe,
  options: ProbeOptions,
): Promise<Fault | undefined> {
  const streams = [
    ...result.video.filter((stream) => !stream.isAttachedPicture).slice(0, 1),
    ...result.audio,
  ];
  const whole = result.durationSeconds ?? 0;
  const endOf = (stream: (typeof streams)[number]) =>
    (stream.startSeconds ?? 0) + (stream.durationSeconds ?? whole);
  // A track may begin later or end sooner than the film, or be shorter than what a decoder needs to
  // get going, which a player leaves out.
  const expectedAt = (place: Place) =>
    streams.filter(
      (stream) =>
        (stream.startSeconds ?? 0) <= place.from &&
        endOf(stream) >= place.to &&
        (stream === streams[0] || (stream.durationSeconds ?? whole) >= leastSoundSeconds),
    );
  const looked = await Promise.all(
    places(whole, streams.map(endOf)).map(async (place) => {
      const silentIn = (frames: Map<number, number>) =>
        expectedAt(place).filter((stream) => (frames.get(stream.index) ?? 0) === 0);
      // Key frames alone are a tenth of the work. A film without any (intra refresh) is decoded
      // frame by frame before anything is said against it.
      const atKeys = silentIn(await countFrames(path, place.interval, options, keyFramesOnly));
      if (atKeys.length === 0) return { place, silent: [] };
      return { place, silent: silentIn(await countFrames(path, place.interval, options, [])) };
    }),
  );
  for (const { place, silent } of looked) {
    for (const stream of silent) {
      const isPicture = stream === streams[0] && result.video.length > 0;
      const missing = isPicture ? "result-no-picture" : "result-no-sound";
      const code = place.isEnd ? "media-incomplete" : missing;
      return fault(reason(code), `stream ${stream.index} gives nothing at ${place.interval}`);
    }
  }
  return undefined;
}

interface Place {
  /** As ffprobe's -read_intervals has it. */
  interval: string;
  from: number;
  to: number;
  isEnd: boolean;
}

/** End, start and middle; a short file is decoded whole. */
function places(wholeSeconds: number, ends: number[]): Place[] {
  if (wholeSeconds < sampleSeconds * 4) {
    return [{ interval: "%", from: wholeSeconds, to: 0, isEnd: false }];
  }
  const middle = wholeSeconds / 2;
  // To the very end: from the key frame before it on, so that the last frames are seen too.
  const lastSeconds = Math.max(...ends.filter((end) => end <= wholeSeconds), 0) - sampleSeconds;
  return [
    // First, so that a film that was cut is called incomplete and not undecodable.
    {
      interval: `${lastSeconds.toFixed(2)}%`,
      from: lastSeconds,
      to: lastSeconds + sampleSeconds / 2,
      isEnd: true,
    },
    { interval: `%+${sampleSeconds}`, from: 0.5, to: 1, isEnd: false },
    {
      interval: `${middle.toFixed(2)}%+${sampleSeconds}`,
      from: middle,
      to: middle + sampleSeconds,
      isEnd: false,
    },
  ];
}

const keyFramesOnly = ["-skip_frame", "nokey"];

async function countFrames(
  path: string,
  interval: string,
  options: ProbeOptions,
  decoding: string[],
): Promise<Map<number, number>> {
  const output = await runFfprobe({
    ffprobePath: options.ffprobePath,
    args: [
      ...["-count_frames", "-read_intervals", interval, ...decoding],
      ...["-show_entries", "stream=index,nb_read_frames", "-of", "json"],
      ...localInput(path),
    ],
    timeoutMs: options.timeoutMs ?? 120_000,
    signal: options.signal,
  });
  const { streams } = counted.parse(JSON.parse(output));
  return new Map(streams.map((stream) => [stream.index, stream.nb_read_frames]));
}
