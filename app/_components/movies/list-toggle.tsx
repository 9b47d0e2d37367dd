"use client";

import { BookmarkCheck, BookmarkPlus } from "lucide-react";
import { useTranslations } from "use-intl";
import { useMyList } from "./use-my-list";

interface ListToggleProps {
  movieId: string;
  title: string;
  inList: boolean;
}

/**
 * On a card: shown when it is pointed at or has the focus. A finger has no pointing: there the
 * movie's own page has the button.
 */
export function ListToggle({ movieId, title, inList }: ListToggleProps) {
  const t = useTranslations("list");
  const list = useMyList(movieId, title, inList);
  const Icon = list.value ? BookmarkCheck : BookmarkPlus;
  return (
    <button
      type="button"
      onClick={list.toggle}
      aria-pressed={list.value}
      aria-label={t("toggleLabel", { title })}
      className="absolute end-1 top-1 hidden size-11 place-items-center rounded-lg opacity-0 transition-opacity group-hover:opacity-100 focus-visible:opacity-100 pointer-fine:grid"
    >
      <span className="grid size-8 place-items-center rounded-lg bg-ink/85 text-text">
        <Icon aria-hidden className={`size-4.5 ${list.value ? "text-lamp" : ""}`} />
      </span>
    </button>
  );
}
