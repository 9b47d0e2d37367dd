"use client";

import { Check, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { refreshSubtitlesAction } from "@/lib/subtitles/actions";
import { Button } from "../ui/button";
import { FindField } from "../ui/find-field";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

interface Found {
  id: string;
  title: string;
  releaseDate: string | null;
}

const mostShown = 8;
const typingMs = 250;

/** Ready movies that fit the words; the newest without any. */
async function findMovies(query: string, signal: AbortSignal): Promise<Found[]> {
  const search = new URLSearchParams({ pageSize: String(mostShown), status: "ready" });
  if (query !== "") search.set("query", query);
  const answer = await fetch(`/api/v1/movies?${search}`, { signal });
  const page: { items?: Found[] } = await answer.json();
  return page.items ?? [];
}

/** Looks for the subtitles of chosen movies again; those that have none to read come first. */
export function RefreshSubtitles({ lacking }: { lacking: Found[] }) {
  const t = useTranslations("settingsForm");
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<Found[]>([]);
  const [chosen, setChosen] = useState<Found[]>([]);
  const { pending, run } = useCommand();

  useEffect(() => {
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      findMovies(query.trim(), leaving.signal).then(setFound, () => undefined);
    }, typingMs);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [query]);

  const isLacking = (movie: Found) => lacking.some((one) => one.id === movie.id);
  const shown =
    query.trim() === ""
      ? [...lacking, ...found.filter((movie) => !isLacking(movie))].slice(0, mostShown)
      : found;
  const isChosen = (movie: Found) => chosen.some((one) => one.id === movie.id);
  const toggle = (movie: Found) =>
    setChosen(isChosen(movie) ? chosen.filter((one) => one.id !== movie.id) : [...chosen, movie]);

  return (
    <div className="grid grid-cols-1 gap-4">
      <FindField label={t("findMovie")} value={query} onChange={setQuery} />
      {shown.length === 0 ? (
        <p className="text-caption text-faint">{t("noMovieFound")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line bg-ink">
          {shown.map((movie) => (
            <li key={movie.id}>
              <button
                type="button"
                aria-pressed={isChosen(movie)}
                onClick={() => toggle(movie)}
                className="flex min-h-11 w-full items-center gap-3 px-4 py-2 text-start hover:bg-raised"
              >
                <span
                  aria-hidden
                  className={`grid size-5 shrink-0 place-items-center rounded border ${isChosen(movie) ? "border-lamp bg-lamp text-lamp-ink" : "border-edge"}`}
                >
                  {isChosen(movie) && <Check className="size-4" />}
                </span>
                <span className="flex min-w-0 grow flex-wrap items-baseline gap-x-3">
                  <bdi className="line-clamp-2">{movie.title}</bdi>
                  {isLacking(movie) && (
                    <span className="text-caption text-lamp">{t("lacking")}</span>
                  )}
                </span>
                <span data-numbers className="shrink-0 text-faint">
                  {movie.releaseDate?.slice(0, 4)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          pending={pending}
          disabled={chosen.length === 0}
          onClick={() =>
            run(
              () => refreshSubtitlesAction({ movieIds: chosen.map((movie) => movie.id) }),
              () => {
                setChosen([]);
                showToast({ message: t("refreshSaid", { count: chosen.length }) });
              },
            )
          }
        >
          {t("refresh", { count: chosen.length })}
        </Button>
        {chosen.length > 0 && (
          <Button tone="quiet" onClick={() => setChosen([])}>
            <X aria-hidden className="size-5" />
            {t("chooseNone")}
          </Button>
        )}
      </div>
    </div>
  );
}
