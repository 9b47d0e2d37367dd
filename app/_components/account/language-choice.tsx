"use client";

import { useTranslations } from "use-intl";
import { chooseLanguageAction } from "@/lib/users/actions";
import { Select } from "../ui/select";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import type { LanguageName } from "../words/language-names";

interface LanguageChoiceProps {
  languages: LanguageName[];
  /** Tag of the person's choice; empty while the browser decides. */
  chosen: string;
  /** Name of what the browser asks for. */
  ofBrowser: string;
}

/** The language that a person reads Vigilio in; it takes effect at once, also on this page. */
export function LanguageChoice({ languages, chosen, ofBrowser }: LanguageChoiceProps) {
  const t = useTranslations("languages");
  const { pending, run } = useCommand();
  return (
    <Select
      // What is saved is shown again when saving failed.
      key={`${chosen} ${pending}`}
      // The card is called the same.
      label={<span className="sr-only">{t("label")}</span>}
      defaultValue={chosen}
      disabled={pending}
      onChange={(event) => {
        const locale = event.target.value;
        // Said by the answer: it is in the new language.
        run(
          () => chooseLanguageAction({ locale }),
          ({ said }) => showToast({ message: said }),
        );
      }}
    >
      <option value="">{t("asBrowser", { language: ofBrowser })}</option>
      {languages.map(({ tag, name }) => (
        <option key={tag} value={tag} lang={tag}>
          {name}
        </option>
      ))}
    </Select>
  );
}
