import { readdir } from "node:fs/promises";
import { logFor } from "@/lib/log";
import { deviceArgs, encoderArgs, type HardwareEncoder, uploadFilter } from "./encoders";
import { FfmpegError } from "./failure";
import { binaryVersion } from "./locate";
import { runFfmpeg } from "./run";

const log = logFor("ffmpeg");

/** Long enough for a chip that wakes up; a driver that hangs is given up. */
const trialMs = 20_000;

/** By ffmpeg's path and version: another build may know other chips. On globalThis, see run.ts. */
const shared = globalThis as { vigilioHardware?: Map<string, Promise<HardwareEncoder | null>> };
shared.vigilioHardware ??= new Map();
const known = shared.vigilioHardware;

export interface HardwareSearch {
  ffmpegPath: string;
  /** Where the system shows graphics chips; another folder for tests. */
  deviceFolder?: string;
}

/**
 * The first way to encode on a graphics chip that proves itself by encoding a few pictures; null
 * when none does, which is the usual case without a chip, its driver, or the right to use it. Looked
 * for once for each ffmpeg: a chip that is put in later is found after a restart.
 */
export async function findHardware(search: HardwareSearch): Promise<HardwareEncoder | null> {
  const version = await binaryVersion(search.ffmpegPath);
  const key = `${search.ffmpegPath} ${version} ${search.deviceFolder ?? ""}`;
  const found = known.get(key) ?? look(search);
  known.set(key, found);
  // What failed without saying anything about the chip is looked at again.
  found.catch(() => known.delete(key));
  return found;
}

async function look({ ffmpegPath, deviceFolder = "/dev/dri" }: HardwareSearch) {
  const names = await readdir(deviceFolder).catch((): string[] => []);
  const devices = names.filter((name) => /^renderD\d+$/.test(name)).sort();
  const candidates: HardwareEncoder[] = [
    { kind: "nvenc", device: null },
    ...devices.flatMap((name) =>
      (["qsv", "vaapi"] as const).map((kind) => ({ kind, device: `${deviceFolder}/${name}` })),
    ),
  ];
  for (const candidate of candidates) {
    if (await works(ffmpegPath, candidate)) {
      log.info(candidate, "pictures are encoded by the graphics chip");
      return candidate;
    }
  }
  log.info({ tried: candidates.length }, "no graphics chip encodes: pictures are encoded by x264");
  return null;
}

/** Encodes ten small pictures into nothing, with the very arguments that a film gets. */
async function works(ffmpegPath: string, encoder: HardwareEncoder): Promise<boolean> {
  try {
    await runFfmpeg({
      ffmpegPath,
      args: [
        ...deviceArgs(encoder),
        ...["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-frames:v", "10"],
        ...["-filter:v:0", ["setsar=1", ...uploadFilter(encoder)].join(",")],
        ...encoderArgs(trial, encoder),
        ...["-profile:v:0", "high", "-g:v:0", "100", "-f", "null", "-"],
      ],
      timeoutMs: trialMs,
    });
    return true;
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    if (error.reason.code === "ffmpeg-stopped") throw error;
    log.debug({ ...encoder, detail: error.detail }, "a graphics chip does not encode");
    return false;
  }
}

/** What the arguments of a film's encoder depend on. */
const trial: Parameters<typeof encoderArgs>[0] = { crf: 20, preset: "veryfast" };
