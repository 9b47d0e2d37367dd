"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "use-intl";
import { matchAgainAction } from "@/lib/imports/actions";
import { Button } from "../ui/button";
import { useCommand } from "../ui/use-command";

/** Goes on with a scan that could not be finished. */
export function MatchAgain({ id }: { id: string }) {
  const t = useTranslations("folders");
  const { pending, run } = useCommand();
  return (
    <Button onClick={() => run(() => matchAgainAction({ id }))} pending={pending}>
      <RotateCw aria-hidden className="size-5" />
      {t("tryAgain")}
    </Button>
  );
}
