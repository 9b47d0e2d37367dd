import { SearchX } from "lucide-react";
import { words } from "@/lib/web/words";
import { EmptyState } from "./_components/ui/empty-state";
import { LinkButton } from "./_components/ui/link-button";

export default async function NotFound() {
  const t = await words("errors");
  return (
    <main>
      <EmptyState
        heading="h1"
        icon={SearchX}
        title={t("notFoundTitle")}
        action={
          <LinkButton tone="primary" href="/">
            {t("home")}
          </LinkButton>
        }
      >
        {t("notFound")}
      </EmptyState>
    </main>
  );
}
