import { subtitleLanguageNames } from "@/lib/settings/subtitle-languages";
import type { QuotaView } from "@/lib/subtitles/schema";
import type { VersionView } from "@/lib/versions/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Moment } from "../words/moment";
import { WordsProvider } from "../words-provider";
import { SubtitleRow } from "./subtitle-row";
import { VersionTools } from "./version-tools";

/** What changing subtitles needs. */
export interface SubtitleTools {
  /** The household's, best first. */
  wantedLanguages: string[];
  /** Of today's downloads at OpenSubtitles, as far as it is known. */
  quota: QuotaView | null;
}

interface SubtitleSectionProps {
  movieId: string;
  versions: readonly VersionView[];
  /** For those who may change them; null for everybody else. */
  tools: SubtitleTools | null;
}

/** Rows that are shown at once; the rest unfolds. */
const shownAtOnce = 8;

/** A movie's subtitles: what is there, where it came from, and what can be done with it. */
export async function SubtitleSection({ movieId, versions, tools }: SubtitleSectionProps) {
  const [t, locale] = await Promise.all([words("subtitles"), pageLocale()]);
  const languages = tools ? subtitleLanguageNames(locale) : [];
  return (
    <section aria-label={t("title")} className="grid content-start gap-4">
      {tools?.quota && (
        <p className="text-caption text-faint">
          {t("quota", { remaining: tools.quota.remaining })}{" "}
          <Moment at={tools.quota.resetAt} className="whitespace-nowrap" />
        </p>
      )}
      <WordsProvider locale={locale} namespaces={["common", "subtitles"]}>
        {versions.map((version, place) => (
          <div key={version.id} className="grid gap-3">
            {versions.length > 1 && (
              <h3 className="min-w-0 truncate font-semibold" dir="auto">
                {version.releaseName ?? t("version", { number: place + 1 })}
              </h3>
            )}
            <VersionSubtitles
              version={version}
              languages={languages}
              mayChange={tools !== null}
              none={t("none")}
              more={t("more", { count: version.subtitles.length - shownAtOnce })}
            />
            {tools && (
              <VersionTools
                movieId={movieId}
                versionId={version.id}
                languages={languages}
                wantedLanguages={tools.wantedLanguages}
              />
            )}
          </div>
        ))}
      </WordsProvider>
    </section>
  );
}

interface VersionSubtitlesProps {
  version: VersionView;
  languages: { code: string; name: string }[];
  mayChange: boolean;
  none: string;
  more: string;
}

function VersionSubtitles({ version, languages, mayChange, none, more }: VersionSubtitlesProps) {
  // What can be used comes first.
  const sorted = [...version.subtitles].sort(
    (a, b) => Number(a.url === null) - Number(b.url === null),
  );
  if (sorted.length === 0) return <p className="text-faint">{none}</p>;
  const rows = sorted.map((subtitle) => (
    <SubtitleRow
      key={subtitle.id}
      subtitle={subtitle}
      languages={languages}
      mayChange={mayChange}
    />
  ));
  const listClass = "divide-y divide-line rounded-xl border border-line bg-surface";
  if (rows.length <= shownAtOnce + 1) return <ul className={listClass}>{rows}</ul>;
  return (
    <div className="grid gap-2">
      <ul className={listClass}>{rows.slice(0, shownAtOnce)}</ul>
      <details>
        <summary className="flex min-h-11 cursor-pointer items-center px-4 text-faint hover:text-text">
          {more}
        </summary>
        <ul className={listClass}>{rows.slice(shownAtOnce)}</ul>
      </details>
    </div>
  );
}
