"use client";

import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { FoundMovieView, SearchProgress } from "@/lib/sources/schema";
import { readLines } from "./read-lines";
import { keptOrder } from "./steady";

export interface SourceSearch {
  query: string;
  movies: FoundMovieView[];
  /** By source, in words. */
  errors: SearchProgress["errors"];
  /** Names of those that have not answered yet. */
  waitingFor: string[];
  isSearching: boolean;
  /** Why there is no search at all. */
  problem: string | null;
}

/** What the server takes (lib/sources/schema.ts); nobody remembers a longer title. */
const longestQuery = 200;

const nothing = { movies: [], errors: [], waitingFor: [], problem: null };

/** What the refusal of a search says. */
async function detailOf(answer: Response): Promise<string | null> {
  const problem: unknown = await answer.json().catch(() => null);
  if (typeof problem !== "object" || problem === null || !("detail" in problem)) return null;
  return String(problem.detail);
}

/**
 * Asks the sources and shows what has come by now. Another question, or leaving the page, gives up
 * the one before. A movie that is on the screen keeps its place while others come.
 */
export function useSourceSearch({ query, round }: { query: string; round: number }): SourceSearch {
  const t = useTranslations("common");
  const [found, setFound] = useState<SourceSearch>({ ...nothing, query: "", isSearching: false });

  // A page that is drawn anew brings its words anew, which is no reason to ask the sources again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same again
  useEffect(() => {
    if (query === "") {
      setFound({ ...nothing, query, isSearching: false });
      return;
    }
    const leaving = new AbortController();
    const { signal } = leaving;
    const fail = (problem: string) =>
      setFound((before) => ({ ...before, waitingFor: [], isSearching: false, problem }));
    setFound({ ...nothing, query, isSearching: true });
    const ask = async () => {
      const asked = encodeURIComponent(query.slice(0, longestQuery));
      const address = `/api/v1/search/stream?query=${asked}`;
      const answer = await fetch(address, { signal, cache: "no-store" });
      if (!answer.ok || !answer.body) return fail((await detailOf(answer)) ?? t("noAnswer"));
      for await (const line of readLines(answer.body)) {
        if (signal.aborted) return;
        const { results, errors, waitingFor } = line as SearchProgress;
        setFound((before) => {
          const movies = keptOrder(before.movies, results);
          return { ...before, movies, errors, waitingFor };
        });
      }
      setFound((before) => ({ ...before, waitingFor: [], isSearching: false }));
    };
    ask().catch(() => {
      if (!signal.aborted) fail(t("noAnswer"));
    });
    return () => leaving.abort();
  }, [query, round]);

  return found;
}
