/** What codecs are called on the box, by ffmpeg's names; others are shown in capitals. */
const names: Record<string, string> = {
  h264: "H.264",
  hevc: "HEVC",
  av1: "AV1",
  vp8: "VP8",
  vp9: "VP9",
  mpeg1video: "MPEG-1",
  mpeg2video: "MPEG-2",
  mpeg4: "MPEG-4 (DivX, Xvid)",
  msmpeg4v1: "MS MPEG-4",
  msmpeg4v2: "MS MPEG-4",
  msmpeg4v3: "DivX 3",
  wmv1: "WMV 7",
  wmv2: "WMV 8",
  wmv3: "WMV 9",
  vc1: "VC-1",
  theora: "Theora",
  flv1: "Flash video",
  prores: "ProRes",
  aac: "AAC",
  aac_latm: "AAC (LATM)",
  mp3: "MP3",
  mp2: "MP2",
  ac3: "Dolby Digital",
  eac3: "Dolby Digital Plus",
  truehd: "Dolby TrueHD",
  dts: "DTS",
  opus: "Opus",
  vorbis: "Vorbis",
  flac: "FLAC",
  wmav2: "WMA",
  wmapro: "WMA Pro",
};

/** A codec's name for people. */
export function codecName(codec: string): string {
  if (codec.startsWith("pcm_")) return "PCM";
  if (codec.startsWith("adpcm_")) return "ADPCM";
  return names[codec] ?? codec.toUpperCase().replaceAll("_", " ");
}
