import { checkFfmpeg, type ProgramFacts } from "@/lib/checks/ffmpeg";
import { AppError, reason } from "@/lib/errors";
import { FfmpegError } from "@/lib/services/ffmpeg/failure";
import { listEncoders } from "@/lib/services/ffmpeg/list-encoders";
import { binaryVersion, locateBinaries } from "@/lib/services/ffmpeg/locate";
import { settingsOf } from "@/lib/settings/data";
import type { Look } from "./context";

async function programFacts(path: string, program: string): Promise<ProgramFacts> {
  try {
    return { path, version: await binaryVersion(path), fault: null };
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    return { path, version: null, fault: reason("ffmpeg-not-runnable", { program }) };
  }
}

/** Runs both programs, and asks what they can. */
export const lookAtFfmpeg: Look = async ({ db, env, services }) => {
  const isHardwareOff = settingsOf(db, env).hardwareEncoding === "off";
  const { FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath } = env.values;
  const located = await locateBinaries({ ffmpegPath, ffprobePath });
  if (!located.ok) {
    const faultOf = (program: string): ProgramFacts => ({
      path: null,
      version: null,
      fault: located.missing.find(({ values }) => values?.program === program) ?? null,
    });
    const [ffmpeg, ffprobe] = [faultOf("ffmpeg"), faultOf("ffprobe")];
    const nothing = { encoders: null, hardware: null, isHardwareOff };
    // Of the one that is there nothing is said: neither does anything alone.
    return checkFfmpeg({ ffmpeg, ffprobe, ...nothing }).filter(({ state }) => state !== "fine");
  }
  const ffmpeg = await programFacts(located.ffmpegPath, "ffmpeg");
  const ffprobe = await programFacts(located.ffprobePath, "ffprobe");
  const runs = ffmpeg.fault === null;
  return checkFfmpeg({
    ffmpeg,
    ffprobe,
    encoders: runs ? await listEncoders(located.ffmpegPath) : null,
    hardware: runs ? await services.hardwareEncoder().catch(nothingWhenStopped) : null,
    isHardwareOff,
  });
};

/** The trial of a chip may be cut off when Vigilio stops. */
function nothingWhenStopped(error: unknown): null {
  if (error instanceof FfmpegError || error instanceof AppError) return null;
  throw error;
}
