import type { ReactNode } from "react";
import { CardDetails } from "@/app/_components/movies/card-details";
import { Shell } from "@/app/_components/shell/shell";
import { WordsProvider } from "@/app/_components/words-provider";
import { currentUser } from "@/lib/auth/current-user";
import { loadRequestLinks } from "@/lib/requests/loaders";
import { loadMayAdd } from "@/lib/sources/loaders";
import { pageLocale } from "@/lib/web/words";

/** Pages with the bars around them; the film itself (watch) has none and stands beside this. */
export default async function BrowseLayout({ children }: { children: ReactNode }) {
  // The gate is in the loaders: a layout is not drawn anew for every page.
  const user = await currentUser();
  return (
    <WordsProvider
      locale={await pageLocale()}
      namespaces={[
        ...[
          "common",
          "errors",
          "list",
          "live",
          "searchField",
          "movieMenu",
          "versionMenu",
          "card",
          "filters",
        ],
      ]}
    >
      <Shell
        user={user && { username: user.username, isAdmin: user.role === "admin" }}
        mayAdd={await loadMayAdd()}
        requests={await loadRequestLinks()}
      >
        {children}
      </Shell>
      <CardDetails />
    </WordsProvider>
  );
}
