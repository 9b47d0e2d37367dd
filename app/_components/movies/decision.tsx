"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { decideAction } from "@/lib/movies/actions";
import { Button } from "../ui/button";
import { useCommand } from "../ui/use-command";

const Rematch = dynamic(() => import("./rematch").then((file) => file.Rematch));

interface DecisionProps {
  movieId: string;
  title: string;
  /** `match`: which film it is; anything else is about files. */
  kind: string;
  options: { id: string; label: string }[];
}

/** What the movie waits for: one button per choice, and a search when the film is not among them. */
export function Decision({ movieId, title, kind, options }: DecisionProps) {
  const t = useTranslations("movieMenu");
  const command = useCommand();
  const [chosen, setChosen] = useState<string | null>(null);
  const [searching, setSearching] = useState(false);
  return (
    <fieldset className="flex flex-wrap gap-2" disabled={command.pending}>
      <legend className="sr-only">{t("decisionTitle")}</legend>
      {options.map((option) => (
        <Button
          key={option.id}
          data-stop
          pending={command.pending && chosen === option.id}
          onClick={() => {
            setChosen(option.id);
            command.run(() => decideAction({ movieId, optionId: option.id }));
          }}
          className="h-auto! min-h-11 py-2 whitespace-normal! max-sm:w-full"
        >
          <span dir="auto">{option.label}</span>
        </Button>
      ))}
      {kind === "match" && (
        <Button tone="quiet" data-stop className="max-sm:w-full" onClick={() => setSearching(true)}>
          {t("decisionOther")}
        </Button>
      )}
      {searching && (
        <Rematch
          movieId={movieId}
          title={title}
          tmdbId={null}
          open={searching}
          onOpenChange={setSearching}
        />
      )}
    </fieldset>
  );
}
