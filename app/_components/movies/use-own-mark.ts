"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { showToast } from "../ui/toast";
import type { Outcome } from "../ui/use-command";

interface Mark {
  to: boolean;
  save: (to: boolean) => Promise<Outcome<unknown>>;
  /** What is said once it is saved. */
  said: (to: boolean) => string;
  /** Shows it, at once; called with the other value when it is taken back. */
  show: (to: boolean) => void;
}

/**
 * Sets a mark that a person makes for themselves (on my list, watched): shown at once, taken back
 * when it cannot be saved, and with an undo.
 */
export function useMarking(): (mark: Mark) => void {
  const common = useTranslations("common");
  const router = useRouter();
  const [, startTransition] = useTransition();

  function set(mark: Mark, undo: boolean) {
    const { to, save, said, show } = mark;
    show(to);
    startTransition(async () => {
      try {
        const outcome = await save(to);
        if (outcome.ok) {
          const back = () => set({ ...mark, to: !to }, false);
          const action = undo ? { label: common("undo"), run: back } : undefined;
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
      show(!to);
    });
  }

  return (mark) => set(mark, true);
}

interface OwnMark {
  /** As the server knows it. */
  value: boolean;
  save: (to: boolean) => Promise<Outcome<unknown>>;
  said: (to: boolean) => string;
}

/** The same for a button that has the mark as its state. */
export function useOwnMark({ value, save, said }: OwnMark) {
  const mark = useMarking();
  const [shown, setShown] = useState(value);
  const [known, setKnown] = useState(value);
  // The server says something new (another device, another card of the same movie): that counts.
  if (value !== known) {
    setKnown(value);
    setShown(value);
  }
  return { value: shown, toggle: () => mark({ to: !shown, save, said, show: setShown }) };
}
