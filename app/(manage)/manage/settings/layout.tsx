import type { ReactNode } from "react";
import { WordsProvider } from "@/app/_components/words-provider";
import { pageLocale } from "@/lib/web/words";

/** Words of the settings' forms, which no other page carries. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <WordsProvider
      locale={await pageLocale()}
      namespaces={["common", "settingsForm", "tokens", "webhooks", "folders"]}
    >
      {children}
    </WordsProvider>
  );
}
