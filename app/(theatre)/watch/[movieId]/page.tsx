import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Player } from "@/app/_components/player/player";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadMovie } from "@/lib/movies/loaders";
import { loadSubtitleLanguages } from "@/lib/subtitles/loaders";
import type { SubtitleView } from "@/lib/subtitles/schema";
import { bestVersion } from "@/lib/versions/choose";
import { pageLocale, type Say, words } from "@/lib/web/words";
import { watchFacts } from "./watch-facts";

interface Props {
  params: Promise<{ movieId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const movie = await loadMovie((await params).movieId);
  return movie ? { title: movie.title } : {};
}

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

export default async function WatchPage({ params }: Props) {
  const movie = await loadMovie((await params).movieId);
  if (!movie) notFound();
  const version = bestVersion(movie.versions);
  if (!version?.streamUrl) redirect(`/movies/${movie.id}`);
  const locale = await pageLocale();
  const t = await words("player");
  // Two that nothing tells apart are told apart by a number.
  const seen = new Map<string, number>();
  const numbered = (label: string) => {
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${label} ${count}`;
  };
  const subtitles = version.subtitles.flatMap((subtitle) =>
    subtitle.url
      ? [
          {
            id: subtitle.id,
            language: subtitle.language,
            label: numbered(labelOf(subtitle, locale, t)),
            url: subtitle.url,
            forced: subtitle.forced,
            hearingImpaired: subtitle.hearingImpaired,
            source: subtitle.source,
            machineTranslated: subtitle.machineTranslated,
          },
        ]
      : [],
  );
  return (
    <WordsProvider locale={locale} namespaces={["player", "watch"]}>
      <Player
        movieId={movie.id}
        title={movie.title}
        streamUrl={version.streamUrl}
        hlsUrl={version.hlsUrl}
        posterUrl={movie.backdropUrl}
        previewUrl={version.previewUrl}
        startSeconds={movie.progress?.positionSeconds ?? 0}
        subtitles={subtitles}
        versionId={version.id}
        facts={await watchFacts(movie)}
        subtitleLanguages={await loadSubtitleLanguages()}
      />
    </WordsProvider>
  );
}
