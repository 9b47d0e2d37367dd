"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "use-intl";
import { keepLeftAt } from "../player/left-at";
import { LinkButton } from "../ui/link-button";

/**
 * Plays a movie from its beginning. Where the person stopped is kept until they are beyond the
 * opening: the player is only told to begin at zero, this once and in this tab.
 */
export function StartOver({ movieId }: { movieId: string }) {
  const t = useTranslations("movieMenu");
  return (
    <LinkButton
      data-stop
      href={`/watch/${movieId}`}
      onClick={() => keepLeftAt(movieId, 0)}
      className="max-sm:w-11 max-sm:px-0"
    >
      <RotateCcw aria-hidden className="size-5" />
      <span className="max-sm:sr-only">{t("startOver")}</span>
    </LinkButton>
  );
}
