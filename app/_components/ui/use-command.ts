"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { useTranslations } from "use-intl";
import { showToast } from "./toast";

/** What every server action answers. */
export type Outcome<Data> =
  | { ok: true; data: Data }
  | { ok: false; problem: { title: string; detail?: string } };

/**
 * Runs a server action from a button: `pending` while it runs; then the page is drawn anew, unless
 * `stay` is false because it is left. What goes wrong, including no answer at all, is said in a toast.
 */
export function useCommand() {
  const t = useTranslations("common");
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function run<Data>(
    command: () => Promise<Outcome<Data>>,
    onDone?: (data: Data) => void,
    { stay = true }: { stay?: boolean } = {},
  ): void {
    startTransition(async () => {
      try {
        const outcome = await command();
        if (outcome.ok) {
          onDone?.(outcome.data);
          if (stay) router.refresh();
        } else
          showToast({
            message: outcome.problem.title,
            detail: outcome.problem.detail,
            tone: "danger",
          });
      } catch {
        showToast({ message: t("noAnswer"), detail: t("noAnswerDetail"), tone: "danger" });
      }
    });
  }

  return { pending, run };
}
