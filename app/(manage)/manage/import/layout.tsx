import type { ReactNode } from "react";
import { WordsProvider } from "@/app/_components/words-provider";
import { pageLocale } from "@/lib/web/words";

/** Words of importing, which no other page carries. */
export default async function ImportLayout({ children }: { children: ReactNode }) {
  return (
    <WordsProvider locale={await pageLocale()} namespaces={["common", "folders"]}>
      {children}
    </WordsProvider>
  );
}
