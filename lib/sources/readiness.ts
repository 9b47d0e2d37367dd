import type { ReleaseFacts } from "./release-name";

/** What this machine does, from a small encode test. */
export interface WorkSpeed {
  /** Seconds of a 1080p film that are encoded in a second. */
  picture: number;
  /** Seconds of a surround track that are encoded in a second. */
  sound: number;
}

export interface Readiness {
  ready: "at-once" | "sound" | "picture";
  /** Minutes of work after the download; null when it can't be told. */
  minutes: number | null;
}

export interface ReadinessOptions {
  /** What happens to HEVC and AV1 (lib/settings). */
  modernCodecs: "convert" | "keep" | "both";
  /** Null until it was measured. */
  speed: WorkSpeed | null;
  /** Null when nobody knows how long the film is. */
  runtimeMinutes: number | null;
}

/** Of a film whose length nobody knows. */
const usualMinutes = 110;
const fullHdLines = 1080;

/** Kept as they are: every browser plays them (lib/services/ffmpeg/plan-sound.ts). */
const keptSound = /^(aac|mp3)$/i;

/** Cut short by people who made it small: their sound is AAC as a rule, where the name is silent. */
const smallTypes = /^(webrip|bdrip|brrip|web|hdrip|dvdrip|hdtv)$/i;

function isPictureConverted(facts: ReleaseFacts, options: ReadinessOptions): boolean {
  // A name that is silent: 4K is HEVC, everything else H.264.
  const codec = facts.codec ?? ((facts.resolution ?? 0) > fullHdLines ? "hevc" : "h264");
  if (codec === "h264") return facts.isTenBit;
  if (codec === "hevc" || codec === "av1") return options.modernCodecs === "convert";
  return codec !== "vp9";
}

function isSoundConverted(facts: ReleaseFacts): boolean {
  if (facts.audio.length === 0) return !smallTypes.test(facts.type ?? "web");
  if (facts.codec === "av1" && facts.audio.every((name) => /^opus$/i.test(name))) return false;
  return !facts.audio.some((name) => keptSound.test(name));
}

/**
 * What is done to a release after its download, as far as its name tells, and how long that takes
 * here. The file decides in the end (lib/services/ffmpeg/plan.ts); this is for choosing.
 */
export function readinessOf(facts: ReleaseFacts, options: ReadinessOptions): Readiness {
  const seconds = (options.runtimeMinutes ?? usualMinutes) * 60;
  const { speed } = options;
  const minutes = (perSecond: number) => Math.max(1, Math.round(seconds / perSecond / 60));
  if (isPictureConverted(facts, options)) {
    const share = ((facts.resolution ?? fullHdLines) / fullHdLines) ** 2;
    return { ready: "picture", minutes: speed && minutes(speed.picture / share) };
  }
  if (isSoundConverted(facts)) return { ready: "sound", minutes: speed && minutes(speed.sound) };
  return { ready: "at-once", minutes: 0 };
}
