"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { addResultAction } from "@/lib/movies/actions";
import { useRestore } from "../bin/use-restore";
import { showToast } from "../ui/toast";

export interface TakeRelease {
  /** Of the release that is being added now. */
  pendingId: string | null;
  /** Movies that releases were added to, by result. */
  added: Readonly<Record<string, string>>;
  run: (resultId: string, title: string) => void;
}

/** Adds releases of a search, one at a time, and remembers which. */
export function useTakeRelease({ mayRestore }: { mayRestore: boolean }): TakeRelease {
  const t = useTranslations("sourceSearch");
  const common = useTranslations("common");
  const bin = useTranslations("bin");
  const restore = useRestore();
  const router = useRouter();
  const [pendingId, setPendingId] = useState<string | null>(null);
  const [added, setAdded] = useState<Record<string, string>>({});

  async function take(resultId: string, title: string) {
    const open = (movieId: string) => ({
      label: t("open"),
      run: () => router.push(`/movies/${movieId}`),
    });
    const bringBack = (binId: string) => ({
      label: bin("restore"),
      run: () => void restore(binId, (restored) => router.push(`/movies/${restored.movieId}`)),
    });
    try {
      const outcome = await addResultAction({ resultId });
      if (outcome.ok) {
        const { movieId } = outcome.data;
        setAdded((before) => ({ ...before, [resultId]: movieId }));
        showToast({ message: t("addedToast", { title }), action: open(movieId) });
        return;
      }
      const { title: message, detail, errors = {}, movieId, binId } = outcome.problem;
      const known = typeof movieId === "string" && !binId && { action: open(movieId) };
      const binned = typeof binId === "string" && mayRestore && { action: bringBack(binId) };
      const [why = detail] = Object.values(errors);
      showToast({ message, detail: why, tone: "danger", ...known, ...binned });
    } catch {
      showToast({
        message: common("noAnswer"),
        detail: common("noAnswerDetail"),
        tone: "danger",
      });
    }
  }

  return {
    pendingId,
    added,
    run(resultId, title) {
      setPendingId(resultId);
      take(resultId, title).finally(() => setPendingId(null));
    },
  };
}
