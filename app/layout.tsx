import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import { currentUser } from "@/lib/auth/current-user";
import { loadDemoBanner } from "@/lib/demo/loaders";
import { directionOf } from "@/lib/web/locale";
import { keepsOffline, workerFacts } from "@/lib/web/offline-worker";
import { pageLocale, words } from "@/lib/web/words";
import { DemoBanner } from "./_components/demo/banner";
import { OfflineWorker } from "./_components/offline/offline-worker";
import { Toasts } from "./_components/ui/toasts";
import { WordsProvider } from "./_components/words-provider";
import "./globals.css";

// Figtree in the two cuts that its package has. The first is fetched with the page, and its
// stand-in has the same measures, so that nothing jumps when it arrives.
const figtree = localFont({
  src: "../node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
  weight: "300 900",
  variable: "--font-figtree",
  display: "swap",
  adjustFontFallback: "Arial",
});
const figtreeExt = localFont({
  src: "../node_modules/@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2",
  weight: "300 900",
  variable: "--font-figtree-ext",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
    },
  ],
});

export const viewport: Viewport = {
  themeColor: "#0b0c11",
  colorScheme: "dark",
  viewportFit: "cover",
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await words("app");
  return {
    title: { default: t("name"), template: `%s · ${t("name")}` },
    description: t("description"),
    // Whose films these are is nobody else's business.
    robots: { index: false, follow: false },
    referrer: "same-origin",
    applicationName: t("name"),
    appleWebApp: { capable: true, title: t("name"), statusBarStyle: "black" },
    formatDetection: { telephone: false },
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, user, demo] = await Promise.all([pageLocale(), currentUser(), loadDemoBanner()]);
  return (
    <html
      lang={locale}
      dir={directionOf(locale)}
      className={`${figtree.variable} ${figtreeExt.variable}`}
    >
      <body>
        <WordsProvider locale={locale} namespaces={["common", "errors", "live"]}>
          {demo && <DemoBanner {...demo} />}
          {children}
          <Toasts />
        </WordsProvider>
        <OfflineWorker {...workerFacts(user?.id ?? null, locale)} isOn={keepsOffline()} />
      </body>
    </html>
  );
}
