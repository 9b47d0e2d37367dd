import { filmStream } from "./plan-picture";
import type { AudioStream, Probe, VideoStream } from "./probe-types";

type Support = "yes" | "no" | "unknown";

/** Whether a browser plays it; `unknown` where that depends on the device. */
export interface PlaysIn {
  chrome: Support;
  firefox: Support;
  safari: Support;
  edge: Support;
}

/**
 * The `codecs` parameter (RFC 6381) of a published MP4, as `avc1.640028,mp4a.40.2`: its picture
 * and its first sound track. Null when there is none for a codec in it.
 */
export function codecsOf(probe: Probe): string | null {
  const video = filmStream(probe);
  const first = probe.audio[0];
  const parts = [video && videoString(video), ...(first ? [audioString(first)] : [])];
  return parts.every((part) => part) ? parts.join(",") : null;
}

/** Profile number and constraint flags (ITU-T H.264, A.2), the two bytes before the level. */
const avcProfiles: Record<string, string> = {
  Baseline: "4200",
  "Constrained Baseline": "42e0",
  Main: "4d40",
  High: "6400",
  "Constrained High": "640c",
  "Progressive High": "6408",
};

function videoString(stream: VideoStream): string | null {
  const level = stream.level ?? levelFor(stream);
  if (stream.codec === "h264") {
    const profile = avcProfiles[stream.profile ?? "High"];
    return profile ? `avc1.${profile}${level.toString(16).padStart(2, "0")}` : null;
  }
  if (stream.codec === "hevc") {
    // ISO/IEC 14496-15, annex E: profile, compatibility bits reversed, tier and level, constraints.
    return stream.bitDepth > 8
      ? `hvc1.2.4.L${stream.level ?? 120}.B0`
      : `hvc1.1.6.L${stream.level ?? 120}.B0`;
  }
  const depth = String(stream.bitDepth).padStart(2, "0");
  if (stream.codec === "vp9") {
    const profile = /(\d)/.exec(stream.profile ?? "0")?.[1] ?? "0";
    return `vp09.0${profile}.${String(level).padStart(2, "0")}.${depth}`;
  }
  if (stream.codec === "av1") {
    // seq_level_idx counts from level 2.0 in quarters; 8 is 4.0.
    return `av01.0.${String(stream.level ?? 8).padStart(2, "0")}M.${depth}`;
  }
  return null;
}

/** A level that is high enough for the size, where the file names none; ten times the number. */
function levelFor(stream: VideoStream): number {
  const samplesPerSecond = stream.codedWidth * stream.codedHeight * (stream.frameRate ?? 30);
  if (samplesPerSecond <= 1280 * 720 * 30) return 31;
  if (samplesPerSecond <= 1920 * 1088 * 30) return 40;
  if (samplesPerSecond <= 1920 * 1088 * 60) return 41;
  return samplesPerSecond <= 4096 * 2176 * 30 ? 50 : 52;
}

const aacObjectTypes: Record<string, number> = { LC: 2, "HE-AAC": 5, "HE-AACv2": 29 };

function audioString(stream: AudioStream): string | null {
  switch (stream.codec) {
    case "aac":
      return `mp4a.40.${aacObjectTypes[stream.profile ?? "LC"] ?? 2}`;
    case "mp3":
      return "mp4a.6b";
    case "opus":
      return "opus";
    case "ac3":
      return "ac-3";
    case "eac3":
      return "ec-3";
    default:
      return null;
  }
}

const everywhere: PlaysIn = { chrome: "yes", firefox: "yes", safari: "yes", edge: "yes" };
const nowhere: PlaysIn = { chrome: "no", firefox: "no", safari: "no", edge: "no" };
/** Safari has both since 17, and AV1 only where the chip decodes it. */
const notAllSafaris: PlaysIn = { ...everywhere, safari: "unknown" };

const support: Record<string, PlaysIn> = {
  h264: everywhere,
  // With a hardware decoder, and in Firefox since 134 on some systems.
  hevc: { chrome: "unknown", firefox: "unknown", safari: "yes", edge: "unknown" },
  vp9: notAllSafaris,
  av1: notAllSafaris,
  aac: everywhere,
  mp3: everywhere,
  opus: notAllSafaris,
  // Chrome and Firefox have no decoder; Edge takes the one of Windows.
  ac3: { chrome: "no", firefox: "no", safari: "yes", edge: "unknown" },
  eac3: { chrome: "no", firefox: "no", safari: "yes", edge: "unknown" },
};

/** Where a published MP4 plays with picture and sound, from what is in it. */
export function playsIn(probe: Probe): PlaysIn {
  const film = filmStream(probe);
  if (!film) return nowhere;
  const isPlain = film.codec !== "h264" || (film.bitDepth === 8 && film.chroma === "4:2:0");
  const first = probe.audio[0];
  const needs = [
    isPlain ? (support[film.codec] ?? nowhere) : nowhere,
    first ? (support[first.codec] ?? nowhere) : everywhere,
  ];
  const worst = (browser: keyof PlaysIn): Support =>
    (["no", "unknown"] as const).find((bad) => needs.some((need) => need[browser] === bad)) ??
    "yes";
  return {
    chrome: worst("chrome"),
    firefox: worst("firefox"),
    safari: worst("safari"),
    edge: worst("edge"),
  };
}
