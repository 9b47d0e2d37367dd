import { type Reason, reason } from "@/lib/errors";

export const browsers = ["chrome", "firefox", "safari", "edge"] as const;
type Browser = (typeof browsers)[number];

/** Whether a browser plays something, and why it may not. */
interface Verdict {
  plays: "yes" | "no" | "unknown";
  /** Null when it does. */
  why: Reason | null;
}
type Verdicts = Record<Browser, Verdict>;

const yes: Verdict = { plays: "yes", why: null };
const everywhere: Verdicts = { chrome: yes, firefox: yes, safari: yes, edge: yes };
const everyOne = (verdict: Verdict): Verdicts => ({
  chrome: verdict,
  firefox: verdict,
  safari: verdict,
  edge: verdict,
});

const unsure = (why: Reason): Verdict => ({ plays: "unknown", why });
const never = (why: Reason): Verdict => ({ plays: "no", why });

/** Chrome, Edge and (since 134, on some systems) Firefox hand HEVC to the device's own decoder. */
const byDevice = unsure(reason("plays-hevc"));
const dolby: Verdicts = {
  chrome: never(reason("plays-no-dolby")),
  firefox: never(reason("plays-no-dolby")),
  safari: yes,
  edge: unsure(reason("plays-dolby-of-windows")),
};

/** What current browsers do with a codec inside an MP4. */
const byCodec: Record<string, Verdicts> = {
  h264: everywhere,
  aac: everywhere,
  mp3: everywhere,
  flac: everywhere,
  opus: { ...everywhere, safari: unsure(reason("plays-opus")) },
  vp9: { ...everywhere, safari: unsure(reason("plays-vp9")) },
  av1: { ...everywhere, safari: unsure(reason("plays-av1")) },
  hevc: { chrome: byDevice, firefox: byDevice, safari: yes, edge: byDevice },
  ac3: dolby,
  eac3: dolby,
};

/** H.264 profiles that browsers decode (profile_idc of ITU-T H.264): Baseline, Main, High. */
const plainAvc = /^avc1\.(42|4d|64)/i;

/**
 * What stands in the `codecs` parameter (RFC 6381) beside the codec's name: a profile of H.264 with
 * 10 bits or finer colours is decoded nowhere, one of HEVC beyond Main and Main 10 may be.
 */
function ofProfile(codecs: string): Verdicts {
  const picture = codecs.split(",")[0] ?? "";
  if (/^avc1\./i.test(picture) && !plainAvc.test(picture)) {
    return everyOne(never(reason("plays-h264-profile")));
  }
  const isOtherHevc = /^(hvc1|hev1)\./i.test(picture) && !/^\w+\.[12]\./.test(picture);
  return isOtherHevc ? everyOne(unsure(reason("plays-hevc-profile"))) : everywhere;
}

function ofCodec(codec: string | null): Verdicts {
  if (codec === null) return everywhere;
  const known = byCodec[codec.toLowerCase()];
  return known ?? everyOne(unsure(reason("plays-unknown", { codec: codec.toUpperCase() })));
}

/**
 * In which browsers a published file plays, picture and default sound, and why not where it may not.
 *
 * @param file names as ffprobe gives them, null when there is no such stream, and the RFC 6381
 *   codecs of the file; null when they are not known.
 */
export function playsIn(file: {
  video: string | null;
  audio: string | null;
  codecs: string | null;
}): Verdicts {
  const parts = [
    ...(file.codecs === null ? [] : [ofProfile(file.codecs)]),
    ofCodec(file.video),
    ofCodec(file.audio),
  ];
  const worst = (browser: Browser): Verdict => {
    const all = parts.map((verdicts) => verdicts[browser]);
    return (
      all.find(({ plays }) => plays === "no") ?? all.find(({ plays }) => plays === "unknown") ?? yes
    );
  };
  return {
    chrome: worst("chrome"),
    firefox: worst("firefox"),
    safari: worst("safari"),
    edge: worst("edge"),
  };
}
