import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { Shell } from "@/app/_components/shell/shell";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { WordsProvider } from "@/app/_components/words-provider";
import { requireUser } from "@/lib/auth/current-user";
import { loadMayAdd } from "@/lib/sources/loaders";
import { pageLocale, words } from "@/lib/web/words";

/** Adding is for admins, and for members when the household lets them: beside what is for admins. */
export default async function AddLayout({ children }: { children: ReactNode }) {
  const [user, mayAdd, t] = await Promise.all([requireUser(), loadMayAdd(), words("errors")]);
  return (
    <WordsProvider
      locale={await pageLocale()}
      namespaces={["common", "errors", "searchField", "addForm", "sourceSearch"]}
    >
      <Shell user={{ username: user.username, isAdmin: user.role === "admin" }} mayAdd={mayAdd}>
        {mayAdd ? (
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
