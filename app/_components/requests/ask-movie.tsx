"use client";

import { MessageCirclePlus, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { SearchResults } from "../add/search-results";
import { useSourceSearch } from "../add/use-source-search";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { useAskForMovie } from "./use-ask-for-movie";

/** Somebody who pauses so long has said what they look for. */
const pauseMs = 600;
const shortestQuery = 2;
const typed = "typed";

interface AskMovieProps {
  /** Whether there are sources that this person may search. */
  maySearch: boolean;
  /** What stands in the field from the start. */
  initial: string;
}

/**
 * One field for the movie that somebody wishes for. Where there are sources, it is looked for in
 * them, so that whoever says yes has nothing left to do; what none of them has can be asked for all
 * the same.
 */
export function AskMovie({ maySearch, initial }: AskMovieProps) {
  const t = useTranslations("requests");
  const [film, setFilm] = useState(initial);
  const [asked, setAsked] = useState({ query: "", round: 0 });
  const form = useRef<HTMLFormElement>(null);
  const found = useSourceSearch(asked);
  const ask = useAskForMovie();
  const query = film.trim();

  // What somebody typed before this script ran is theirs, too.
  useEffect(() => {
    if (!form.current) return;
    const early = String(new FormData(form.current).get("film") ?? "");
    setFilm((later) => later || early);
  }, []);

  useEffect(() => {
    if (!maySearch) return;
    const next = query.length < shortestQuery ? "" : query;
    const timer = setTimeout(
      () => setAsked((before) => (before.query === next ? before : { query: next, round: 0 })),
      next === "" ? 0 : pauseMs,
    );
    return () => clearTimeout(timer);
  }, [query, maySearch]);

  const askAsTyped = (text: string) => ask.run(typed, { film: text }, () => setFilm(""));

  function submit(sent: FormData) {
    const text = String(sent.get("film") ?? "").trim();
    if (!maySearch) askAsTyped(text);
    else if (text.length >= shortestQuery) {
      setAsked((before) => ({ query: text, round: before.round + 1 }));
    }
  }

  return (
    <>
      <Card>
        <form
          ref={form}
          action={submit}
          noValidate
          className="grid grid-cols-1 items-start gap-3 sm:grid-cols-[1fr_auto]"
        >
          <Field
            label={t("film")}
            hint={maySearch ? t("filmHintSearch") : t("filmHint")}
            error={ask.fault}
            name="film"
            value={film}
            onChange={(event) => {
              setFilm(event.target.value);
              ask.forgetFault();
            }}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint={maySearch ? "search" : "send"}
            maxLength={2000}
            dir="auto"
          />
          <Button
            type="submit"
            tone="primary"
            pending={!maySearch && ask.pendingKey === typed}
            className="w-full sm:mt-[1.875rem] sm:w-auto sm:min-w-36"
          >
            {maySearch ? (
              <>
                <Search aria-hidden className="size-5" />
                {t("search")}
              </>
            ) : (
              <>
                <MessageCirclePlus aria-hidden className="size-5" />
                {t("ask")}
              </>
            )}
          </Button>
        </form>
      </Card>
      {maySearch && asked.query !== "" && (
        <SearchResults
          found={found}
          ask={ask}
          after={
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-xl border border-line p-4">
              <p className="min-w-0 grow basis-60 text-caption text-pretty text-faint">
                {t("notAmong")}
              </p>
              <Button
                pending={ask.pendingKey === typed}
                onClick={() => askAsTyped(asked.query)}
                className="max-w-full max-sm:w-full"
              >
                <span className="truncate">{t("askForTyped", { query: asked.query })}</span>
              </Button>
            </div>
          }
        />
      )}
    </>
  );
}
