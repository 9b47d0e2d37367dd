"use client";

import { CircleAlert, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Notice } from "../ui/notice";
import { Skeleton } from "../ui/skeleton";
import { Spinner } from "../ui/spinner";
import { FoundMovie, type WayToGetIt } from "./found-movie";
import type { SourceSearch } from "./use-source-search";

/** Names of the first few, and how many more there are. */
const namesShown = 3;

type SearchResultsProps = WayToGetIt & {
  found: SourceSearch;
  /** When all have answered: what helps whose movie is not among them. */
  after?: ReactNode;
};

/** What the sources have by now, who has not answered yet, and who could not. */
export function SearchResults({ found, after, ...way }: SearchResultsProps) {
  const t = useTranslations("sourceSearch");
  const { movies, errors, waitingFor, isSearching, problem } = found;
  const waiting = waitingFor.slice(0, namesShown).join(", ");
  const moreWaiting = waitingFor.length - namesShown;
  const count = t("count", { count: movies.length });
  const isEmpty = movies.length === 0 && !isSearching && problem === null;
  return (
    <section aria-labelledby="found-title" className="grid grid-cols-1 gap-4">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id="found-title" className="text-heading">
          {t("title", { query: found.query })}
        </h2>
        <p role="status" className="flex items-center gap-2 text-caption text-faint">
          {isSearching && <Spinner className="size-4" />}
          <span>
            {count}
            {isSearching && waiting !== "" && (
              <>
                {" · "}
                {moreWaiting > 0
                  ? t("waitingForMore", { names: waiting, count: moreWaiting })
                  : t("waitingFor", { names: waiting })}
              </>
            )}
          </span>
        </p>
      </div>
      {problem && <Notice live tone="danger" title={problem} />}
      {movies.length > 0 && (
        <ul className="grid grid-cols-1 gap-3">
          {movies.map((movie) => (
            <FoundMovie key={movie.key} movie={movie} {...way} />
          ))}
        </ul>
      )}
      {movies.length === 0 && isSearching && (
        <div className="grid grid-cols-1 gap-3">
          <Skeleton className="h-44 sm:h-36" />
          <Skeleton className="h-44 sm:h-36" />
          <Skeleton className="h-44 sm:h-36" />
        </div>
      )}
      {isEmpty && (
        <p className="flex items-start gap-3 rounded-xl border border-line bg-surface p-4 text-faint">
          <SearchX aria-hidden className="mt-0.5 size-5 shrink-0" />
          {t("nothing")}
        </p>
      )}
      {errors.length > 0 && (
        <ul aria-label={t("failed")} className="grid gap-1.5 text-caption text-faint">
          {errors.map(({ sourceId, name, detail }) => (
            <li key={sourceId} className="flex items-start gap-2">
              <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
              <span>
                <bdi className="font-medium text-text">{name}</bdi>: {detail}
              </span>
            </li>
          ))}
        </ul>
      )}
      {!isSearching &&
        (after ?? <p className="text-caption text-pretty text-faint">{t("ownSource")}</p>)}
    </section>
  );
}
