"use client";

import { useTranslations } from "use-intl";
import { setInListAction } from "@/lib/lists/actions";
import { useOwnMark } from "./use-own-mark";

/** Saves whether a movie is on the person's list; undone, it stands where it stood. */
export function savingInList(movieId: string) {
  let listedAt: Date | null = null;
  return async (inList: boolean) => {
    const outcome = await setInListAction({ movieId, inList, listedAt: inList ? listedAt : null });
    if (outcome.ok && !inList) listedAt = outcome.data;
    return outcome;
  };
}

/** Puts a movie on the person's list, or takes it off. */
export function useMyList(movieId: string, title: string, inList: boolean) {
  const t = useTranslations("list");
  return useOwnMark({
    value: inList,
    save: savingInList(movieId),
    said: (to) => t(to ? "added" : "removed", { title }),
  });
}
