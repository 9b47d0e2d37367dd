import type { Original } from "./original";
import { blackBelow, type Playback } from "./player";
import type { Expectation } from "./sheet";

/** How a file ended in Vigilio. */
export type Outcome =
  | { kind: "ready"; playback: Playback }
  /** `code` is the reason's; null when the words are those of no reason. */
  | { kind: "failed"; code: string | null; words: string }
  | { kind: "stuck"; words: string };

export interface Verdict {
  isAsExpected: boolean;
  /** What happened, in a few words. */
  words: string;
}

/** Reasons that say what is wrong with the file itself. */
const aboutTheFile = /^(media|result|original)-/;
/** Those that say that there is sound at most, or something else altogether. */
const noFilm = /^media-(only-sound|no-video|not-video)$/;

/** A picture that reaches this is surely not black: between the two, a film of the night may be. */
const litFrom = 48;
/** A sound below this is as good as silent: −60 dB. */
const silentBelow = 0.001;
/** The least likeness of two pictures of the same thing: turned or mirrored ones stay far below. */
const leastLikeness = 0.75;

/** Holds what happened against what was expected of a file and what the original shows. */
export function judge(expectation: Expectation, original: Original, outcome: Outcome): Verdict {
  if (outcome.kind === "stuck") return { isAsExpected: false, words: outcome.words };
  if (outcome.kind === "failed") {
    const words = `refused: ${outcome.code ?? outcome.words}`;
    const code = outcome.code ?? "";
    if (expectation === "no-film") return { isAsExpected: noFilm.test(code), words };
    if (expectation === "unreadable") return { isAsExpected: /^media-/.test(code), words };
    return {
      isAsExpected: original.fault !== null && aboutTheFile.test(code),
      words: `${words}${original.fault ? ` (the original: ${original.fault})` : ""}`,
    };
  }
  if (expectation !== "film") return { isAsExpected: false, words: "plays, but holds no film" };
  const faults = playbackFaults(original, outcome.playback);
  const { size, currentTime, hasEnded } = outcome.playback;
  const played = `${size.join("×")}, ${currentTime.toFixed(2)} s${hasEnded ? " to the end" : ""}`;
  return { isAsExpected: faults.length === 0, words: [`plays ${played}`, ...faults].join("; ") };
}

function playbackFaults(original: Original, playback: Playback): string[] {
  if (playback.error) return [playback.error];
  const faults: string[] = [];
  if (original.size && !isSizeOf(original.size, playback.size))
    faults.push(`should be ${original.size.join("×")}`);
  if (original.brightest >= litFrom && playback.brightest < blackBelow) faults.push("black");
  const likeness = likenessOf(original.firstPicture, playback.firstPicture);
  if (likeness !== null && likeness < leastLikeness) {
    faults.push(`another picture (likeness ${likeness.toFixed(2)})`);
  }
  const isSilent = (playback.soundPeak ?? 0) < silentBelow;
  if (original.soundPeak !== null && original.soundPeak >= silentBelow && isSilent) {
    faults.push("silent");
  }
  return faults;
}

/** The largest picture of H.264 level 5.2, lying: what is larger is made smaller. */
const largest = [4096, 2304] as const;

function isSizeOf(wanted: [number, number], shown: [number, number]): boolean {
  const [long, short] = [Math.max(...wanted), Math.min(...wanted)];
  const scale = Math.min(1, largest[0] / long, largest[1] / short);
  // A pixel of rounding, one more for even sizes.
  return wanted.every((side, at) => Math.abs(side * scale - (shown[at] ?? 0)) <= 2);
}

/**
 * How alike two pictures are, as the correlation of their values: 1 for the same, whatever their
 * brightness and contrast. Null when one is missing or has too little in it to tell.
 */
export function likenessOf(a: number[] | null, b: number[] | null): number | null {
  if (!a || !b || a.length !== b.length) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    const [fromA, fromB] = [value - meanA, (b[at] ?? 0) - meanB];
    both += fromA * fromB;
    squaresA += fromA ** 2;
    squaresB += fromB ** 2;
  }
  const leastSpread = 8;
  const isFlat = Math.sqrt(Math.min(squaresA, squaresB) / a.length) < leastSpread;
  return isFlat ? null : both / Math.sqrt(squaresA * squaresB);
}
