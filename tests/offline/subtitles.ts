import type { Db } from "@/lib/db";
import { reason } from "@/lib/errors";
import { saveSubtitle, saveUnusableSubtitle } from "@/lib/subtitles/mutations";
import { srtOf, subtitleLanguages } from "../upstreams/subtitle-texts";
import { readyRoles } from "./roles";

type Source = "embedded" | "sidecar" | "opensubtitles";

interface Told {
  language: string;
  source: Source;
  hearingImpaired?: boolean;
  label?: string;
}

/** Which subtitles a film has: English and most often Turkish, from any source. */
function toldFor(number: number): Told[] {
  if (number === readyRoles.noSubtitles) return [];
  if (number === readyRoles.manySubtitles) {
    return subtitleLanguages.flatMap((language): Told[] => [
      { language, source: "embedded" },
      { language, source: "opensubtitles", hearingImpaired: true, label: "Extended cut" },
    ]);
  }
  const sources: readonly Source[] = ["embedded", "sidecar", "opensubtitles"];
  const languages =
    number % 4 === 3 ? ["en"] : number % 7 === 0 ? ["en", "tr", "ar"] : ["en", "tr"];
  return languages.map((language, place) => ({
    language,
    source: sources[(number + place) % sources.length] ?? "embedded",
  }));
}

/** Writes real WebVTT for a version, the way that found subtitles are kept. */
export async function keepSubtitles(
  db: Db,
  args: { mediaDir: string; versionId: string; number: number; now: Date },
): Promise<void> {
  const { mediaDir, versionId, number, now } = args;
  for (const [place, told] of toldFor(number).entries()) {
    const saved = await saveSubtitle(db, {
      ...{ mediaDir, versionId, now, ...told },
      bytes: Buffer.from(srtOf(told.language, 30)),
      isLanguageCertain: true,
      sourceKey: String(place + 2),
    });
    if ("reason" in saved) throw new Error(`a drawn subtitle is unusable: ${saved.reason.code}`);
  }
  if (number === readyRoles.pictureSubtitle) {
    saveUnusableSubtitle(db, {
      ...{ versionId, source: "embedded", sourceKey: "9", label: null, now },
      ...{ language: "de", forced: false, hearingImpaired: false },
      reason: reason("subtitle-bitmap"),
    });
  }
}
