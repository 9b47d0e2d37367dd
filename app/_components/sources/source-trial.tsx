"use client";

import { type FormEvent, useState, useTransition } from "react";
import { useLocale, useTranslations } from "use-intl";
import { testSourceAction } from "@/lib/sources/actions";
import { previewMovies } from "@/lib/sources/preview-movies";
import type { SourceTestView } from "@/lib/sources/schema";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { FoundPreview } from "./found-preview";
import { ProblemList } from "./problem-list";
import { secondsText } from "./seconds-text";

export type Tried =
  | {
      kind: "schema";
      definition: unknown;
      sourceId?: string | undefined;
      /** Of the gallery that offers it, before it is copied. */
      galleryId?: string | undefined;
    }
  | {
      kind: "torznab";
      definition: { url: string; apiKey?: string | undefined; categories?: number[] | undefined };
      sourceId?: string | undefined;
    };

interface SourceTrialProps {
  /** As it is when the button is pressed; null when it can't be tried, which its form says then. */
  source: () => Tried | null;
  /** What is wrong with its definition, by field, for the form that it stands in. */
  onErrors?: (errors: Record<string, string>) => void;
  autoFocus?: boolean;
}

/** Asks a source with words of one's choice, and shows what it has. Nothing is saved. */
export function SourceTrial({ source, onErrors, autoFocus = false }: SourceTrialProps) {
  const t = useTranslations("sources");
  const common = useTranslations("common");
  const locale = useLocale();
  const [pending, startTransition] = useTransition();
  const [found, setFound] = useState<{ view: SourceTestView; kind: Tried["kind"] } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const query = String(new FormData(event.currentTarget).get("query") ?? "").trim();
    const tried = source();
    if (query === "" || !tried) return;
    startTransition(async () => {
      const outcome = await testSourceAction({ source: { ...tried, query } }).catch(() => null);
      if (outcome?.ok) {
        setFound({ view: outcome.data, kind: tried.kind });
        setFailure(null);
        return;
      }
      setFound(null);
      const errors = outcome?.problem.errors;
      if (errors && onErrors) onErrors(errors);
      const said = errors ? Object.values(errors).join(" ") : outcome?.problem.detail;
      setFailure(said ?? common("noAnswerDetail"));
    });
  }

  const movies = found ? previewMovies(found.view.results, found.kind) : [];
  return (
    <div className="grid grid-cols-1 gap-4">
      <form onSubmit={ask} className="flex flex-wrap items-end gap-3">
        <div className="grow basis-52">
          <Field
            name="query"
            label={t("trialQuery")}
            autoComplete="off"
            enterKeyHint="search"
            maxLength={200}
            required
            autoFocus={autoFocus}
          />
        </div>
        <Button type="submit" pending={pending}>
          {t("try")}
        </Button>
      </form>
      <div role="status" className="grid grid-cols-1 gap-3">
        {failure && <ProblemList label={t("problems")} problems={[failure]} />}
        {found && (
          <>
            <p className="font-medium">
              {t("trialFound", {
                count: movies.length,
                seconds: secondsText(found.view.elapsedMs, locale),
              })}
            </p>
            <ProblemList label={t("problems")} problems={found.view.problems} />
          </>
        )}
      </div>
      {found && <FoundPreview movies={movies} />}
    </div>
  );
}
