import type { Metadata } from "next";
import { Mark } from "@/app/_components/shell/mark";
import { buttonClass } from "@/app/_components/ui/button-look";
import { LinkButton } from "@/app/_components/ui/link-button";
import { LanguageMenu } from "@/app/_components/welcome/language-menu";
import { namedLanguages } from "@/app/_components/words/language-names";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadLanding } from "@/lib/demo/loaders";
import { visitPath } from "@/lib/demo/visit";
import { locales, pickLocale } from "@/lib/web/catalogue";
import { repositoryUrl } from "@/lib/web/repository";
import { pageLocale, words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await words("landing");
  // Nothing of the household stands here: this one page may be found.
  return { description: t("lead"), robots: { index: true, follow: false } };
}

const points = ["add", "subtitles", "people"] as const;
const linkClass = "inline-flex min-h-11 items-center text-faint underline hover:text-text";

/** What strangers see first, where the owner wants that: what this is, and the ways on. */
export default async function LandingPage() {
  const { isDemo, canSignIn } = await loadLanding();
  const [t, app, locale] = await Promise.all([words("landing"), words("app"), pageLocale()]);
  return (
    <WordsProvider locale={locale} namespaces={["common", "languages"]}>
      <div className="mx-auto grid min-h-dvh w-full max-w-6xl grid-cols-1 content-between gap-10 px-(--gutter) pt-6 pb-8">
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <p className="flex items-center gap-2.5 text-heading">
            <Mark className="size-7" />
            {app("name")}
          </p>
          <LanguageMenu languages={namedLanguages(locales())} current={pickLocale(null, locale)} />
        </header>
        <main className="grid grid-cols-1 items-center gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
          <div className="grid gap-6">
            <h1 className="text-title text-balance">{t("title")}</h1>
            <p className="max-w-prose text-pretty text-faint">{t("lead")}</p>
            <div className="flex flex-wrap gap-3 max-sm:*:grow">
              {isDemo && (
                // Not the router's link: it leads out of the pages and back.
                <a href={visitPath("/")} className={buttonClass({ tone: "primary" })}>
                  {t("lookAround")}
                </a>
              )}
              {canSignIn && (
                <LinkButton href="/sign-in" tone={isDemo ? "plain" : "primary"}>
                  {t("signIn")}
                </LinkButton>
              )}
            </div>
          </div>
          <picture>
            <source
              media="(max-width: 40rem)"
              srcSet="/landing/home-phone.webp"
              width={720}
              height={1120}
            />
            <img
              src="/landing/home.webp"
              alt={t("picture")}
              width={1280}
              height={920}
              fetchPriority="high"
              className="h-auto w-full rounded-xl border border-line bg-surface max-sm:mx-auto max-sm:max-w-80"
            />
          </picture>
          <ul className="grid gap-x-12 gap-y-6 sm:grid-cols-3 lg:col-span-2">
            {points.map((point) => (
              <li key={point} className="grid content-start gap-1">
                <h2 className="font-semibold">{t(`${point}Title`)}</h2>
                <p className="text-pretty text-caption text-faint">{t(point)}</p>
              </li>
            ))}
          </ul>
        </main>
        <footer className="flex flex-wrap gap-x-6 border-t border-line pt-4">
          <a href="/help" className={linkClass}>
            {t("help")}
          </a>
          {repositoryUrl() && (
            <a href={repositoryUrl() ?? ""} rel="noreferrer" className={linkClass}>
              {t("repository")}
            </a>
          )}
        </footer>
      </div>
    </WordsProvider>
  );
}
