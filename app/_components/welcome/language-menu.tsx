"use client";

import { ChevronDown, Languages } from "lucide-react";
import { useTranslations } from "use-intl";
import { setDeviceLanguageAction } from "@/lib/users/actions";
import { useCommand } from "../ui/use-command";
import type { LanguageName } from "../words/language-names";

interface LanguageMenuProps {
  languages: LanguageName[];
  /** Tag of the language that the page is in. */
  current: string;
}

/** The language of the pages before sign-in: kept on this device. */
export function LanguageMenu({ languages, current }: LanguageMenuProps) {
  const t = useTranslations("languages");
  const { pending, run } = useCommand();
  return (
    <div className="relative -me-3 flex items-center rounded-lg text-faint transition-colors hover:bg-raised hover:text-text">
      <Languages aria-hidden className="pointer-events-none absolute start-3 size-4.5" />
      <select
        aria-label={t("choose")}
        value={current}
        disabled={pending}
        onChange={(event) => {
          const locale = event.target.value;
          run(() => setDeviceLanguageAction({ locale }));
        }}
        className="field-sizing-content h-11 appearance-none rounded-lg bg-transparent ps-10 pe-9 *:bg-surface *:text-text"
      >
        {languages.map(({ tag, name }) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute end-3 size-4" />
    </div>
  );
}
