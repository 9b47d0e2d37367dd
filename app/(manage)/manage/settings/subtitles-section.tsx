import { Suspense } from "react";
import { LanguageOrder } from "@/app/_components/settings/language-order";
import { OpenSubtitlesAccountForm } from "@/app/_components/settings/opensubtitles-account-form";
import { PerLanguage } from "@/app/_components/settings/per-language";
import { RefreshSubtitles } from "@/app/_components/settings/refresh-subtitles";
import { SectionCard } from "@/app/_components/settings/section-card";
import type { SettingState } from "@/app/_components/settings/setting-field";
import { stateOf } from "@/app/_components/settings/setting-state";
import { Notice } from "@/app/_components/ui/notice";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { Moment } from "@/app/_components/words/moment";
import { loadOpenSubtitlesQuota, loadSettings } from "@/lib/settings/loaders";
import { subtitleLanguageNames } from "@/lib/settings/subtitle-languages";
import { loadMoviesToLookAgain } from "@/lib/subtitles/loaders";
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

interface OwnedAccountProps {
  username: string | null;
  states: readonly SettingState[];
}

/** An account that nothing can be changed of here: a sentence, not three locked fields. */
async function OwnedAccount({ username, states }: OwnedAccountProps) {
  const t = await words("settings");
  return (
    <Notice title={t("accountOwned", { username: username ?? "" })}>
      {t("accountOwnedBy")}{" "}
      <span dir="ltr" className="break-all">
        {states.map(({ variable }) => variable).join(", ")}
      </span>
    </Notice>
  );
}

/** Languages, the account at OpenSubtitles, and another look for films that lack some. */
export async function SubtitlesSection() {
  const [{ values, itemOf }, lacking, locale, t] = await Promise.all([
    loadSettings(),
    loadMoviesToLookAgain(),
    pageLocale(),
    words("settings"),
  ]);
  const { openSubtitlesUsername, subtitleLanguages } = values;
  const [apiKey, usernameState, password] = [
    stateOf(itemOf("openSubtitlesApiKey")),
    stateOf(itemOf("openSubtitlesUsername")),
    stateOf(itemOf("openSubtitlesPassword")),
  ];
  const states = [apiKey, usernameState, password];
  const hasAccount = itemOf("openSubtitlesApiKey").isSet && openSubtitlesUsername !== null;
  return (
    <>
      <SectionCard title={t("languagesTitle")} description={t("languagesDescription")}>
        <LanguageOrder
          languages={subtitleLanguageNames(locale)}
          chosen={subtitleLanguages}
          variable={stateOf(itemOf("subtitleLanguages")).variable}
        />
        <PerLanguage chosen={values.subtitlesPerLanguage} />
      </SectionCard>
      <SectionCard title={t("openSubtitlesTitle")} description={t("openSubtitlesDescription")}>
        {hasAccount && (
          <Suspense fallback={<Skeleton className="h-14" />}>
            <Quota />
          </Suspense>
        )}
        {states.every(({ variable }) => variable !== null) ? (
          <OwnedAccount username={openSubtitlesUsername} states={states} />
        ) : (
          <OpenSubtitlesAccountForm
            username={openSubtitlesUsername}
            apiKey={apiKey}
            usernameState={usernameState}
            password={password}
          />
        )}
      </SectionCard>
      <SectionCard title={t("refreshTitle")} description={t("refreshDescription")}>
        <RefreshSubtitles lacking={lacking} />
      </SectionCard>
    </>
  );
}
