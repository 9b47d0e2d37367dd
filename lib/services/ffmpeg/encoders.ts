import type { VideoPlan } from "./plan";

/** A way to encode H.264 on a graphics chip. */
export interface HardwareEncoder {
  kind: "nvenc" | "qsv" | "vaapi";
  /** Render node of VAAPI and QSV, such as /dev/dri/renderD128; null for NVENC. */
  device: string | null;
}

/** Undefined is x264. */
export type Encoder = HardwareEncoder | undefined;

type EncodedVideo = Extract<VideoPlan, { action: "encode" }>;

/** What opens the chip; stands before the input. */
export function deviceArgs(encoder: Encoder): string[] {
  if (encoder?.kind === "vaapi") return ["-vaapi_device", encoder.device ?? ""];
  if (encoder?.kind === "qsv") {
    return [
      ...["-init_hw_device", `vaapi=va:${encoder.device ?? ""}`],
      ...["-init_hw_device", "qsv=qs@va", "-filter_hw_device", "qs"],
    ];
  }
  return [];
}

/** Filters that bring a picture from memory to the chip; the last of the chain. */
export function uploadFilter(encoder: Encoder): string[] {
  if (encoder?.kind === "vaapi") return ["format=nv12", "hwupload"];
  if (encoder?.kind === "qsv") return ["format=nv12", "hwupload=extra_hw_frames=64"];
  return [];
}

/**
 * The encoder and its quality. Chips have no constant rate factor: each gets the scale of its own
 * that comes nearest. At the same number they write larger files than x264, so the number is kept
 * and not corrected for size. Presets are named by speed on each: a chip is fast enough for its
 * better ones.
 */
export function encoderArgs(
  video: Pick<EncodedVideo, "crf" | "preset">,
  encoder: Encoder,
): string[] {
  const quality = String(video.crf);
  switch (encoder?.kind) {
    case "nvenc":
      return [
        ...["-c:v:0", "h264_nvenc", "-preset:v:0", "p5", "-rc:v:0", "vbr", "-cq:v:0", quality],
        ...["-b:v:0", "0", "-pix_fmt:v:0", "yuv420p"],
      ];
    case "qsv":
      return ["-c:v:0", "h264_qsv", "-preset:v:0", "medium", "-global_quality:v:0", quality];
    case "vaapi":
      return ["-c:v:0", "h264_vaapi", "-rc_mode:v:0", "CQP", "-qp:v:0", quality];
    default:
      return [
        ...["-c:v:0", "libx264", "-preset", video.preset, "-crf", quality],
        ...["-pix_fmt:v:0", "yuv420p"],
      ];
  }
}
