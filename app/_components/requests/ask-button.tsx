import { Check, MessageCirclePlus } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import type { AskForMovie } from "./use-ask-for-movie";

interface AskButtonProps {
  resultId: string;
  title: string;
  ask: AskForMovie;
}

/** Asks for a movie that a search found; afterwards it says so. */
export function AskButton({ resultId, title, ask }: AskButtonProps) {
  const t = useTranslations("requests");
  if (ask.asked.has(resultId)) {
    return (
      <Button disabled className="w-full sm:w-auto">
        <Check aria-hidden className="size-5" />
        {t("state.asked")}
      </Button>
    );
  }
  return (
    <Button
      tone="primary"
      pending={ask.pendingKey === resultId}
      disabled={ask.pendingKey !== null}
      aria-label={t("askLabel", { title })}
      onClick={() => ask.run(resultId, { resultId })}
      className="w-full sm:w-auto"
    >
      <MessageCirclePlus aria-hidden className="size-5" />
      {t("ask")}
    </Button>
  );
}
