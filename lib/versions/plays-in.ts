import type { VersionView } from "./schema";

type PlaysIn = NonNullable<VersionView["playsIn"]>;
type Support = PlaysIn["chrome"];

const everywhere: PlaysIn = { chrome: "yes", firefox: "yes", safari: "yes", edge: "yes" };
const unknown: PlaysIn = {
  chrome: "unknown",
  firefox: "unknown",
  safari: "unknown",
  edge: "unknown",
};

/**
 * What current browsers do with a codec inside an MP4. "unknown" where it hangs on the device:
 * HEVC and AV1 need hardware in some, AC-3 a licence of the system.
 */
const byCodec: Record<string, PlaysIn> = {
  h264: everywhere,
  aac: everywhere,
  mp3: everywhere,
  flac: everywhere,
  opus: { ...everywhere, safari: "unknown" },
  vp9: { ...everywhere, safari: "unknown" },
  av1: { ...everywhere, safari: "unknown" },
  hevc: { ...unknown, safari: "yes" },
  ac3: { chrome: "no", firefox: "no", safari: "yes", edge: "unknown" },
  eac3: { chrome: "no", firefox: "no", safari: "yes", edge: "unknown" },
};

/**
 * In which browsers a published file plays, picture and default sound.
 *
 * @param codecs names as ffprobe gives them; null when there is no such stream.
 */
export function playsIn(codecs: { video: string | null; audio: string | null }): PlaysIn {
  const streams = [codecs.video, codecs.audio]
    .filter((codec) => codec !== null)
    .map((codec) => byCodec[codec.toLowerCase()] ?? unknown);
  const worst = (browser: keyof PlaysIn): Support => {
    const all = streams.map((support) => support[browser]);
    return all.includes("no") ? "no" : all.includes("unknown") ? "unknown" : "yes";
  };
  return {
    chrome: worst("chrome"),
    firefox: worst("firefox"),
    safari: worst("safari"),
    edge: worst("edge"),
  };
}
