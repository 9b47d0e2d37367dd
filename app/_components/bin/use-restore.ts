"use client";

import { useTranslations } from "use-intl";
import { restoreAction } from "@/lib/bin/actions";
import type { Restored } from "@/lib/bin/schema";
import { showToast } from "../ui/toast";

/** Brings back what lies in the bin and says how that went; `onBack` is called when it is there again. */
export function useRestore(): (id: string, onBack: (restored: Restored) => void) => Promise<void> {
  const t = useTranslations("bin");
  const common = useTranslations("common");
  return async (id, onBack) => {
    try {
      const outcome = await restoreAction({ id });
      if (!outcome.ok) {
        const { title: message, detail } = outcome.problem;
        showToast({ message, detail, tone: "danger" });
        return;
      }
      const { title, missingFiles } = outcome.data;
      showToast({
        message: t("restored", { title }),
        ...(missingFiles > 0 && {
          detail: t("restoredMissing", { count: missingFiles }),
          tone: "danger",
        }),
      });
      onBack(outcome.data);
    } catch {
      showToast({
        message: common("noAnswer"),
        detail: common("noAnswerDetail"),
        tone: "danger",
      });
    }
  };
}
