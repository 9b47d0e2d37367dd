import type { Metadata } from "next";
import { deviceOf, formOf } from "@/app/_components/account/device-name";
import { LanguageChoice } from "@/app/_components/account/language-choice";
import { LanguageOrder } from "@/app/_components/account/language-order";
import { SessionRow, SignOutEverywhere } from "@/app/_components/account/sessions";
import { SectionCard } from "@/app/_components/settings/section-card";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { PasswordForm } from "@/app/_components/welcome/password-form";
import { namedLanguages, ownName } from "@/app/_components/words/language-names";
import { Moment } from "@/app/_components/words/moment";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadMayChange } from "@/lib/demo/loaders";
import { subtitleLanguageNames } from "@/lib/settings/subtitle-languages";
import { loadAccount } from "@/lib/users/loaders";
import { mostLanguages } from "@/lib/users/schema";
import { locales } from "@/lib/web/catalogue";
import { pageLocale, words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("account"))("title") };
}

export default async function AccountPage() {
  const [{ username, sessions, language, taste }, mayChange, t, ofLanguages, password] =
    await Promise.all([
      loadAccount(),
      loadMayChange(),
      words("account"),
      words("languages"),
      words("password"),
    ]);
  const locale = await pageLocale();
  const spoken = subtitleLanguageNames(locale);
  const nameOf = (userAgent: string | null) => {
    const device = deviceOf(userAgent);
    if (!device) return t("unknownDevice");
    const { browser, system } = device;
    return browser && system ? t("browserOn", { browser, system }) : (browser ?? system ?? "");
  };
  return (
    <WordsProvider locale={locale} namespaces={["common", "account", "languages", "password"]}>
      <div className="gutter mx-auto grid max-w-6xl grid-cols-1 gap-6 pt-6 md:pt-10">
        <PageHeading title={t("title")} description={t("signedInAs", { username })} />
        {/* What is changed often comes first, and on a desk everything is in sight. */}
        <div className="grid max-w-2xl grid-cols-1 items-start gap-6 lg:max-w-none lg:grid-cols-2">
          <div className="grid grid-cols-1 gap-6">
            <SectionCard title={ofLanguages("section")} description={ofLanguages("description")}>
              <LanguageChoice
                languages={namedLanguages(locales())}
                chosen={language.chosen ?? ""}
                ofBrowser={ownName(language.ofBrowser)}
              />
            </SectionCard>
            <SectionCard title={t("watching")} description={t("watchingDescription")}>
              {(["audioLanguages", "subtitleLanguages"] as const).map((kind) => (
                <LanguageOrder
                  key={kind}
                  kind={kind}
                  chosen={taste[kind]}
                  languages={spoken}
                  most={mostLanguages}
                />
              ))}
            </SectionCard>
          </div>
          <div className="grid grid-cols-1 gap-6">
            {mayChange && (
              <SectionCard title={password("title")} description={password("description")}>
                <PasswordForm username={username} />
              </SectionCard>
            )}
            <SectionCard title={t("devices")} description={t("devicesDescription")}>
              <ul className="-my-3 divide-y divide-line">
                {sessions.map(({ id, userAgent, address, isCurrent, lastSeenAt }) => (
                  <SessionRow
                    key={id}
                    id={id}
                    device={nameOf(userAgent)}
                    form={formOf(deviceOf(userAgent)?.system)}
                    isCurrent={isCurrent}
                  >
                    <span>
                      {t("lastSeen")} <Moment at={lastSeenAt} />
                    </span>
                    {address && <span>{address}</span>}
                  </SessionRow>
                ))}
              </ul>
              {sessions.length > 1 && <SignOutEverywhere />}
            </SectionCard>
          </div>
        </div>
      </div>
    </WordsProvider>
  );
}
