"use client";

import { BookmarkCheck, BookmarkPlus } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { useMyList } from "./use-my-list";

interface ListButtonProps {
  movieId: string;
  title: string;
  inList: boolean;
}

/** In the hero and on the movie's page. */
export function ListButton({ movieId, title, inList }: ListButtonProps) {
  const t = useTranslations("list");
  const list = useMyList(movieId, title, inList);
  const Icon = list.value ? BookmarkCheck : BookmarkPlus;
  return (
    <Button data-stop onClick={list.toggle} aria-pressed={list.value}>
      <Icon aria-hidden className={`size-5 ${list.value ? "text-lamp" : ""}`} />
      {t("button")}
    </Button>
  );
}
