import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { Shell } from "@/app/_components/shell/shell";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { WordsProvider } from "@/app/_components/words-provider";
import { requireUser } from "@/lib/auth/current-user";
import { loadMayAdd } from "@/lib/sources/loaders";
import { pageLocale, words } from "@/lib/web/words";

/** Pages for admins. The loaders behind them ask again; here a member is told so kindly. */
export default async function ManageLayout({ children }: { children: ReactNode }) {
  const [user, mayAdd, t] = await Promise.all([requireUser(), loadMayAdd(), words("errors")]);
  return (
    <WordsProvider
      locale={await pageLocale()}
      namespaces={["common", "errors", "live", "searchField", "downloads", "jobActions"]}
    >
      <Shell user={{ username: user.username, isAdmin: user.role === "admin" }} mayAdd={mayAdd}>
        {user.role === "admin" ? (
          children
        ) : (
          <EmptyState
            icon={Lock}
            title={t("adminsOnlyTitle")}
            action={
              <LinkButton tone="primary" href="/">
                {t("home")}
              </LinkButton>
            }
          >
            {t("adminsOnly")}
          </EmptyState>
        )}
      </Shell>
    </WordsProvider>
  );
}
