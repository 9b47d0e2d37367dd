import { mkdtemp, open, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";

/** How each kind of picture is encoded: as fast as the encoder goes. */
const videoEncoders = {
  h264: ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"],
  "h264-10bit": ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"],
  "h264-422": ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv422p"],
  "h264-444": ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p"],
  "h264-interlaced": [
    ...["-vf", "interlace,setfield=tff", "-c:v", "libx264", "-preset", "ultrafast"],
    ...["-pix_fmt", "yuv420p", "-x264-params", "tff=1", "-flags", "+ildct+ilme"],
  ],
  hevc: [
    ...["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error"],
    ...["-pix_fmt", "yuv420p", "-tag:v", "hvc1"],
  ],
  "hevc-10bit": [
    ...["-c:v", "libx265", "-preset", "ultrafast", "-x265-params"],
    ...["log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"],
    ...["-pix_fmt", "yuv420p10le", "-tag:v", "hvc1"],
  ],
  av1: ["-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime", "-pix_fmt", "yuv420p"],
  mpeg2: ["-c:v", "mpeg2video", "-q:v", "5", "-pix_fmt", "yuv420p"],
  mpeg4: ["-c:v", "mpeg4", "-q:v", "5", "-bf", "2"],
  vp8: ["-c:v", "libvpx", "-threads", "1", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M"],
  vp9: ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M"],
  "vp9-10bit": [
    ...["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M"],
    ...["-pix_fmt", "yuv420p10le"],
  ],
  wmv2: ["-c:v", "wmv2", "-q:v", "5"],
  mjpeg: ["-c:v", "mjpeg", "-q:v", "5", "-pix_fmt", "yuvj422p"],
  prores: ["-c:v", "prores_ks", "-profile:v", "0", "-pix_fmt", "yuv422p10le"],
  theora: ["-c:v", "libtheora", "-q:v", "5", "-pix_fmt", "yuv420p"],
};
export type VideoKind = keyof typeof videoEncoders;

const audioEncoders = {
  aac: ["aac"],
  ac3: ["ac3"],
  eac3: ["eac3"],
  dts: ["dca", "-strict", "-2"],
  truehd: ["truehd", "-strict", "-2"],
  mp3: ["libmp3lame"],
  mp2: ["mp2"],
  opus: ["libopus"],
  vorbis: ["libvorbis"],
  flac: ["flac"],
  pcm: ["pcm_s16le"],
  alac: ["alac"],
  wma: ["wmav2"],
};
export type AudioKind = keyof typeof audioEncoders;

const layouts: Record<number, string> = { 1: "mono", 2: "stereo", 6: "5.1", 8: "7.1" };

export interface AudioSpec {
  codec: AudioKind;
  /** 1, 2, 6 or 8; stereo when absent. */
  channels?: number;
  /** ISO 639-2. */
  language?: string;
  title?: string;
  /** The tone: what tells tracks apart by ear and by measurement. */
  frequencyHz?: number;
  isDefault?: boolean;
  isCommentary?: boolean;
  /** Only this channel sounds, evenly, at an amplitude of 0.25 (2 is the centre of 5.1). */
  onlyChannel?: number;
  /** Ends before the picture does. */
  seconds?: number;
}

export interface SubtitleSpec {
  /** ISO 639-2. */
  language?: string;
  title?: string;
  /** SRT text, or ASS or WebVTT when `format` says so. */
  text: string;
  format?: "srt" | "ass" | "vtt";
  isForced?: boolean;
}

export interface MovieSpec {
  /** Its extension chooses the container: mkv, mp4, mov, avi, ts, mpg, webm, ogv, wmv, flv. */
  path: string;
  seconds?: number;
  width?: number;
  height?: number;
  framesPerSecond?: number;
  /** Null: sound only. */
  video?: VideoKind | null;
  /** In order; one stereo AAC track when absent. */
  audio?: AudioSpec[];
  subtitles?: SubtitleSpec[];
  chapters?: { startSeconds: number; endSeconds: number; title: string }[];
  /** Title of the whole file, as release groups leave it. */
  title?: string;
  /** MP4 and MOV: index in front. */
  isFastStart?: boolean;
  /** MP4 and MOV: degrees clockwise that players turn the picture. */
  rotation?: 90 | 180 | 270;
  /** Width of a pixel by its height, as `4:3`. */
  sampleAspectRatio?: string;
  /** MP4 and Matroska: a still picture as cover, as the first stream where `first`. */
  cover?: "first" | "last";
  /** More arguments for the output. */
  extra?: string[];
}

/**
 * Makes a film with real ffmpeg: a moving test picture that flashes white, and tones that beep, in
 * the first tenth of every second, so that picture and sound can be compared.
 */
export async function makeMovie(spec: MovieSpec): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "vigilio-media-"));
  try {
    const part = `${spec.path}.part${extname(spec.path)}`;
    await runFfmpeg({
      ffmpegPath: process.env.FFMPEG_PATH ?? "ffmpeg",
      args: [...(await argsOf(spec, scratch)), part],
      timeoutMs: 120_000,
    });
    if (spec.rotation) await turn(part, spec.rotation);
    await rename(part, spec.path);
    return spec.path;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function argsOf(spec: MovieSpec, scratch: string): Promise<string[]> {
  const seconds = spec.seconds ?? 4;
  const audio = spec.audio ?? [{ codec: "aac" }];
  const kind = spec.video === undefined ? "h264" : spec.video;
  const inputs: string[] = [];
  const maps: string[] = [];
  const add = (input: string[]) => {
    maps.push(String(inputs.filter((part) => part === "-i").length));
    inputs.push(...input);
  };
  if (spec.cover) {
    const cover = join(scratch, "cover.png");
    await runFfmpeg({
      ffmpegPath: process.env.FFMPEG_PATH ?? "ffmpeg",
      args: ["-f", "lavfi", "-i", "testsrc=size=600x900", "-frames:v", "1", cover],
      timeoutMs: 30_000,
    });
    if (spec.cover === "first") add(["-i", cover]);
    if (kind) add(picture(spec, seconds));
    if (spec.cover === "last") add(["-i", cover]);
  } else if (kind) add(picture(spec, seconds));
  for (const track of audio) add(["-f", "lavfi", "-i", tone(track, track.seconds ?? seconds)]);
  const subtitles = spec.subtitles ?? [];
  for (const [place, subtitle] of subtitles.entries()) {
    const path = join(scratch, `${place}.${subtitle.format ?? "srt"}`);
    await writeFile(path, subtitle.text);
    add(["-i", path]);
  }
  const mapped = maps.flatMap((input) => ["-map", input]);
  if (spec.chapters) {
    const path = join(scratch, "chapters.txt");
    await writeFile(path, chapterFile(spec.chapters));
    inputs.push("-f", "ffmetadata", "-i", path);
    mapped.push("-map_chapters", String(maps.length));
  }
  const isMp4 = /\.(mp4|m4v|mov)$/.test(spec.path);
  return [
    ...inputs,
    ...mapped,
    ...(kind ? videoEncoders[kind] : []),
    ...coverArgs(spec, kind !== null),
    ...audio.flatMap(trackArgs),
    ...subtitles.flatMap((subtitle, place) => subtitleArgs(subtitle, place, isMp4)),
    ...(spec.title ? ["-metadata", `title=${spec.title}`] : []),
    ...(isMp4 && spec.isFastStart !== false ? ["-movflags", "+faststart"] : []),
    ...(spec.extra ?? []),
  ];
}

function picture(spec: MovieSpec, seconds: number): string[] {
  const { width = 320, height = 180, framesPerSecond = 25 } = spec;
  const filters = [
    `testsrc2=size=${width}x${height}:rate=${framesPerSecond}:duration=${seconds}`,
    // testsrc2 rounds odd sizes down.
    ...(width % 2 || height % 2 ? ["format=yuv444p", `scale=${width}:${height}`] : []),
    "drawbox=color=white:t=fill:enable='lt(mod(t,1),0.1)'",
    ...(spec.sampleAspectRatio ? [`setsar=${spec.sampleAspectRatio.replace(":", "/")}`] : []),
  ];
  return ["-f", "lavfi", "-i", filters.join(",")];
}

function tone(track: AudioSpec, seconds: number): string {
  const channels = track.channels ?? 2;
  const wave = `sin(2*PI*${track.frequencyHz ?? 440}*t)`;
  const beep = `(0.03+0.3*lt(mod(t,1),0.1))*${wave}`;
  const sounds = Array.from({ length: channels }, (_, place) => {
    if (track.onlyChannel === undefined) return beep;
    return place === track.onlyChannel ? `0.25*${wave}` : "0";
  });
  const layout = layouts[channels] ?? "stereo";
  return `aevalsrc='${sounds.join("|")}':channel_layout=${layout}:sample_rate=48000:duration=${seconds}`;
}

function coverArgs(spec: MovieSpec, hasFilm: boolean): string[] {
  if (!spec.cover) return [];
  const place = spec.cover === "first" ? 0 : hasFilm ? 1 : 0;
  return [`-c:v:${place}`, "mjpeg", `-disposition:v:${place}`, "attached_pic"];
}

function trackArgs(track: AudioSpec, place: number): string[] {
  const flags = [
    ...(track.isDefault ? ["default"] : []),
    ...(track.isCommentary ? ["comment"] : []),
  ];
  return [
    ...[`-c:a:${place}`, ...audioEncoders[track.codec]],
    ...(track.language ? [`-metadata:s:a:${place}`, `language=${track.language}`] : []),
    ...(track.title ? [`-metadata:s:a:${place}`, `title=${track.title}`] : []),
    ...(flags.length > 0 ? [`-disposition:a:${place}`, flags.join("+")] : []),
  ];
}

function subtitleArgs(subtitle: SubtitleSpec, place: number, isMp4: boolean): string[] {
  const codec = { srt: "srt", ass: "ass", vtt: "webvtt" }[subtitle.format ?? "srt"];
  return [
    ...[`-c:s:${place}`, isMp4 ? "mov_text" : codec],
    ...(subtitle.language ? [`-metadata:s:s:${place}`, `language=${subtitle.language}`] : []),
    ...(subtitle.title ? [`-metadata:s:s:${place}`, `title=${subtitle.title}`] : []),
    ...(subtitle.isForced ? [`-disposition:s:${place}`, "forced"] : []),
  ];
}

function chapterFile(chapters: NonNullable<MovieSpec["chapters"]>): string {
  const ms = (seconds: number) => Math.round(seconds * 1000);
  const parts = chapters.map(
    ({ startSeconds, endSeconds, title }) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${ms(startSeconds)}\nEND=${ms(endSeconds)}\ntitle=${title}\n`,
  );
  return `;FFMETADATA1\n${parts.join("")}`;
}

/** a, b, c, d of the matrix, in 16.16 (ISO/IEC 14496-12, 6.2.2). */
const matrices = { 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0] };

/**
 * Writes a rotation into the first track header of an MP4, by hand: the option for it has another
 * name in every version of ffmpeg.
 */
async function turn(path: string, rotation: 90 | 180 | 270): Promise<void> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(size);
    await file.read(bytes, 0, size, 0);
    const at = bytes.indexOf("tkhd");
    if (at < 0 || bytes[at + 4] !== 0) throw new Error("no track header of version 0");
    // After the name: version and flags 4, times 8, id 4, reserved 4, duration 4, reserved 8,
    // layer, group, volume, reserved 2 each.
    const matrix = at + 4 + 40;
    const [a = 1, b = 0, c = 0, d = 1] = matrices[rotation];
    for (const [place, value] of [
      [0, a],
      [4, b],
      [12, c],
      [16, d],
    ] as const) {
      bytes.writeInt32BE(value * 65_536, matrix + place);
    }
    await file.write(bytes, matrix, 36, matrix);
  } finally {
    await file.close();
  }
}
