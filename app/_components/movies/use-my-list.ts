"use client";

import { useOptimistic, useTransition } from "react";
import { useTranslations } from "use-intl";
import { setInListAction } from "@/lib/lists/actions";
import { showToast } from "../ui/toast";

/** Puts a movie on the person's list or takes it off: shown at once, taken back when it fails. */
export function useMyList(movieId: string, title: string, inList: boolean) {
  const t = useTranslations("list");
  const common = useTranslations("common");
  const [, startTransition] = useTransition();
  const [shown, setShown] = useOptimistic(inList);

  function set(to: boolean, undo: boolean) {
    startTransition(async () => {
      setShown(to);
      try {
        const outcome = await setInListAction({ movieId, inList: to });
        if (!outcome.ok)
          showToast({
            message: outcome.problem.title,
            detail: outcome.problem.detail,
            tone: "danger",
          });
        else
          showToast({
            message: t(to ? "added" : "removed", { title }),
            action: undo ? { label: common("undo"), run: () => set(!to, false) } : undefined,
          });
      } catch {
        showToast({
          message: common("noAnswer"),
          detail: common("noAnswerDetail"),
          tone: "danger",
        });
      }
    });
  }

  return { inList: shown, toggle: () => set(!shown, true) };
}
