"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { showToast } from "../ui/toast";
import type { Outcome } from "../ui/use-command";

interface OwnMark {
  /** As the server knows it. */
  value: boolean;
  save: (to: boolean) => Promise<Outcome<unknown>>;
  /** What is said once it is saved. */
  said: (to: boolean) => string;
}

/**
 * A mark that a person sets on a movie for themselves (on my list, watched): shown at once, taken
 * back when it cannot be saved, and with an undo.
 */
export function useOwnMark({ value, save, said }: OwnMark) {
  const common = useTranslations("common");
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [shown, setShown] = useState(value);
  const [known, setKnown] = useState(value);
  // The server says something new (another device, another card of the same movie): that counts.
  if (value !== known) {
    setKnown(value);
    setShown(value);
  }

  function set(to: boolean, undo: boolean) {
    setShown(to);
    startTransition(async () => {
      try {
        const outcome = await save(to);
        if (outcome.ok) {
          const action = undo ? { label: common("undo"), run: () => set(!to, false) } : undefined;
          showToast({ message: said(to), action });
          router.refresh();
          return;
        }
        const { title, detail } = outcome.problem;
        showToast({ message: title, detail, tone: "danger" });
      } catch {
        showToast({
          message: common("noAnswer"),
          detail: common("noAnswerDetail"),
          tone: "danger",
        });
      }
      setShown(!to);
    });
  }

  return { value: shown, toggle: () => set(!shown, true) };
}
