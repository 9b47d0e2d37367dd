"use client";

import { Clapperboard } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { FoundCard } from "@/lib/movies/schema";
import { Picture } from "../movies/picture";
import { yearOf } from "../words/measures";

const settleMs = 120;
const mostShown = 6;

interface Results {
  items: FoundCard[];
  total: number;
  didYouMean: string | null;
  /** What they were found for. */
  query: string;
}

/** The first results for what is typed; those before stay until they are there. */
function useResults(query: string) {
  const [results, setResults] = useState<Results | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    // The latest wins: an answer to what was typed before is never shown after it.
    const stopping = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const parameters = new URLSearchParams({ query, pageSize: String(mostShown) });
        const response = await fetch(`/api/v1/movies?${parameters}`, { signal: stopping.signal });
        if (!response.ok) throw new Error(response.statusText);
        const found = await response.json();
        if (stopping.signal.aborted) return;
        setResults({ ...found, query });
        setFailed(false);
      } catch {
        if (!stopping.signal.aborted) setFailed(true);
      }
    }, settleMs);
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [query]);
  return { results, failed, isLoading: !failed && results?.query !== query };
}

interface SearchPanelProps {
  /** Of the list, which the field controls. */
  id: string;
  query: string;
  field: RefObject<HTMLInputElement | null>;
  /** Id of the option that the arrows have come to. */
  option: string | null;
  onOption: (id: string | null) => void;
  onClose: () => void;
}

/**
 * Below the field in the bar: the list of a combobox (WAI-ARIA). The focus stays in the field, the
 * arrows go through the list. Default export because it is loaded with the first letter.
 */
export default function SearchPanel(props: SearchPanelProps) {
  const { id, query, field, option, onOption, onClose } = props;
  const t = useTranslations("searchField");
  const router = useRouter();
  const { results, failed, isLoading } = useResults(query);
  const items = results?.items ?? [];
  const allHref = `/search?${new URLSearchParams({ query })}`;
  const options = [
    ...items.map((movie) => ({ id: `${id}-${movie.id}`, href: `/movies/${movie.id}` })),
    ...(items.length > 0 ? [{ id: `${id}-all`, href: allHref }] : []),
  ];

  useEffect(() => {
    const input = field.current;
    function onKeyDown(event: KeyboardEvent) {
      const at = options.findIndex((one) => one.id === option);
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const step = event.key === "ArrowDown" ? 1 : -1;
        // Before the first lies the field itself.
        const next = Math.max(-1, Math.min(options.length - 1, at + step));
        onOption(options[next]?.id ?? null);
        event.preventDefault();
      } else if (event.key === "Enter" && options[at]) {
        event.preventDefault();
        onClose();
        // On the page that follows the arrows are the page's again.
        input?.blur();
        router.push(options[at].href);
      }
    }
    input?.addEventListener("keydown", onKeyDown);
    return () => input?.removeEventListener("keydown", onKeyDown);
  });

  const said = failed
    ? t("failed")
    : results && results.total === 0
      ? t("none", { query: results.query })
      : results?.didYouMean
        ? t("closest", { name: results.didYouMean })
        : results && t("count", { count: results.total });

  return (
    <div
      className="panel absolute end-0 top-full z-40 mt-3 w-[min(26rem,90vw)] overflow-hidden p-2"
      aria-busy={isLoading}
    >
      <p role="status" className="px-2 pt-1 pb-2 text-caption text-faint">
        {said ?? t("searching")}
      </p>
      <div
        id={id}
        role="listbox"
        aria-label={t("results")}
        className={`transition-opacity ${isLoading && items.length > 0 ? "opacity-75" : ""}`}
      >
        {items.map((movie) => (
          <Option
            key={movie.id}
            movie={movie}
            id={`${id}-${movie.id}`}
            isActive={option === `${id}-${movie.id}`}
            onClose={onClose}
          />
        ))}
        {items.length > 0 && (
          <Link
            id={`${id}-all`}
            role="option"
            aria-selected={option === `${id}-all`}
            tabIndex={-1}
            href={allHref}
            prefetch={false}
            onClick={onClose}
            className="flex min-h-11 items-center rounded-lg px-2 font-medium text-lamp hover:bg-line aria-selected:bg-line"
          >
            {t("all", { count: results?.total ?? 0 })}
          </Link>
        )}
      </div>
    </div>
  );
}

interface OptionProps {
  movie: FoundCard;
  id: string;
  isActive: boolean;
  onClose: () => void;
}

function Option({ movie, id, isActive, onClose }: OptionProps) {
  const t = useTranslations("searchField");
  const about = [
    yearOf(movie.releaseDate),
    movie.foundBy && t("foundBy", { name: movie.foundBy }),
    movie.genres.length > 0 && !movie.foundBy && movie.genres[0]?.name,
  ].filter(Boolean);
  return (
    <Link
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      href={`/movies/${movie.id}`}
      prefetch={false}
      onClick={onClose}
      className="flex items-center gap-3 rounded-lg p-2 hover:bg-line aria-selected:bg-line"
    >
      <span className="grid aspect-2/3 w-9 shrink-0 place-items-center overflow-hidden rounded bg-raised">
        {movie.poster ? (
          <Picture picture={movie.poster} sizes="36px" className="size-full" />
        ) : (
          <Clapperboard aria-hidden className="size-4 text-faint" />
        )}
      </span>
      <span className="grid min-w-0 grow">
        <span className="truncate font-medium">
          <bdi>{movie.title}</bdi>
        </span>
        <span className="truncate text-caption text-faint">{about.join(" · ")}</span>
      </span>
    </Link>
  );
}
