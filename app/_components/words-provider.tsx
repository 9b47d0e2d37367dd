import type { ReactNode } from "react";
import { messagesOf } from "@/lib/web/catalogue";
import { WordsContext } from "./words-context";

/**
 * Words for the client components inside, by `useTranslations` of use-intl. Only the named
 * namespaces travel to the browser, so that a page carries its own sentences and no others.
 */
export function WordsProvider({
  locale,
  namespaces,
  children,
}: {
  locale: string;
  namespaces: readonly string[];
  children: ReactNode;
}) {
  return (
    <WordsContext locale={locale} messages={messagesOf(locale, namespaces)}>
      {children}
    </WordsContext>
  );
}
