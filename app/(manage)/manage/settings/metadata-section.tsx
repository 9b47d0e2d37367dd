import { MetadataLanguage, TmdbKeyForm } from "@/app/_components/settings/metadata-forms";
import { SectionCard } from "@/app/_components/settings/section-card";
import { stateOf } from "@/app/_components/settings/setting-state";
import { AwayLink } from "@/app/_components/ui/away-link";
import { loadSettings } from "@/lib/settings/loaders";
import { subtitleLanguageNames } from "@/lib/settings/subtitle-languages";
import { pageLocale, words } from "@/lib/web/words";

/** Where titles, stories and pictures come from, and in which language. */
export async function MetadataSection() {
  const [{ values, itemOf }, locale, t] = await Promise.all([
    loadSettings(),
    pageLocale(),
    words("settings"),
  ]);
  return (
    <>
      <SectionCard title={t("tmdbTitle")} description={t("tmdbDescription")}>
        <AwayLink href="https://www.themoviedb.org/settings/api">{t("tmdbLink")}</AwayLink>
        <TmdbKeyForm state={stateOf(itemOf("tmdbApiKey"))} />
      </SectionCard>
      <SectionCard title={t("metadataLanguageTitle")}>
        <MetadataLanguage
          languages={subtitleLanguageNames(locale)}
          chosen={values.metadataLanguage}
        />
      </SectionCard>
    </>
  );
}
