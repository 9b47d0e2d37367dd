/** What is known of a version where it is to be played. */
export interface Fitting {
  /** Lines of the 16:9 frame that its picture lies in. */
  lines: number;
  /** What this browser says of it. */
  plays: "yes" | "maybe" | "no";
}

/** Sizes this near to each other are the same to people: 1280 × 718 is 720p. */
const sameSize = 1.02;
/** A picture a little smaller than the screen looks as good as one of its size. */
const enough = 0.85;

/** Those that this browser may play; all, when it says that it plays none. */
export function playable<Version extends Fitting>(versions: readonly Version[]): Version[] {
  const found = versions.filter(({ plays }) => plays !== "no");
  return found.length > 0 ? found : [...versions];
}

/**
 * The version to begin with: never one that this browser can't play when another can. The size that
 * was wanted last, or the next smaller one; for who never said, the smallest that fills the screen,
 * of those that the browser is sure of. Of two alike the earlier one.
 */
export function fittingVersion<Version extends Fitting>(
  versions: readonly Version[],
  { wantedLines, screenLines }: { wantedLines: number | null; screenLines: number },
): Version | null {
  const all = playable(versions);
  const sure = all.filter(({ plays }) => plays === "yes");
  const smaller = (a: Version, b: Version) => (b.lines < a.lines ? b : a);
  const taller = (a: Version, b: Version) => (b.lines > a.lines ? b : a);
  const pick = (rows: readonly Version[], better: typeof taller): Version | null =>
    rows.length > 0 ? rows.reduce(better) : null;

  if (wantedLines !== null) {
    const surest = [...sure, ...all.filter(({ plays }) => plays !== "yes")];
    const within = surest.filter(({ lines }) => lines <= wantedLines * sameSize);
    return pick(within, taller) ?? pick(surest, smaller);
  }
  const offered = sure.length > 0 ? sure : all;
  const filling = offered.filter(({ lines }) => lines >= screenLines * enough);
  return pick(filling, smaller) ?? pick(offered, taller);
}

/** Sizes that have a name, by lines. */
const names = [
  [2160, "4K"],
  [1440, "1440p"],
  [1080, "1080p"],
  [720, "720p"],
  [576, "576p"],
  [480, "480p"],
  [360, "360p"],
  [240, "240p"],
] as const;

const codecNames: Record<string, string> = {
  h264: "H.264",
  hevc: "HEVC",
  av1: "AV1",
  vp9: "VP9",
};

function sizeName(lines: number): string {
  const apart = (standard: number) => Math.max(standard, lines) / Math.min(standard, lines);
  const [standard, name] = names.reduce((best, one) =>
    apart(one[0]) < apart(best[0]) ? one : best,
  );
  return apart(standard) <= 1.1 ? name : `${lines}p`;
}

/** What versions are called in a menu: 4K, 1080p; with the codec where two would be called the same. */
export function versionNames(
  versions: readonly { lines: number; videoCodec: string | null }[],
): string[] {
  const sizes = versions.map(({ lines }) => sizeName(lines));
  return versions.map(({ videoCodec }, at) => {
    const size = sizes[at] ?? "";
    const isAlone = sizes.filter((one) => one === size).length === 1;
    if (isAlone || !videoCodec) return size;
    return `${size} ${codecNames[videoCodec.toLowerCase()] ?? videoCodec.toUpperCase()}`;
  });
}
