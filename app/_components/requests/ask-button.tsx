import { Check, MessageCirclePlus } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import type { AskForMovie } from "./use-ask-for-movie";

interface AskButtonProps {
  /** Of the movie: another search finds it by another result. */
  wishKey: string;
  resultId: string;
  title: string;
  ask: AskForMovie;
}

/** Asks for a movie that a search found; afterwards it says so. */
export function AskButton({ wishKey, resultId, title, ask }: AskButtonProps) {
  const t = useTranslations("requests");
  if (ask.asked.has(wishKey)) {
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
      pending={ask.pendingKey === wishKey}
      disabled={ask.pendingKey !== null}
      aria-label={t("askLabel", { title })}
      onClick={() => ask.run(wishKey, { resultId })}
      className="w-full sm:w-auto"
    >
      <MessageCirclePlus aria-hidden className="size-5" />
      {t("ask")}
    </Button>
  );
}
