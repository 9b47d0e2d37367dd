"use client";

import { Check, ImageOff, Search } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { findFilmsAction, rematchAction } from "@/lib/movies/actions";
import type { FilmChoice } from "@/lib/movies/schema";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { PanelDialog } from "../ui/panel-dialog";
import { Skeleton } from "../ui/skeleton";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

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
  const common = useTranslations("common");
  const [query, setQuery] = useState(title);
  const [films, setFilms] = useState<FilmChoice[] | null>(null);
  const [problem, setProblem] = useState<{ title: string; detail: string } | null>(null);
  const [searching, startSearch] = useTransition();
  const taking = useCommand();
  const [taken, setTaken] = useState<number | null>(null);

  const search = () =>
    startSearch(async () => {
      setProblem(null);
      try {
        const outcome = await findFilmsAction({ query });
        if (outcome.ok) setFilms(outcome.data);
        else setProblem(outcome.problem);
      } catch {
        setProblem({ title: common("noAnswer"), detail: common("noAnswerDetail") });
      }
    });

  // What is most often meant has another year or another spelling: it is looked for at once.
  const first = useRef(search);
  useEffect(() => first.current(), []);

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
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim()) search();
        }}
      >
        <div className="min-w-0 grow">
          <Field
            label={t("rematchQuery")}
            type="search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            autoComplete="off"
            maxLength={300}
            dir="auto"
          />
        </div>
        <Button type="submit" square pending={searching} aria-label={t("rematchSearch")}>
          <Search aria-hidden className="size-5" />
        </Button>
      </form>
      <div aria-live="polite" className="grid min-h-40 content-start gap-3">
        {problem && (
          <Notice tone="danger" title={problem.title}>
            {problem.detail}
          </Notice>
        )}
        {searching && !films && [1, 2].map((row) => <Skeleton key={row} className="h-28" />)}
        {films?.length === 0 && !searching && <p className="text-faint">{t("rematchNone")}</p>}
        {films && films.length > 0 && (
          <ul className={`grid gap-3 transition-opacity ${searching ? "opacity-75" : ""}`}>
            {films.map((film) => (
              <Film
                key={film.tmdbId}
                film={film}
                isCurrent={film.tmdbId === tmdbId}
                elsewhere={film.movieId !== null && film.movieId !== movieId ? film.movieId : null}
                pending={taking.pending && taken === film.tmdbId}
                disabled={taking.pending}
                onTake={() => take(film)}
              />
            ))}
          </ul>
        )}
      </div>
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
