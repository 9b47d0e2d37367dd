"use client";

import { Check, ImageOff } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { rematchAction } from "@/lib/movies/actions";
import type { FilmChoice } from "@/lib/movies/schema";
import { Button } from "../ui/button";
import { PanelDialog } from "../ui/panel-dialog";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { FilmSearch } from "./film-search";

interface RematchProps {
  movieId: string;
  title: string;
  tmdbId: number | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Mends a wrong match: finds the right film at TMDB by title, IMDb id or link, and takes it. */
export function Rematch({ movieId, title, tmdbId, open, onOpenChange }: RematchProps) {
  const t = useTranslations("moviePage");
  const taking = useCommand();
  const [taken, setTaken] = useState<number | null>(null);

  const take = (film: FilmChoice) => {
    setTaken(film.tmdbId);
    taking.run(
      () => rematchAction({ movieId, tmdbId: film.tmdbId }),
      () => {
        onOpenChange(false);
        showToast({
          message: t("rematched", { title: film.title }),
          detail: t("rematchedDetail"),
        });
      },
    );
  };

  return (
    <PanelDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("rematchTitle")}
      description={t("rematchDescription")}
      closeLabel={t("close")}
    >
      <FilmSearch
        initial={title}
        label={t("rematchQuery")}
        searchLabel={t("rematchSearch")}
        none={t("rematchNone")}
      >
        {(film) => (
          <Film
            key={film.tmdbId}
            film={film}
            isCurrent={film.tmdbId === tmdbId}
            elsewhere={film.movieId !== null && film.movieId !== movieId ? film.movieId : null}
            pending={taking.pending && taken === film.tmdbId}
            disabled={taking.pending}
            onTake={() => take(film)}
          />
        )}
      </FilmSearch>
    </PanelDialog>
  );
}

interface FilmProps {
  film: FilmChoice;
  /** The movie is this film already. */
  isCurrent: boolean;
  /** Another movie of the library that is this film. */
  elsewhere: string | null;
  pending: boolean;
  disabled: boolean;
  onTake: () => void;
}

function Film({ film, isCurrent, elsewhere, pending, disabled, onTake }: FilmProps) {
  const t = useTranslations("moviePage");
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] items-start gap-x-4 gap-y-2 rounded-xl border border-line bg-ink p-3">
      {film.poster ? (
        // biome-ignore lint/performance/noImgElement: a few kilobytes that came with the answer
        <img
          src={film.poster}
          alt=""
          width={92}
          height={138}
          className="aspect-2/3 w-full rounded-md bg-raised object-cover"
        />
      ) : (
        <div className="grid aspect-2/3 w-full place-items-center rounded-md bg-raised text-faint">
          <ImageOff aria-hidden className="size-6" />
        </div>
      )}
      <div className="grid min-w-0 content-start gap-1">
        <p dir="auto" className="font-semibold">
          {film.title}
          {film.year !== null && <span className="font-normal text-faint"> {film.year}</span>}
        </p>
        {film.originalTitle && film.originalTitle !== film.title && (
          <p dir="auto" className="text-caption text-faint">
            {film.originalTitle}
          </p>
        )}
        {film.overview && (
          <p dir="auto" className="line-clamp-2 text-caption text-faint">
            {film.overview}
          </p>
        )}
        <div className="mt-1">
          {isCurrent ? (
            <p className="flex min-h-11 items-center gap-2 text-lamp">
              <Check aria-hidden className="size-5" />
              {t("rematchCurrent")}
            </p>
          ) : elsewhere ? (
            <p className="text-caption text-faint">
              {t("rematchElsewhere")}{" "}
              <Link href={`/movies/${elsewhere}`} className="text-text underline">
                {t("rematchOpen")}
              </Link>
            </p>
          ) : (
            <Button
              onClick={onTake}
              pending={pending}
              disabled={disabled}
              aria-label={t("rematchTakeLabel", { title: film.title, year: film.year ?? "" })}
            >
              {t("rematchTake")}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
