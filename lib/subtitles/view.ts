import type { Reason } from "@/lib/errors";
import type { SubtitleView } from "./schema";

/** Below this a person should look at how a subtitle was read: see decode.ts. */
const certainEnough = 0.7;

/** A row as the API shows it. */
export function toSubtitleView(
  row: Omit<SubtitleView, "url" | "detail" | "isEncodingCertain"> & {
    encodingCertainty: number | null;
    reason: Reason | null;
  },
  say: (reason: Reason) => string,
): SubtitleView {
  const { id, language, label, source, forced, hearingImpaired, machineTranslated } = row;
  return {
    ...{ id, language, label, source, forced, hearingImpaired, machineTranslated },
    encoding: row.encoding,
    isEncodingCertain: (row.encodingCertainty ?? 1) >= certainEnough,
    cueCount: row.cueCount,
    offsetMs: row.offsetMs,
    speed: row.speed,
    url: row.reason ? null : `/subtitles/${id}.vtt`,
    detail: row.reason && say(row.reason),
  };
}
