import { SearchX } from "lucide-react";
import { words } from "@/lib/web/words";
import { Mark } from "./_components/shell/mark";
import { EmptyState } from "./_components/ui/empty-state";
import { LinkButton } from "./_components/ui/link-button";

export default async function NotFound() {
  const [t, app] = await Promise.all([words("errors"), words("app")]);
  return (
    <main className="px-(--gutter) pt-[max(1.25rem,8vh)]">
      <p className="mx-auto flex max-w-md items-center justify-center gap-2.5 text-heading">
        <Mark className="size-7" />
        {app("name")}
      </p>
      <EmptyState
        level={1}
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
