import type { ReactNode } from "react";
import { WordsProvider } from "@/app/_components/words-provider";
import { pageLocale } from "@/lib/web/words";

/** Words of galleries beside those of sources. */
export default async function GalleryLayout({ children }: { children: ReactNode }) {
  return (
    <WordsProvider locale={await pageLocale()} namespaces={["common", "sources", "gallery"]}>
      {children}
    </WordsProvider>
  );
}
