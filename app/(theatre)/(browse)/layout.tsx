import type { ReactNode } from "react";
import { Shell } from "@/app/_components/shell/shell";
import { WordsProvider } from "@/app/_components/words-provider";
import { pageLocale } from "@/lib/web/words";

/** Pages with the bars around them; the film itself (watch) has none and stands beside this. */
export default async function BrowseLayout({ children }: { children: ReactNode }) {
  return (
    <WordsProvider
      locale={await pageLocale()}
      namespaces={["common", "errors", "list", "searchField", "movieMenu"]}
    >
      <Shell>{children}</Shell>
    </WordsProvider>
  );
}
