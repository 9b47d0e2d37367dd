"use client";

import { Search } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { findFilmsAction } from "@/lib/movies/actions";
import type { FilmChoice } from "@/lib/movies/schema";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { Skeleton } from "../ui/skeleton";

interface FilmSearchProps {
  /** Looked for at once: what is most often meant has another year or another spelling. */
  initial: string;
  label: string;
  searchLabel: string;
  /** Said where TMDB knows no such film. */
  none: string;
  /** One film of the answer, as an item of a list. */
  children: (film: FilmChoice) => ReactNode;
}

/** Finds films at TMDB by title, IMDb id or link. */
export function FilmSearch({ initial, label, searchLabel, none, children }: FilmSearchProps) {
  const common = useTranslations("common");
  const [query, setQuery] = useState(initial);
  const [films, setFilms] = useState<FilmChoice[] | null>(null);
  const [problem, setProblem] = useState<{ title: string; detail: string } | null>(null);
  const [searching, startSearch] = useTransition();

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
  const first = useRef(search);
  useEffect(() => first.current(), []);

  return (
    <>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim()) search();
        }}
      >
        <div className="min-w-0 grow">
          <Field
            label={label}
            type="search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            autoComplete="off"
            maxLength={300}
            dir="auto"
          />
        </div>
        <Button type="submit" square pending={searching} aria-label={searchLabel}>
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
        {films?.length === 0 && !searching && <p className="text-faint">{none}</p>}
        {films && films.length > 0 && (
          <ul className={`grid gap-3 transition-opacity ${searching ? "opacity-75" : ""}`}>
            {films.map(children)}
          </ul>
        )}
      </div>
    </>
  );
}
