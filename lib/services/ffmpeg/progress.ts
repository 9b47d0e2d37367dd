/** How far a run of ffmpeg is. */
export interface Progress {
  /** 0 to 1; null when the length of the result is not known. */
  fraction: number | null;
  /** How much of the film is written, in seconds of film. */
  outTimeSeconds: number;
  /** Seconds of film per second of work; null until ffmpeg knows. */
  speed: number | null;
  /** Seconds of work that are left at this speed; null when it cannot be told. */
  remainingSeconds: number | null;
}

/**
 * Reads what `ffmpeg -progress pipe:1` prints: blocks of `key=value` lines that each end with
 * `progress=continue` or `progress=end`. `N/A` stands for a value that ffmpeg does not have yet.
 *
 * @param durationSeconds Length of the result; undefined when it is not known.
 * @returns A function that takes text as it arrives (lines may be cut anywhere) and gives the
 *   state after the last whole block in it, or undefined when no block ended.
 */
export function progressReader(
  durationSeconds: number | undefined,
): (text: string) => Progress | undefined {
  let rest = "";
  let outTimeSeconds = 0;
  let speed: number | null = null;

  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    let latest: Progress | undefined;
    for (const line of lines) {
      const at = line.indexOf("=");
      const key = line.slice(0, at).trim();
      const value = line.slice(at + 1).trim();
      if (key === "out_time_us") {
        // Before the first frame ffmpeg prints N/A, or the smallest number that it can hold.
        const micros = Number(value);
        if (Number.isFinite(micros) && micros >= 0) outTimeSeconds = micros / 1_000_000;
      } else if (key === "speed") {
        const times = Number(value.replace(/x$/, ""));
        speed = Number.isFinite(times) && times > 0 ? times : null;
      } else if (key === "progress") {
        latest = progressAt(outTimeSeconds, speed, durationSeconds, value === "end");
      }
    }
    return latest;
  };
}

function progressAt(
  outTimeSeconds: number,
  speed: number | null,
  durationSeconds: number | undefined,
  isEnd: boolean,
): Progress {
  if (isEnd) return { fraction: 1, outTimeSeconds, speed, remainingSeconds: 0 };
  if (!durationSeconds) return { fraction: null, outTimeSeconds, speed, remainingSeconds: null };
  const fraction = Math.min(1, outTimeSeconds / durationSeconds);
  const leftSeconds = Math.max(0, durationSeconds - outTimeSeconds);
  // An encoder takes dozens of frames in before it gives the first one out, while copied sound runs
  // ahead: what the speed of the first moments says is days, or nothing.
  const isSteady = outTimeSeconds >= Math.min(10, durationSeconds / 10);
  return {
    fraction,
    outTimeSeconds,
    speed,
    remainingSeconds: speed === null || !isSteady ? null : leftSeconds / speed,
  };
}
