import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";
import { type MovieSpec, makeMovie } from "../media/make";
import { embeddedSubtitle } from "../support/movie-torrent";

/** Files that the whole library shares. */
export interface Clips {
  /** Two minutes each, H.264 and AAC in MP4: played as they are. */
  uhd: string;
  hd: string;
  sd: string;
  /** English and Turkish sound. */
  twoAudioTracks: string;
  /** Forty minutes that have to be converted. */
  toConvert: string;
  /** A film's name on bytes that are none. */
  damaged: string;
  /** H.264 and AC-3 in Matroska with a subtitle inside, a minute and twelve minutes. */
  release: string;
  longRelease: string;
  sample: string;
}

/** Makes a few seconds and repeats them without encoding them again. */
async function repeated(path: string, times: number, spec: Omit<MovieSpec, "path">) {
  const once = path.replace(/(\.\w+)$/, ".once$1");
  const part = path.replace(/(\.\w+)$/, ".part$1");
  await makeMovie({ ...spec, path: once });
  await runFfmpeg({
    ffmpegPath: process.env.FFMPEG_PATH ?? "ffmpeg",
    args: [
      ...["-stream_loop", String(times - 1), "-i", once, "-map", "0", "-c", "copy"],
      ...(path.endsWith(".mp4") ? ["-movflags", "+faststart"] : []),
      part,
    ],
    timeoutMs: 120_000,
  });
  await rm(once);
  await rename(part, path);
  return path;
}

const small = ["-crf", "34"];

/** Makes all of them below `folder`, a few seconds of work. */
export async function makeClips(folder: string): Promise<Clips> {
  const at = (name: string) => join(folder, name);
  const english = { codec: "aac", language: "eng", title: "English", frequencyHz: 440 } as const;
  const turkish = { codec: "aac", language: "tur", title: "Türkçe", frequencyHz: 660 } as const;
  const film = { framesPerSecond: 10, extra: small, audio: [english] };
  const release: Omit<MovieSpec, "path"> = {
    seconds: 12,
    width: 640,
    height: 268,
    framesPerSecond: 12,
    extra: small,
    audio: [{ codec: "ac3", channels: 6, language: "eng" }],
    subtitles: [{ language: "eng", text: embeddedSubtitle }],
  };
  const [uhd, hd, sd] = await Promise.all([
    repeated(at("uhd.mp4"), 40, {
      ...film,
      seconds: 3,
      framesPerSecond: 4,
      width: 3840,
      height: 2160,
    }),
    repeated(at("hd.mp4"), 24, { ...film, seconds: 5, width: 1920, height: 804 }),
    repeated(at("sd.mp4"), 12, { ...film, seconds: 10, width: 640, height: 360 }),
  ]);
  const [twoAudioTracks, toConvert, single, sample] = await Promise.all([
    repeated(at("two-audio-tracks.mp4"), 12, {
      ...film,
      ...{ seconds: 10, width: 1280, height: 720 },
      audio: [{ ...english, isDefault: true }, turkish],
    }),
    repeated(at("to-convert.avi"), 240, {
      ...{ seconds: 10, width: 640, height: 360, framesPerSecond: 12, video: "mpeg4" as const },
      extra: ["-q:v", "20"],
      audio: [{ codec: "mp3" }],
    }),
    repeated(at("release.mkv"), 5, release),
    makeMovie({ path: at("sample.mkv"), seconds: 2 }),
  ]);
  const longRelease = await repeated(at("long-release.mkv"), 60, {
    ...release,
    extra: ["-crf", "30"],
  });
  await writeFile(at("damaged.mp4"), Buffer.alloc(300_000, "not a film "));
  return {
    ...{ uhd, hd, sd, twoAudioTracks, toConvert, sample, longRelease },
    damaged: at("damaged.mp4"),
    release: single,
  };
}
