import { parseTorrentTitle } from "@viren070/parse-torrent-title";

export type ReleaseCodec = "h264" | "hevc" | "av1" | "vp9" | "mpeg4" | "mpeg2" | "vc1";

/** What a release's name says of its film. */
export interface ReleaseFacts {
  title: string | null;
  year: number | null;
  /** Lines of the picture as people call them: 2160, 1080, 720, 480. */
  resolution: number | null;
  /** Where it was taken from: WEB-DL, BluRay, DVDRip, CAM. */
  type: string | null;
  codec: ReleaseCodec | null;
  /** Ten bits of H.264 are shown by no browser; of HEVC they are usual. */
  isTenBit: boolean;
  isHdr: boolean;
  /** AAC, DDP, DTS, TrueHD: as the name writes them. */
  audio: string[];
  channels: string | null;
  /** BCP 47; `mul` for several that are not named. */
  languages: string[];
  /** Filmed in a cinema, or not finished: nobody's first choice. */
  isCamera: boolean;
}

const codecs: Record<string, ReleaseCodec> = {
  ...{ h264: "h264", x264: "h264", avc: "h264", hevc: "hevc", h265: "hevc", x265: "hevc" },
  ...{ av1: "av1", vp9: "vp9", xvid: "mpeg4", divx: "mpeg4", mpeg4: "mpeg4", mpeg2: "mpeg2" },
  ...{ "mpeg-2": "mpeg2", vc1: "vc1", "vc-1": "vc1" },
};

const resolutions: Record<string, number> = {
  ...{ "4k": 2160, "2160p": 2160, "1440p": 1440, "1080p": 1080, "1080i": 1080, "720p": 720 },
  ...{ "576p": 480, "480p": 480, "360p": 360 },
};

const cameras = /^(cam|tele|ts|tc|hdcam|hdts|scr|workprint|pre)/i;

/** Reads a release's name, or as much of a quality as a source gave: `1080p`, `3D`. */
export function readReleaseName(name: string): ReleaseFacts {
  const parsed = parseTorrentTitle(name);
  const year = Number.parseInt(String(parsed.year ?? ""), 10);
  const type = parsed.quality ?? null;
  return {
    title: parsed.title?.trim() || null,
    year: Number.isNaN(year) ? null : year,
    resolution: resolutions[parsed.resolution?.toLowerCase() ?? ""] ?? null,
    type,
    codec: codecs[parsed.codec?.toLowerCase() ?? ""] ?? null,
    isTenBit: parsed.bitDepth === "10bit",
    isHdr: (parsed.hdr ?? []).some((kind) => kind !== "SDR"),
    audio: parsed.audio ?? [],
    channels: parsed.channels?.[0] ?? null,
    languages: [
      ...new Set((parsed.languages ?? []).map((one) => (/multi|dual/.test(one) ? "mul" : one))),
    ],
    isCamera: cameras.test(type ?? ""),
  };
}
