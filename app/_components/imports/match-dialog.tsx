"use client";

import type { FormEvent } from "react";
import { useTranslations } from "use-intl";
import { changeMatchAction } from "@/lib/imports/actions";
import type { ScanRow } from "@/lib/imports/schema";
import { FoundPoster } from "../add/found-poster";
import { FilmSearch } from "../movies/film-search";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { PanelDialog } from "../ui/panel-dialog";
import { useCommand } from "../ui/use-command";

interface MatchDialogProps {
  scanId: string;
  row: ScanRow;
  onClose: () => void;
  onMended: () => void;
}

/** Says which film a file is: one of TMDB's, by title, IMDb id or link, or by words alone. */
export function MatchDialog({ scanId, row, onClose, onMended }: MatchDialogProps) {
  const t = useTranslations("folders");
  const { title, year } = row.understood;
  const { pending, run } = useCommand();

  const take = (film: { tmdbId: number } | { title: string; year: number | null }) =>
    run(
      () => changeMatchAction({ scanId, fileId: row.id, film }),
      () => {
        onMended();
        onClose();
      },
    );

  function takeWords(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const named = String(given.get("title")).trim();
    const typed = Number.parseInt(String(given.get("year")), 10);
    if (named) take({ title: named, year: Number.isNaN(typed) ? null : typed });
  }

  return (
    <PanelDialog
      open
      onOpenChange={(on) => !on && onClose()}
      title={t("mendTitle")}
      description={row.name}
      closeLabel={t("close")}
    >
      <FilmSearch
        initial={year === null ? title : `${title} ${year}`}
        label={t("mendQuery")}
        searchLabel={t("mendSearch")}
        none={t("mendNone")}
      >
        {(film) => (
          <li
            key={film.tmdbId}
            className="flex items-start gap-4 rounded-xl border border-line bg-ink p-3"
          >
            <FoundPoster title={film.title} url={film.poster} />
            <div className="grid min-w-0 grow content-start gap-1">
              <p className="font-semibold">
                <bdi>{film.title}</bdi>
                {film.year !== null && (
                  <span className="ms-2 font-normal text-faint" data-numbers>
                    {film.year}
                  </span>
                )}
              </p>
              {film.overview && (
                <p dir="auto" className="line-clamp-2 text-caption text-faint">
                  {film.overview}
                </p>
              )}
              <Button
                onClick={() => take({ tmdbId: film.tmdbId })}
                disabled={pending}
                aria-label={t("mendTakeLabel", { title: film.title, year: film.year ?? "" })}
                className="mt-1 justify-self-start"
              >
                {t("mendTake")}
              </Button>
            </div>
          </li>
        )}
      </FilmSearch>
      <details className="group border-t border-line pt-2">
        <summary className="flex min-h-11 items-center font-medium hover:text-lamp">
          {t("mendWords")}
        </summary>
        <form className="grid gap-4 pt-2" onSubmit={takeWords}>
          <p className="text-caption text-faint">{t("mendWordsHint")}</p>
          <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_7rem]">
            <Field name="title" label={t("mendWordsTitle")} defaultValue={title} maxLength={300} />
            <Field
              name="year"
              label={t("mendWordsYear")}
              inputMode="numeric"
              pattern="(18|19|20|21)\d\d"
              defaultValue={year ?? ""}
            />
          </div>
          <Button type="submit" pending={pending} className="justify-self-start">
            {t("mendWordsTake")}
          </Button>
        </form>
      </details>
    </PanelDialog>
  );
}
