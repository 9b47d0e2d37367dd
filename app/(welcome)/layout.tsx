import type { ReactNode } from "react";
import { Mark } from "@/app/_components/shell/mark";
import { WordsProvider } from "@/app/_components/words-provider";
import { pageLocale, words } from "@/lib/web/words";

/** Pages for who is not signed in yet, or just now: one column under the lamp. */
export default async function WelcomeLayout({ children }: { children: ReactNode }) {
  const t = await words("app");
  return (
    <WordsProvider
      locale={await pageLocale()}
      namespaces={["common", "errors", "signIn", "setup", "invitation", "password"]}
    >
      <main className="mx-auto grid min-h-dvh w-full max-w-lg content-start gap-8 px-(--gutter) pt-[max(2.5rem,12vh)] pb-16">
        <p className="flex items-center gap-2.5 text-heading">
          <Mark className="size-7" />
          {t("name")}
        </p>
        {children}
      </main>
    </WordsProvider>
  );
}
