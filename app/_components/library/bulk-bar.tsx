"use client";

import { Captions, RefreshCw, Trash2 } from "lucide-react";
import { useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import {
  binMoviesAction,
  deleteMoviesAction,
  libraryIdsAction,
  refreshMetadataAction,
  refreshSubtitlesOfAction,
} from "@/lib/library/actions";
import type { LibraryQuery } from "@/lib/library/schema";
import { Button } from "../ui/button";
import { ProgressBar } from "../ui/progress-bar";
import { showToast } from "../ui/toast";
import { MoveQuestion } from "./move-question";
import { useSelection } from "./selection";
import { useBulk } from "./use-bulk";

interface BulkBarProps {
  /** How many movies fit what the table shows. */
  total: number;
  query: Omit<LibraryQuery, "page" | "pageSize">;
  /** For how many days what is deleted can be brought back; 0 for not at all. */
  binDays: number;
}

/** What can be done with what is chosen; there only while something is. */
export function BulkBar({ total, query, binDays }: BulkBarProps) {
  const t = useTranslations("library");
  const { chosen, choose, none } = useSelection();
  const { pending, progress, run } = useBulk();
  const [choosing, startChoosing] = useTransition();
  const [asking, setAsking] = useState(false);
  const ids = [...chosen];
  const count = ids.length;

  const chooseAll = () =>
    startChoosing(async () => {
      const outcome = await libraryIdsAction(query);
      if (outcome.ok) choose(outcome.data, true);
      else showToast({ message: outcome.problem.title, tone: "danger" });
    });
  const move = () => {
    setAsking(false);
    const work =
      binDays > 0
        ? (movieIds: string[]) => binMoviesAction({ movieIds })
        : (movieIds: string[]) => deleteMoviesAction({ movieIds });
    run(
      ids,
      work,
      {
        message: (done) => t(binDays > 0 ? "movedSaid" : "deletedSaid", { count: done }),
        intoBin: binDays > 0,
      },
      (done) => choose(done, false),
    );
  };

  if (count === 0) return null;
  return (
    <section
      aria-label={t("chosenLabel")}
      className="sticky bottom-[calc(var(--bottom-bar)+0.75rem)] z-10 grid grid-cols-1 gap-2 rounded-xl border border-lamp/60 bg-raised p-2.5 shadow-xl shadow-ink"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p data-numbers aria-live="polite" className="ps-2 font-medium">
          {progress ? t("progress", progress) : t("chosen", { count })}
        </p>
        <div className="flex flex-wrap gap-1">
          {count < total && (
            <Button tone="quiet" pending={choosing} disabled={pending} onClick={chooseAll}>
              {t("chooseAll", { count: total })}
            </Button>
          )}
          <Button tone="quiet" disabled={pending} onClick={none}>
            {t("chooseNone")}
          </Button>
        </div>
        {/* On a phone three of the same width, whose words may need two lines. */}
        <div
          data-row
          className="flex gap-2 max-sm:w-full max-sm:*:h-auto max-sm:*:min-h-12 max-sm:*:grow max-sm:*:basis-0 max-sm:*:shrink max-sm:*:px-1 max-sm:*:text-caption max-sm:*:whitespace-normal"
        >
          <Button
            disabled={pending}
            onClick={() =>
              run(ids, (movieIds) => refreshSubtitlesOfAction({ movieIds }), {
                message: (done) => t("subtitlesSaid", { count: done }),
                detail: t("subtitlesSaidDetail"),
              })
            }
          >
            <Captions aria-hidden className="size-5 max-sm:hidden" />
            {t("subtitlesAgain")}
          </Button>
          <Button
            disabled={pending}
            onClick={() =>
              run(ids, (movieIds) => refreshMetadataAction({ movieIds }), {
                message: (done) => t("factsSaid", { count: done }),
                detail: t("factsSaidDetail"),
              })
            }
          >
            <RefreshCw aria-hidden className="size-5 max-sm:hidden" />
            {t("factsAgain")}
          </Button>
          <Button
            tone="danger"
            aria-haspopup="dialog"
            disabled={pending}
            onClick={() => setAsking(true)}
          >
            <Trash2 aria-hidden className="size-5 max-sm:hidden" />
            {t(binDays > 0 ? "toBin" : "delete")}
          </Button>
        </div>
      </div>
      {progress && (
        <ProgressBar
          value={progress.of === 0 ? null : progress.done / progress.of}
          label={t("progressLabel")}
        />
      )}
      {asking && (
        <MoveQuestion
          count={count}
          days={binDays}
          onOpenChange={setAsking}
          pending={pending}
          onConfirm={move}
        />
      )}
    </section>
  );
}
