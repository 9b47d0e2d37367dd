"use client";

import type { ReactNode } from "react";
import { IntlProvider } from "use-intl/react";
import type { Catalogue } from "@/lib/web/catalogue";

/** The browser's half of WordsProvider. */
export function WordsContext({
  locale,
  messages,
  children,
}: {
  locale: string;
  messages: Catalogue;
  children: ReactNode;
}) {
  return (
    <IntlProvider locale={locale} messages={messages} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
