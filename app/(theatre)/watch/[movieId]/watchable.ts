import type { PlayerSubtitle, PlayerVersion } from "@/app/_components/player/watchable";
import { sizeText } from "@/app/_components/words/measures";
import type { SubtitleView } from "@/lib/subtitles/schema";
import { bestVersion } from "@/lib/versions/choose";
import { versionNames } from "@/lib/versions/fitting";
import { frameHeight } from "@/lib/versions/quality";
import type { VersionView } from "@/lib/versions/schema";
import type { Say } from "@/lib/web/words";

/** `English`, `English (forced)`: the language in the reader's own, with what sets it apart. */
function labelOf(subtitle: SubtitleView, locale: string, t: Say): string {
  const language =
    subtitle.language === "und"
      ? t("unknownLanguage")
      : (new Intl.DisplayNames([locale], { type: "language" }).of(subtitle.language) ??
        subtitle.language);
  const notes = [
    subtitle.forced && t("forced"),
    subtitle.hearingImpaired && t("hearingImpaired"),
    subtitle.machineTranslated && t("machineTranslated"),
    subtitle.label,
  ].filter(Boolean);
  return notes.length > 0 ? `${language} (${notes.join(", ")})` : language;
}

function subtitlesOf(version: VersionView, locale: string, t: Say): PlayerSubtitle[] {
  // Two that nothing tells apart are told apart by a number.
  const seen = new Map<string, number>();
  const numbered = (label: string) => {
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${label} ${count}`;
  };
  return version.subtitles.flatMap((subtitle) => {
    if (!subtitle.url) return [];
    const { id, language, forced, hearingImpaired, source, machineTranslated } = subtitle;
    const { offsetMs, speed, url } = subtitle;
    const label = numbered(labelOf(subtitle, locale, t));
    return [
      {
        ...{ id, language, label, url, forced, hearingImpaired, source, machineTranslated },
        timing: { offsetMs, speed },
      },
    ];
  });
}

/**
 * The versions that can be played, for the player: the one first that is the best for most browsers.
 * Which of them this browser plays is found out where it is.
 */
export function watchableVersions(
  versions: readonly VersionView[],
  locale: string,
  t: Say,
): PlayerVersion[] {
  const best = bestVersion(versions);
  const ready = versions
    .filter(({ status, streamUrl }) => status === "ready" && streamUrl)
    .map((version) => ({
      version,
      lines: frameHeight(version.width ?? 0, version.height ?? 0),
      videoCodec: version.videoCodec,
    }))
    .toSorted(
      (a, b) => Number(b.version === best) - Number(a.version === best) || b.lines - a.lines,
    );
  const names = versionNames(ready);
  return ready.map(({ version, lines }, at) => {
    const heard = version.audioTracks.find(({ isDefault }) => isDefault) ?? version.audioTracks[0];
    const { id, width, height, durationSeconds, sizeBytes, codecs, playsIn } = version;
    return {
      ...{ id, lines, width, height, durationSeconds, sizeBytes, codecs, playsIn },
      name: names[at] ?? "",
      size: sizeBytes === null ? null : sizeText(sizeBytes, locale),
      streamUrl: version.streamUrl ?? "",
      hlsUrl: version.hlsUrl,
      previewUrl: version.previewUrl,
      heard: heard?.language ?? null,
      subtitles: subtitlesOf(version, locale, t),
    };
  });
}
