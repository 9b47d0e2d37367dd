"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { restoreMoviesAction } from "@/lib/library/actions";
import { showToast } from "../ui/toast";
import { inPieces, type PieceResult } from "./in-pieces";

interface Said {
  /** Said when it is done. */
  message: (count: number) => string;
  detail?: string;
  /** After what went into the bin: how long it can be brought back. */
  intoBin?: boolean;
}

/** Does something with many movies, versions or downloads: shows how far it is, and says what became of it. */
export function useBulk() {
  const t = useTranslations("library");
  const common = useTranslations("common");
  const bin = useTranslations("bin");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);

  async function through<More extends object>(
    ids: readonly string[],
    work: (piece: string[]) => Promise<PieceResult<More>>,
  ) {
    setProgress({ done: 0, of: ids.length });
    try {
      return await inPieces(ids, work, (done) => setProgress({ done, of: ids.length }));
    } catch {
      showToast({ message: common("noAnswer"), detail: common("noAnswerDetail"), tone: "danger" });
      return null;
    } finally {
      setProgress(null);
    }
  }

  /** Brings back what went into the bin a moment ago. */
  function undo(ids: readonly string[]): void {
    startTransition(async () => {
      const result = await through(ids, (movieIds) => restoreMoviesAction({ movieIds }));
      if (!result) return;
      showToast({ message: t("broughtBack", { count: result.done.length }) });
      router.refresh();
    });
  }

  function run<More extends { days?: number } | object>(
    ids: readonly string[],
    work: (piece: string[]) => Promise<PieceResult<More>>,
    said: Said,
    onDone?: (done: string[]) => void,
  ): void {
    startTransition(async () => {
      const result = await through(ids, work);
      if (!result) return;
      const { done, refused, problem, last } = result;
      if (problem) {
        showToast({ message: problem.title, detail: problem.detail, tone: "danger" });
      } else if (refused.length > 0) {
        const message = t("someStayed", { count: ids.length - done.length });
        showToast({ message, detail: refused.join(" "), tone: "danger" });
      }
      if (done.length > 0) {
        const days = last && "days" in last ? Number(last.days) : 0;
        showToast({
          message: said.message(done.length),
          ...(said.detail && { detail: said.detail }),
          ...(said.intoBin && {
            detail: bin("movedDetail", { days }),
            link: { href: "/manage/bin", label: bin("open") },
            action: { label: common("undo"), run: () => undo(done) },
          }),
        });
      }
      onDone?.(done);
      router.refresh();
    });
  }

  return { pending, progress, run };
}
