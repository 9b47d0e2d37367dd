/**
 * Records what ffprobe says about films of many kinds into tests/media/probes, for the tests of
 * the plan: `npx tsx tests/media/record-probes.ts`.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { runFfmpeg, runFfprobe } from "@/lib/services/ffmpeg/run";
import { type MovieSpec, makeMovie } from "./make";

const srt = "1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n";

const films: Record<string, { extension: string; spec: Omit<MovieSpec, "path"> }> = {
  "mp4-h264-aac": { extension: "mp4", spec: {} },
  "mp4-h264-mp3": { extension: "mp4", spec: { audio: [{ codec: "mp3" }] } },
  "mp4-h264-silent": { extension: "mp4", spec: { audio: [] } },
  "mp4-h264-aac51": { extension: "mp4", spec: { audio: [{ codec: "aac", channels: 6 }] } },
  "mp4-cover-first": { extension: "mp4", spec: { cover: "first" } },
  "mp4-rotated": { extension: "mp4", spec: { rotation: 90 } },
  "mov-h264-pcm": { extension: "mov", spec: { audio: [{ codec: "pcm" }] } },
  "mp4-hevc-eac3": {
    extension: "mp4",
    spec: { video: "hevc", audio: [{ codec: "eac3", channels: 6 }] },
  },
  "mkv-h264-ac3-srt": {
    extension: "mkv",
    spec: {
      title: "Some.Film.1999.1080p-GROUP",
      audio: [{ codec: "ac3", channels: 6, language: "eng" }],
      subtitles: [
        { text: srt, language: "eng", title: "English (SDH)" },
        { text: srt, language: "por", title: "Brazilian Portuguese" },
        { text: srt, language: "eng", isForced: true },
      ],
      chapters: [
        { startSeconds: 0, endSeconds: 2, title: "Opening" },
        { startSeconds: 2, endSeconds: 4, title: "The end" },
      ],
    },
  },
  "mkv-h264-three-tracks": {
    extension: "mkv",
    spec: {
      audio: [
        { codec: "aac", language: "eng", title: "Commentary by the director", isDefault: true },
        { codec: "dts", channels: 6, language: "fre", isDefault: true },
        { codec: "ac3", language: "ger", isDefault: true },
      ],
    },
  },
  "mkv-h264-flac": { extension: "mkv", spec: { audio: [{ codec: "flac" }] } },
  "mkv-h264-truehd": { extension: "mkv", spec: { audio: [{ codec: "truehd", channels: 6 }] } },
  "mkv-h264-opus": { extension: "mkv", spec: { audio: [{ codec: "opus" }] } },
  "mkv-h264-10bit": { extension: "mkv", spec: { video: "h264-10bit" } },
  "mkv-h264-444": { extension: "mkv", spec: { video: "h264-444", width: 321, height: 181 } },
  "mkv-h264-interlaced": {
    extension: "mkv",
    spec: { video: "h264-interlaced", framesPerSecond: 50 },
  },
  "mkv-sound-only": { extension: "mkv", spec: { video: null } },
  "webm-vp9-opus": { extension: "webm", spec: { video: "vp9", audio: [{ codec: "opus" }] } },
  "webm-vp8-vorbis": { extension: "webm", spec: { video: "vp8", audio: [{ codec: "vorbis" }] } },
  "ogv-theora-vorbis": {
    extension: "ogv",
    spec: { video: "theora", audio: [{ codec: "vorbis" }] },
  },
  "mpg-mpeg2-mp2": {
    extension: "mpg",
    spec: {
      video: "mpeg2",
      width: 720,
      height: 576,
      sampleAspectRatio: "16:15",
      audio: [{ codec: "mp2" }],
    },
  },
  "avi-mpeg4-mp3": { extension: "avi", spec: { video: "mpeg4", audio: [{ codec: "mp3" }] } },
  "ts-h264-aac": { extension: "ts", spec: {} },
  "ts-starts-late": { extension: "ts", spec: { extra: ["-output_ts_offset", "5000"] } },
  "mp4-h264-422": { extension: "mp4", spec: { video: "h264-422" } },
  "mp4-mpeg4-alac": { extension: "mp4", spec: { video: "mpeg4", audio: [{ codec: "alac" }] } },
  "mp4-h264-mp2": { extension: "mp4", spec: { audio: [{ codec: "mp2", channels: 1 }] } },
  "mp4-av1-aac": { extension: "mp4", spec: { video: "av1" } },
  "mkv-av1-opus": { extension: "mkv", spec: { video: "av1", audio: [{ codec: "opus" }] } },
  "mkv-hevc-10bit-hdr": {
    extension: "mkv",
    spec: { video: "hevc-10bit", audio: [{ codec: "dts", channels: 6 }] },
  },
  "webm-vp9-10bit": {
    extension: "webm",
    spec: { video: "vp9-10bit", audio: [{ codec: "opus" }] },
  },
  "mkv-vp9-aac": { extension: "mkv", spec: { video: "vp9" } },
  "avi-h264-reordered": {
    extension: "avi",
    spec: { audio: [{ codec: "ac3" }], extra: ["-preset", "veryfast", "-bf", "2"] },
  },
  "avi-h264-in-order": {
    extension: "avi",
    spec: { audio: [{ codec: "mp3" }], extra: ["-bf", "0"] },
  },
  "avi-mjpeg-pcm": { extension: "avi", spec: { video: "mjpeg", audio: [{ codec: "pcm" }] } },
  "mov-prores-alac": { extension: "mov", spec: { video: "prores", audio: [{ codec: "alac" }] } },
  "mov-timecode": { extension: "mov", spec: { extra: ["-timecode", "01:00:00:00"] } },
  "wmv-wmv2-wma": { extension: "wmv", spec: { video: "wmv2", audio: [{ codec: "wma" }] } },
  "flv-h264-mp3": {
    extension: "flv",
    spec: { audio: [{ codec: "mp3" }], extra: ["-ar", "44100"] },
  },
  "mp4-uneven": {
    extension: "mp4",
    spec: {
      video: "mpeg4",
      framesPerSecond: 30,
      extra: ["-vf", "select='lt(t,2)+lt(mod(t,1),0.3)'", "-vsync", "vfr"],
    },
  },
  "mkv-attachment": {
    extension: "mkv",
    spec: {
      extra: [
        ...["-attach", import.meta.filename],
        ...["-metadata:s:t", "mimetype=application/x-truetype-font"],
        ...["-metadata:s:t", "filename=font.ttf"],
      ],
    },
  },
};

/** What takes a second step: arguments that make a film out of another. */
const remade: Record<string, { from: string; seekSeconds?: number; args: string[] }> = {
  // From between two key frames on: the edit list says what is not shown.
  "mp4-edit-list": {
    from: "mp4-h264-aac",
    seekSeconds: 1.3,
    args: ["-c", "copy", "-movflags", "+faststart"],
  },
  // A small picture first, the film second.
  "mkv-two-pictures": {
    from: "mkv-h264-ac3-srt",
    args: [
      ...["-map", "0:v", "-map", "0:v", "-map", "0:a", "-c", "copy"],
      ...["-c:v:0", "libx264", "-filter:v:0", "scale=160:90"],
    ],
  },
};

const folder = join(import.meta.dirname, "probes");
await mkdir(folder, { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), "vigilio-probes-"));
for (const [name, { extension, spec }] of Object.entries(films)) {
  await record(name, await makeMovie({ ...spec, path: join(scratch, `${name}.${extension}`) }));
}
for (const [name, { from, seekSeconds = 0, args }] of Object.entries(remade)) {
  const extension = films[from]?.extension ?? "";
  const path = join(scratch, `${name}.${extension}`);
  await runFfmpeg({
    ffmpegPath: process.env.FFMPEG_PATH ?? "ffmpeg",
    args: [
      ...["-ss", String(seekSeconds), "-i", join(scratch, `${from}.${extension}`)],
      ...[...args, path],
    ],
    timeoutMs: 30_000,
  });
  await record(name, path);
}
await rm(scratch, { recursive: true, force: true });

async function record(name: string, path: string): Promise<void> {
  const output = await runFfprobe({
    ffprobePath: process.env.FFPROBE_PATH ?? "ffprobe",
    args: ["-show_format", "-show_streams", "-show_chapters", "-of", "json", path],
    timeoutMs: 30_000,
  });
  const recorded = JSON.parse(output);
  recorded.format.filename = basename(path);
  for (const stream of recorded.streams) {
    // Dozens of zeros say nothing; what is not named is not set.
    stream.disposition = Object.fromEntries(
      Object.entries(stream.disposition).filter(([, value]) => value === 1),
    );
  }
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(recorded, null, 2)}\n`);
}
