import type { ReactNode } from "react";
import { WordsProvider } from "@/app/_components/words-provider";
import { pageLocale } from "@/lib/web/words";

/** Words of the sources' lists and forms, which no other page carries. */
export default async function SourcesLayout({ children }: { children: ReactNode }) {
  return (
    <WordsProvider locale={await pageLocale()} namespaces={["common", "sources"]}>
      {children}
    </WordsProvider>
  );
}
