"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { decideAction } from "@/lib/movies/actions";
import { Button } from "../ui/button";
import { useCommand } from "../ui/use-command";

interface DecisionProps {
  movieId: string;
  options: { id: string; label: string }[];
}

/** What the movie waits for: one button per choice. */
export function Decision({ movieId, options }: DecisionProps) {
  const t = useTranslations("movieMenu");
  const command = useCommand();
  const [chosen, setChosen] = useState<string | null>(null);
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
          className="h-auto! min-h-11 py-2 whitespace-normal!"
        >
          <span dir="auto">{option.label}</span>
        </Button>
      ))}
    </fieldset>
  );
}
