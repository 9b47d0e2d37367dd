import { Suspense } from "react";
import { LanguageOrder } from "@/app/_components/settings/language-order";
import { OpenSubtitlesAccountForm } from "@/app/_components/settings/opensubtitles-account-form";
import { PerLanguage } from "@/app/_components/settings/per-language";
import { RefreshSubtitles } from "@/app/_components/settings/refresh-subtitles";
import { SectionCard } from "@/app/_components/settings/section-card";
import { stateOf } from "@/app/_components/settings/setting-state";
import { Notice } from "@/app/_components/ui/notice";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { Moment } from "@/app/_components/words/moment";
import { loadOpenSubtitlesQuota, loadSettings } from "@/lib/settings/loaders";
import { subtitleLanguageNames } from "@/lib/settings/subtitle-languages";
import { pageLocale, words } from "@/lib/web/words";

/** What is left today. OpenSubtitles is asked while the rest of the page is there already. */
async function Quota() {
  const [quota, t] = await Promise.all([loadOpenSubtitlesQuota(), words("settings")]);
  if (!quota) return null;
  if ("problem" in quota) {
    return (
      <Notice tone="danger" title={t("quotaUnknown")}>
        {quota.problem}
      </Notice>
    );
  }
  const { remaining, allowed, resetAt } = quota;
  if (remaining === null) return <Notice title={t("quotaWorks")} />;
  return (
    <Notice title={t("quota", { remaining, allowed })}>
      {resetAt && (
        <>
          {t("quotaRenewed")} <Moment at={resetAt} />
        </>
      )}
    </Notice>
  );
}

/** Languages, the account at OpenSubtitles, and another look for films that lack some. */
export async function SubtitlesSection() {
  const [{ values, itemOf }, locale, t] = await Promise.all([
    loadSettings(),
    pageLocale(),
    words("settings"),
  ]);
  const { openSubtitlesUsername, subtitleLanguages } = values;
  const hasAccount = itemOf("openSubtitlesApiKey").isSet && openSubtitlesUsername !== null;
  return (
    <>
      <SectionCard title={t("languagesTitle")} description={t("languagesDescription")}>
        <LanguageOrder
          languages={subtitleLanguageNames(locale)}
          chosen={subtitleLanguages}
          variable={stateOf(itemOf("subtitleLanguages")).variable}
        />
      </SectionCard>
      <SectionCard title={t("openSubtitlesTitle")} description={t("openSubtitlesDescription")}>
        {hasAccount && (
          <Suspense fallback={<Skeleton className="h-14" />}>
            <Quota />
          </Suspense>
        )}
        <OpenSubtitlesAccountForm
          username={openSubtitlesUsername}
          apiKey={stateOf(itemOf("openSubtitlesApiKey"))}
          usernameState={stateOf(itemOf("openSubtitlesUsername"))}
          password={stateOf(itemOf("openSubtitlesPassword"))}
        />
      </SectionCard>
      <SectionCard title={t("perLanguageTitle")} description={t("perLanguageDescription")}>
        <PerLanguage chosen={values.subtitlesPerLanguage} />
      </SectionCard>
      <SectionCard title={t("refreshTitle")} description={t("refreshDescription")}>
        <RefreshSubtitles />
      </SectionCard>
    </>
  );
}
