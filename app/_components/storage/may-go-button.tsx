"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { binMoviesAction, deleteMoviesAction } from "@/lib/library/actions";
import { binVersionsAction, deleteOriginalsAction } from "@/lib/storage/actions";
import { MoveQuestion } from "../library/move-question";
import { useBulk } from "../library/use-bulk";
import { Button } from "../ui/button";

interface MayGoButtonProps {
  kind: "watched" | "originals" | "smaller";
  ids: readonly string[];
  binDays: number;
  /** What stands on it; without, it is an icon beside what this names. */
  label?: string;
  labelOf?: string;
}

const things = { watched: "movies", originals: "originals", smaller: "versions" } as const;

/** Lets things go: movies and versions by way of the bin, originals at once. */
export function MayGoButton({ kind, ids, binDays, label, labelOf = "" }: MayGoButtonProps) {
  const t = useTranslations("storage");
  const library = useTranslations("library");
  const { pending, progress, run } = useBulk();
  const [asking, setAsking] = useState(false);
  const intoBin = binDays > 0 && kind !== "originals";

  const work = (piece: string[]) => {
    if (kind === "originals") return deleteOriginalsAction({ downloadIds: piece });
    if (kind === "smaller") return binVersionsAction({ versionIds: piece });
    return intoBin ? binMoviesAction({ movieIds: piece }) : deleteMoviesAction({ movieIds: piece });
  };
  const go = () => {
    setAsking(false);
    run(ids, work, {
      message: (count) =>
        kind === "originals"
          ? t("originalsSaid", { count })
          : kind === "smaller"
            ? t("smallerSaid", { count })
            : library(intoBin ? "movedSaid" : "deletedSaid", { count }),
      ...(kind === "originals" && { detail: t("originalsSaidDetail") }),
      intoBin,
    });
  };
  return (
    <>
      <Button
        tone={label ? "plain" : "quiet"}
        square={!label}
        aria-haspopup="dialog"
        pending={pending}
        {...(!label && { "aria-label": t("goLabel", { title: labelOf }) })}
        onClick={() => setAsking(true)}
      >
        <Trash2 aria-hidden className="size-5" />
        {label && (progress ? library("progress", progress) : label)}
      </Button>
      {asking && (
        <MoveQuestion
          kind={things[kind]}
          count={ids.length}
          days={binDays}
          pending={pending}
          onOpenChange={setAsking}
          onConfirm={go}
        />
      )}
    </>
  );
}
