import { LibraryBig, Plus } from "lucide-react";
import type { Metadata } from "next";
import { SectionCard } from "@/app/_components/settings/section-card";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { SourceList } from "@/app/_components/sources/source-list";
import { WaysToAdd } from "@/app/_components/sources/ways-to-add";
import { WishesForm } from "@/app/_components/sources/wishes-form";
import { LinkButton } from "@/app/_components/ui/link-button";
import { Moment } from "@/app/_components/words/moment";
import { loadSettings } from "@/lib/settings/loaders";
import { subtitleLanguageNames } from "@/lib/settings/subtitle-languages";
import { loadSources } from "@/lib/sources/loaders";
import { pageLocale, words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("sources"))("title") };
}

/** What a search offers first. */
async function Wishes() {
  const [{ values }, locale, t] = await Promise.all([
    loadSettings(),
    pageLocale(),
    words("sources"),
  ]);
  const { searchGreatestHeight, searchGreatestGigabytes } = values;
  const { searchLanguages, searchAvoidedCodecs } = values;
  return (
    <SectionCard title={t("wishes.title")} description={t("wishes.description")}>
      <WishesForm
        values={{
          ...{ searchGreatestHeight, searchGreatestGigabytes },
          ...{ searchLanguages, searchAvoidedCodecs },
        }}
        languages={subtitleLanguageNames(locale)}
      />
    </SectionCard>
  );
}

/** Where a search looks: nothing, until a person chooses something. */
export default async function SourcesPage() {
  const [sources, t] = await Promise.all([loadSources(), words("sources")]);
  if (sources.length === 0) {
    return (
      <SettingsFrame title={t("title")} description={t("description")}>
        <section className="grid gap-2">
          <h2 className="text-heading">{t("emptyTitle")}</h2>
          <p className="text-pretty text-faint">{t("empty")}</p>
        </section>
        <WaysToAdd />
      </SettingsFrame>
    );
  }
  const resting = sources.flatMap(({ id, health: { pausedUntil } }) =>
    pausedUntil ? [[id, <Moment key={id} at={pausedUntil} />] as const] : [],
  );
  return (
    <SettingsFrame title={t("title")} description={t("description")}>
      <div className="flex flex-wrap gap-3">
        <LinkButton tone="primary" href="/manage/sources/new">
          <Plus aria-hidden className="size-5" />
          {t("add")}
        </LinkButton>
        <LinkButton href="/manage/sources/gallery">
          <LibraryBig aria-hidden className="size-5" />
          {t("galleries")}
        </LinkButton>
      </div>
      <SourceList sources={sources} until={Object.fromEntries(resting)} />
      <p className="text-caption text-faint">{t("order")}</p>
      <Wishes />
    </SettingsFrame>
  );
}
