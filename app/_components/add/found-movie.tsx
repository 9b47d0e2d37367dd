"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { FoundMovieView } from "@/lib/sources/schema";
import { AskButton } from "../requests/ask-button";
import type { AskForMovie } from "../requests/use-ask-for-movie";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { FoundPoster } from "./found-poster";
import { ReleaseFacts } from "./release-facts";
import { ReleaseRow } from "./release-row";
import { TakeButton } from "./take-button";
import type { TakeRelease } from "./use-take-release";

/** Who may add takes a release; anybody else asks for the movie, whichever release it will be. */
export type WayToGetIt =
  | { take: TakeRelease; ask?: undefined }
  | { take?: undefined; ask: AskForMovie };

type FoundMovieProps = WayToGetIt & { movie: FoundMovieView };

/** A movie that sources have: the release to take, and behind a button the others. */
export function FoundMovie({ movie, take, ask }: FoundMovieProps) {
  const t = useTranslations("sourceSearch");
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const [best, ...others] = movie.releases;
  if (!best) return null;
  const addedTo = movie.releases.map(({ resultId }) => take?.added[resultId]).find(Boolean);
  const movieId = movie.movieId ?? addedTo ?? null;
  return (
    <li className="rounded-xl border border-line bg-surface">
      <div className="flex gap-4 p-4">
        <FoundPoster title={movie.title} url={movie.posterUrl} />
        <div className="grid min-w-0 grow content-start gap-2">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="min-w-0 font-semibold">
              <bdi>{movie.title}</bdi>
              {movie.year !== null && (
                <span className="ms-2 font-normal text-faint" data-numbers>
                  {movie.year}
                </span>
              )}
            </h3>
            {movieId && (
              <Link
                href={`/movies/${movieId}`}
                prefetch={false}
                className="-my-3 inline-flex min-h-11 items-center"
              >
                <Badge tone="lamp">{t("inLibrary")}</Badge>
              </Link>
            )}
          </div>
          {take && <ReleaseFacts release={best} />}
          <div className="mt-1 flex flex-wrap gap-2">
            {take ? (
              <TakeButton
                release={best}
                title={movie.title}
                take={take}
                isFirst={movieId === null}
              />
            ) : (
              movieId === null && (
                <AskButton
                  wishKey={movie.key}
                  resultId={best.resultId}
                  title={movie.title}
                  ask={ask}
                />
              )
            )}
            {take && others.length > 0 && (
              <Button
                tone="quiet"
                aria-expanded={isOpen}
                aria-controls={id}
                onClick={() => setOpen(!isOpen)}
              >
                {t("more", { count: others.length })}
                <ChevronDown
                  aria-hidden
                  className={`size-4 transition-transform ${isOpen ? "rotate-180" : ""}`}
                />
              </Button>
            )}
          </div>
        </div>
      </div>
      <ul
        id={id}
        hidden={!isOpen}
        aria-label={t("othersOf", { title: movie.title })}
        className="divide-y divide-line border-t border-line"
      >
        {isOpen &&
          take &&
          others.map((release) => (
            <ReleaseRow key={release.resultId} release={release} title={movie.title} take={take} />
          ))}
      </ul>
    </li>
  );
}
