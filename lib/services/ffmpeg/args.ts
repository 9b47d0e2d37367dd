import { deviceArgs, type Encoder, encoderArgs, uploadFilter } from "./encoders";
import { localInput } from "./input";
import { isoLanguage } from "./languages";
import type { AudioPlan, Plan, VideoPlan } from "./plan";

export interface ConversionPaths {
  /** Local files, absolute. The output is overwritten; give it a name of its own and rename it. */
  inputPath: string;
  outputPath: string;
  /** Threads of the encoder; what ffmpeg thinks best when absent. */
  threads?: number | undefined;
  /** x264 when absent. */
  encoder?: Encoder | undefined;
}

/**
 * The arguments (for `runFfmpeg`) that carry out a plan: a fast-start MP4 with the film's picture,
 * the chosen sound and chapters, and nothing that tells where it came from.
 */
export function argsFor(plan: Plan, paths: ConversionPaths): string[] {
  return [
    ...(plan.video.action === "encode" ? deviceArgs(paths.encoder) : []),
    ...localInput(paths.inputPath),
    ...["-map", `0:${plan.video.streamIndex}`],
    ...plan.audio.flatMap((track) => ["-map", `0:${track.streamIndex}`]),
    // Titles, comments and names of release groups stay behind; languages and chapters come back.
    ...["-map_metadata", "-1", "-map_chapters", plan.chapters.length > 0 ? "0" : "-1"],
    ...plan.chapters.flatMap((chapter, place) =>
      chapter.title === null ? [] : [`-metadata:c:${place}`, `title=${chapter.title}`],
    ),
    ...videoArgs(plan.video, paths),
    ...plan.audio.flatMap(audioArgs),
    // Sound may begin seconds after the picture: packets wait instead of ending the run.
    ...["-max_muxing_queue_size", "4096"],
    ...(plan.maxBytes === undefined ? [] : ["-fs", String(plan.maxBytes)]),
    ...["-movflags", "+faststart", "-write_tmcd", "0", "-f", "mp4", `file:${paths.outputPath}`],
  ];
}

/** Sample entry names that all browsers know; Safari plays HEVC only as hvc1. */
const tags: Record<string, string> = { h264: "avc1", hevc: "hvc1", vp9: "vp09", av1: "av01" };

function videoArgs(video: VideoPlan, { threads, encoder }: ConversionPaths): string[] {
  if (video.action === "copy") {
    const tag = tags[video.codec];
    return ["-c:v:0", "copy", ...(tag ? ["-tag:v:0", tag] : []), "-disposition:v:0", "default"];
  }
  const isNewlyTagged = video.isRgb || video.toneMap !== null;
  return [
    ...["-filter:v:0", [pictureFilter(video), ...uploadFilter(encoder)].join(",")],
    ...encoderArgs(video, encoder),
    ...["-profile:v:0", "high", "-g:v:0", String(video.keyframeFrames)],
    ...["-tag:v:0", "avc1", "-disposition:v:0", "default"],
    ...(threads === undefined ? [] : ["-threads:v:0", String(threads)]),
    ...(isNewlyTagged
      ? [
          ...["-colorspace:v:0", "bt709", "-color_primaries:v:0", "bt709"],
          ...["-color_trc:v:0", "bt709", "-color_range:v:0", "tv"],
        ]
      : []),
  ];
}

type EncodedVideo = Extract<VideoPlan, { action: "encode" }>;

/**
 * ffmpeg turns the picture upright before the first of these filters. Deinterlacing comes before
 * scaling, which would mix the fields, and touches only frames that are marked as interlaced.
 */
function pictureFilter(video: EncodedVideo): string {
  const size = `scale=w=${video.width}:h=${video.height}:flags=bicubic`;
  return [
    ...(video.startAtZero ? ["setpts=PTS-STARTPTS"] : []),
    ...(video.deinterlace ? ["bwdif=mode=send_frame:parity=auto:deint=interlaced"] : []),
    ...(video.frameRate ? [`fps=${video.frameRate}`] : []),
    ...(video.toneMap ? toneMapping(video.toneMap) : []),
    video.isRgb ? `${size}:out_color_matrix=bt709:out_range=tv` : size,
    "setsar=1",
  ].join(",");
}

/**
 * HDR to SDR: to linear light with 100 nits as white, BT.709 colours, the highlights rolled off
 * (Hable), and back. The source's tags are given because frames do not always carry them.
 */
function toneMapping(transfer: "pq" | "hlg"): string[] {
  const source = transfer === "pq" ? "smpte2084" : "arib-std-b67";
  return [
    `zscale=tin=${source}:pin=bt2020:min=bt2020nc:t=linear:npl=100`,
    "format=gbrpf32le",
    "zscale=p=bt709",
    "tonemap=tonemap=hable:desat=0",
    "zscale=t=bt709:m=bt709:r=tv",
    "format=yuv420p",
  ];
}

function audioArgs(track: AudioPlan, place: number): string[] {
  const common = [
    ...[`-metadata:s:a:${place}`, `language=${isoLanguage(track.language)}`],
    ...(track.title === null ? [] : [`-metadata:s:a:${place}`, `title=${track.title}`]),
    // MP4 readers, ffprobe among them, know a track's title as the name of its handler.
    ...(track.title === null ? [] : [`-metadata:s:a:${place}`, `handler_name=${track.title}`]),
    ...[`-disposition:a:${place}`, dispositionOf(track)],
  ];
  if (track.action === "copy") {
    // MPEG streams carry AAC with headers that MP4 has no place for. Named here, a packet whose
    // header is damaged is left out; left to the muxer, it would end the run.
    const filter = track.codec === "aac" ? [`-bsf:a:${place}`, "aac_adtstoasc"] : [];
    return [`-c:a:${place}`, "copy", ...filter, ...common];
  }
  return [
    ...[`-filter:a:${place}`, soundFilter(track)],
    ...[`-c:a:${place}`, "aac", `-b:a:${place}`, String(track.bitRate)],
    ...common,
  ];
}

function dispositionOf(track: AudioPlan): string {
  const flags = [
    ...(track.isDefault ? ["default"] : []),
    ...(track.isCommentary ? ["comment"] : []),
  ];
  return flags.join("+") || "0";
}

const layouts: Record<number, string> = { 1: "mono", 2: "stereo", 6: "5.1" };

/**
 * Gaps and a late start become silence, so that sound stays with the picture. Folding is done in
 * floating point: ffmpeg then keeps the levels of ITU-R BS.775 (centre and surrounds at −3 dB)
 * instead of turning all down until nothing could clip, which is what makes dialogue too quiet;
 * the rare peaks that would clip are held by a limiter at −1 dB.
 */
function soundFilter(track: Extract<AudioPlan, { action: "encode" }>): string {
  const layout = layouts[track.channels] ?? "stereo";
  if (track.isClearVoice) return ["aresample=async=1:first_pts=0", clearVoice(track)].join(",");
  return [
    "aresample=async=1:first_pts=0",
    `aformat=sample_fmts=fltp:sample_rates=${track.sampleRate}:channel_layouts=${layout}`,
    ...(track.downmix ? ["alimiter=limit=0.89:attack=5:release=50:level=0"] : []),
  ].join(",");
}

/**
 * Dialogue in front, in one pass. It stands in the centre of 5.1, and in what both channels of a
 * stereo mix share: that is mixed in full, the rest lower, and what rumbles below a voice is cut.
 * A compressor (3:1 above −32 dB) then brings quiet and loud together by 12 dB, and a limiter holds
 * what is left at −1.5 dB.
 */
function clearVoice({ downmix, sampleRate }: Extract<AudioPlan, { action: "encode" }>): string {
  const mix = downmix
    ? [
        // FL FR FC LFE BL BR, whatever the source calls its surround channels.
        "aformat=sample_fmts=fltp:channel_layouts=5.1",
        "pan=stereo|c0=c2+0.4*c0+0.25*c4|c1=c2+0.4*c1+0.25*c5",
      ]
    : [
        "aformat=sample_fmts=fltp:channel_layouts=stereo",
        "pan=stereo|c0=0.7*c0+0.3*c1|c1=0.3*c0+0.7*c1",
      ];
  return [
    ...mix,
    "highpass=f=90",
    "acompressor=threshold=0.025:ratio=3:attack=10:release=250:makeup=4:detection=rms",
    "alimiter=limit=0.84:attack=3:release=80:level=0",
    `aformat=sample_fmts=fltp:sample_rates=${sampleRate}:channel_layouts=stereo`,
  ].join(",");
}
