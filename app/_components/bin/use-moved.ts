"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { showToast } from "../ui/toast";
import { useRestore } from "./use-restore";

interface Moved {
  id: string;
  /** What lies in the bin now. */
  message: string;
  days: number;
}

/** Says that something lies in the bin, with the way there, and undoes it: its movie is shown again. */
export function useMoved(): (moved: Moved) => void {
  const t = useTranslations("bin");
  const common = useTranslations("common");
  const router = useRouter();
  const restore = useRestore();
  return ({ id, message, days }) =>
    showToast({
      message,
      detail: t("movedDetail", { days }),
      link: { href: "/manage/bin", label: t("open") },
      action: {
        label: common("undo"),
        run: () => {
          void restore(id, ({ movieId }) => {
            router.push(`/movies/${movieId}`);
            router.refresh();
          });
        },
      },
    });
}
