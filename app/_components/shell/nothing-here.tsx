import { SearchX } from "lucide-react";
import { words } from "@/lib/web/words";
import { EmptyState } from "../ui/empty-state";
import { LinkButton } from "../ui/link-button";

/** What an address leads to that leads nowhere, or not any more. */
export async function NothingHere({ maySearch }: { maySearch: boolean }) {
  const t = await words("errors");
  return (
    <EmptyState
      level={1}
      icon={SearchX}
      title={t("notFoundTitle")}
      action={
        <>
          <LinkButton tone="primary" href="/">
            {t("home")}
          </LinkButton>
          {maySearch && <LinkButton href="/search">{t("search")}</LinkButton>}
        </>
      }
    >
      {t("notFound")}
    </EmptyState>
  );
}
