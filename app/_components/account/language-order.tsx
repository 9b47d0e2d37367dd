"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { chooseTracksAction } from "@/lib/users/actions";
import { ChoiceOrder } from "../ui/choice-order";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

interface LanguageOrderProps {
  kind: "audioLanguages" | "subtitleLanguages";
  /** BCP 47 tags, liked best first. */
  chosen: string[];
  /** All that there are to choose from, named in the reader's language. */
  languages: { code: string; name: string }[];
  /** No more than so many. */
  most: number;
}

/** The languages that a person likes to hear or read, in their order; every change is saved at once. */
export function LanguageOrder({ kind, chosen, languages, most }: LanguageOrderProps) {
  const t = useTranslations("account");
  const { pending, run } = useCommand();
  const [wish, setWish] = useState<string[]>(chosen);

  function save(next: string[]) {
    setWish(next);
    run(
      () => chooseTracksAction({ [kind]: next }),
      () => showToast({ message: t(`${kind}Saved`) }),
    );
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <h3 className="font-medium">{t(`${kind}Title`)}</h3>
      <ChoiceOrder
        label={t(`${kind}Title`)}
        choices={languages}
        // What is saved is shown again when saving failed.
        chosen={pending ? wish : chosen}
        most={most}
        none={t(`${kind}None`)}
        addLabel={t(`${kind}Add`)}
        onChange={save}
      />
    </div>
  );
}
