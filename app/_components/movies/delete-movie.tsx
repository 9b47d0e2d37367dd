"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { binMovieAction } from "@/lib/bin/actions";
import { deleteMovieAction, movieRemovalAction } from "@/lib/movies/actions";
import type { MovieRemoval } from "@/lib/movies/schema";
import { useMoved } from "../bin/use-moved";
import { ConfirmDialog } from "../ui/dialog";
import { Skeleton } from "../ui/skeleton";
import { showToast } from "../ui/toast";
import { TypedConfirm } from "../ui/typed-confirm";
import { useCommand } from "../ui/use-command";
import { sizeText } from "../words/measures";

interface DeleteMovieProps {
  movieId: string;
  title: string;
  /** For how many days it can be brought back; 0 for not at all. */
  binDays: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/**
 * Deletes a movie with everything that belongs to it, after what that is was said: into the bin, or,
 * where there is none, for good once a word was typed.
 */
export function DeleteMovie({ binDays, ...question }: DeleteMovieProps) {
  return binDays > 0 ? <ToBin {...question} days={binDays} /> : <ForGood {...question} />;
}

type QuestionProps = Omit<DeleteMovieProps, "binDays">;

function ToBin({ movieId, title, days, open, onOpenChange }: QuestionProps & { days: number }) {
  const t = useTranslations("moviePage");
  const bin = useTranslations("bin");
  const common = useTranslations("common");
  const router = useRouter();
  const moving = useCommand();
  const sayMoved = useMoved();
  const move = () =>
    moving.run(
      () => binMovieAction({ id: movieId }),
      (moved) => {
        onOpenChange(false);
        sayMoved({ id: movieId, message: bin("movieMoved", { title }), days: moved.days });
        // Back would lead to a page that is no more.
        router.replace("/");
      },
      { stay: false },
    );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("deleteTitle", { title })}
      description={bin("movieDescription", { days })}
      confirmLabel={bin("toBin")}
      cancelLabel={common("cancel")}
      pending={moving.pending}
      onConfirm={move}
    >
      <WhatGoes movieId={movieId} />
    </ConfirmDialog>
  );
}

function ForGood({ movieId, title, open, onOpenChange }: QuestionProps) {
  const t = useTranslations("moviePage");
  const bin = useTranslations("bin");
  const router = useRouter();
  const deleting = useCommand();
  const remove = () =>
    deleting.run(
      () => deleteMovieAction({ movieId }),
      () => {
        onOpenChange(false);
        showToast({ message: t("deletedSaid", { title }) });
        router.replace("/");
      },
      { stay: false },
    );
  return (
    <TypedConfirm
      open={open}
      onOpenChange={onOpenChange}
      title={t("deleteTitle", { title })}
      description={t("deleteDescription")}
      confirmLabel={t("deleteConfirm")}
      word={bin("word")}
      orTyped={title}
      pending={deleting.pending}
      onConfirm={remove}
    >
      <WhatGoes movieId={movieId} />
    </TypedConfirm>
  );
}

function WhatGoes({ movieId }: { movieId: string }) {
  const t = useTranslations("moviePage");
  const locale = useLocale();
  const [counts, setCounts] = useState<MovieRemoval | "unknown" | null>(null);

  useEffect(() => {
    let isWanted = true;
    movieRemovalAction({ movieId })
      .then((outcome) => isWanted && setCounts(outcome.ok ? outcome.data : "unknown"))
      .catch(() => isWanted && setCounts("unknown"));
    return () => {
      isWanted = false;
    };
  }, [movieId]);

  if (counts === "unknown") return <p className="text-faint">{t("countsUnknown")}</p>;
  const lines = counts && [
    ["files", counts.files, { size: sizeText(counts.sizeBytes, locale) }] as const,
    ["versions", counts.versions] as const,
    ["subtitles", counts.subtitles] as const,
    ["torrents", counts.torrents] as const,
    ["jobs", counts.jobs] as const,
    ["people", counts.people] as const,
  ];
  return (
    <div className="grid min-h-44 content-start gap-1 rounded-lg bg-ink p-4" aria-live="polite">
      {lines ? (
        <ul data-numbers className="grid gap-1">
          {lines.map(([name, count, values]) =>
            count > 0 ? <li key={name}>{t(`goes.${name}`, { count, ...values })}</li> : null,
          )}
        </ul>
      ) : (
        [1, 2, 3, 4].map((line) => <Skeleton key={line} className="h-6 w-3/4" />)
      )}
      {counts && counts.filesKept > 0 && (
        <p className="mt-2 text-caption text-faint">
          {t("filesKept", { count: counts.filesKept })}
        </p>
      )}
    </div>
  );
}
