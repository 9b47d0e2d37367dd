"use client";

import { CloudOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "./_components/ui/button";
import { EmptyState } from "./_components/ui/empty-state";
import { LinkButton } from "./_components/ui/link-button";

/** Something failed that a page did not expect. The number leads to the line in the server's log. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("errors");
  const digest =
    error instanceof Error && "digest" in error && typeof error.digest === "string"
      ? error.digest
      : null;
  return (
    <EmptyState
      level={1}
      icon={CloudOff}
      title={t("title")}
      action={
        <>
          <Button tone="primary" onClick={retry}>
            {t("retry")}
          </Button>
          <LinkButton href="/">{t("home")}</LinkButton>
        </>
      }
    >
      {digest ? t("descriptionWithNumber", { number: digest }) : t("description")}
    </EmptyState>
  );
}
