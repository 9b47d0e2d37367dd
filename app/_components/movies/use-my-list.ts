"use client";

import { useTranslations } from "use-intl";
import { setInListAction } from "@/lib/lists/actions";
import { useOwnMark } from "./use-own-mark";

/** Puts a movie on the person's list, or takes it off. */
export function useMyList(movieId: string, title: string, inList: boolean) {
  const t = useTranslations("list");
  return useOwnMark({
    value: inList,
    save: (to) => setInListAction({ movieId, inList: to }),
    said: (to) => t(to ? "added" : "removed", { title }),
  });
}
