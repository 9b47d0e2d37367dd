"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { deleteMovieAction, movieRemovalAction } from "@/lib/movies/actions";
import type { MovieRemoval } from "@/lib/movies/schema";
import { ConfirmDialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Skeleton } from "../ui/skeleton";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { sizeText } from "../words/measures";

interface DeleteMovieProps {
  movieId: string;
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Deletes a movie with everything that belongs to it, after what that is was said and a word typed. */
export function DeleteMovie({ movieId, title, open, onOpenChange }: DeleteMovieProps) {
  const t = useTranslations("moviePage");
  const common = useTranslations("common");
  const router = useRouter();
  const deleting = useCommand();
  const [typed, setTyped] = useState("");
  const word = t("deleteWord");
  const locale = useLocale();
  const low = (text: string) => text.trim().toLocaleLowerCase(locale);
  const isTyped = [word, title].some((wanted) => low(wanted) === low(typed));

  const remove = () => {
    if (!isTyped) return;
    deleting.run(
      () => deleteMovieAction({ movieId }),
      () => {
        onOpenChange(false);
        showToast({ message: t("deletedSaid", { title }) });
        // Back would lead to a page that is no more.
        router.replace("/");
      },
      { stay: false },
    );
  };

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("deleteTitle", { title })}
      description={t("deleteDescription")}
      confirmLabel={t("deleteConfirm")}
      cancelLabel={common("cancel")}
      pending={deleting.pending}
      confirmDisabled={!isTyped}
      onConfirm={remove}
    >
      <WhatGoes movieId={movieId} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          remove();
        }}
      >
        <Field
          label={t("deleteTyped", { word })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="done"
        />
      </form>
    </ConfirmDialog>
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
