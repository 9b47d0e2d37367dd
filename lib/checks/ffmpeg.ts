import type { Reason } from "@/lib/errors";
import type { Check } from "./schema";

export interface ProgramFacts {
  path: string | null;
  /** Null when it could not be run. */
  version: string | null;
  /** Why it was not found or did not run. */
  fault: Reason | null;
}

export interface FfmpegFacts {
  ffmpeg: ProgramFacts;
  ffprobe: ProgramFacts;
  /** Names of what this ffmpeg encodes with; null when it could not be asked. */
  encoders: ReadonlySet<string> | null;
  hardware: { kind: string; device: string | null } | null;
  isHardwareOff: boolean;
}

const area = "ffmpeg";
const install = "sudo apt-get install ffmpeg";

/** Picture, sound, subtitles and previews of a film: nothing can be prepared without them. */
export const neededEncoders = ["libx264", "aac", "srt", "mjpeg"];

/** Whether films can be looked at and prepared, and by what. */
export function checkFfmpeg(facts: FfmpegFacts): Check[] {
  const checks = [checkProgram("ffmpeg", facts.ffmpeg), checkProgram("ffprobe", facts.ffprobe)];
  if (facts.encoders) checks.push(checkEncoders(facts.encoders), checkHardware(facts));
  return checks;
}

function checkProgram(name: "ffmpeg" | "ffprobe", { path, version, fault }: ProgramFacts): Check {
  if (!fault) {
    const values = { version: version ?? "?", path: path ?? "" };
    return { area, name, state: "fine", told: "program-fine", values };
  }
  const values = { program: name };
  if (fault.code === "ffmpeg-not-found") {
    return { area, name, state: "broken", told: "program-missing", values, command: install };
  }
  return { area, name, state: "broken", told: "program-fails", values, detail: fault };
}

function checkEncoders(encoders: ReadonlySet<string>): Check {
  const name = "encoders";
  const missing = neededEncoders.filter((one) => !encoders.has(one));
  if (missing.length > 0) {
    const values = { missing: missing.join(", ") };
    return { area, name, state: "broken", told: "encoders-missing", values, command: install };
  }
  const values = { names: neededEncoders.join(", ") };
  return { area, name, state: "fine", told: "encoders-fine", values };
}

function checkHardware({ hardware, isHardwareOff }: FfmpegFacts): Check {
  const about = { area, name: "hardware", state: "fine" } as const;
  if (isHardwareOff) {
    return { ...about, told: "hardware-off", href: "/manage/settings/conversion" };
  }
  if (!hardware) return { ...about, told: "hardware-none" };
  const values = { kind: hardware.kind.toUpperCase(), device: hardware.device ?? "-" };
  return { ...about, told: "hardware-fine", values };
}
