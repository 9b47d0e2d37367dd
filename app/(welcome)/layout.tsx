import type { ReactNode } from "react";
import { Mark } from "@/app/_components/shell/mark";
import { LanguageMenu } from "@/app/_components/welcome/language-menu";
import { namedLanguages } from "@/app/_components/words/language-names";
import { WordsProvider } from "@/app/_components/words-provider";
import { currentUser } from "@/lib/auth/current-user";
import { locales, pickLocale } from "@/lib/web/catalogue";
import { pageLocale, words } from "@/lib/web/words";

/** Pages for who is not signed in yet, or just now: one column under the lamp. */
export default async function WelcomeLayout({ children }: { children: ReactNode }) {
  const [t, locale, user] = await Promise.all([words("app"), pageLocale(), currentUser()]);
  return (
    <WordsProvider
      locale={locale}
      namespaces={[
        ...["common", "errors", "languages", "signIn", "setup", "invitation", "password"],
        "resetLink",
      ]}
    >
      <main className="mx-auto grid min-h-dvh w-full max-w-[calc(30rem+2*var(--gutter))] content-start gap-8 px-(--gutter) pt-6 pb-16 sm:pt-[max(2.5rem,12vh)]">
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <p className="flex items-center gap-2.5 text-heading">
            <Mark className="size-7" />
            {t("name")}
          </p>
          {!user && (
            <LanguageMenu
              languages={namedLanguages(locales())}
              current={pickLocale(null, locale)}
            />
          )}
        </div>
        {children}
      </main>
    </WordsProvider>
  );
}
