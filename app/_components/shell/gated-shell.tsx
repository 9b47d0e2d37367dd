import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import type { RequestLinks } from "@/lib/requests/schema";
import { pageLocale, words } from "@/lib/web/words";
import { EmptyState } from "../ui/empty-state";
import { LinkButton } from "../ui/link-button";
import { WordsProvider } from "../words-provider";
import { Shell } from "./shell";

interface GatedShellProps {
  user: { username: string; role: string };
  mayAdd: boolean;
  requests: RequestLinks;
  /** Who looks may see what is inside; anybody else is told so kindly, and the loaders ask again. */
  isAllowed: boolean;
  /** Of the pages inside, beside those that the shell itself needs. */
  namespaces: readonly string[];
  children: ReactNode;
}

/** The bars around pages that are not for everybody. */
export async function GatedShell(props: GatedShellProps) {
  const { user, mayAdd, requests, isAllowed, namespaces, children } = props;
  const [t, ofDemo] = await Promise.all([words("errors"), words("demo")]);
  return (
    <WordsProvider
      locale={await pageLocale()}
      namespaces={["common", "errors", "live", "searchField", ...namespaces]}
    >
      <Shell
        user={{ username: user.username, isAdmin: user.role === "admin" }}
        mayAdd={mayAdd}
        requests={requests}
      >
        {isAllowed ? (
          children
        ) : (
          <EmptyState
            level={1}
            icon={Lock}
            title={t("adminsOnlyTitle")}
            action={
              <LinkButton tone="primary" href="/">
                {t("home")}
              </LinkButton>
            }
          >
            {user.role === "visitor" ? ofDemo("notHere") : t("adminsOnly")}
          </EmptyState>
        )}
      </Shell>
    </WordsProvider>
  );
}
