"use client";

import type { ComponentProps } from "react";
import { useLocale } from "use-intl";
import { Select } from "../ui/select";
import { languageText } from "../words/measures";

type LanguageSelectProps = ComponentProps<typeof Select> & {
  languages: { code: string; name: string }[];
  /** What is chosen now, which may not be among those that are commonly offered. */
  current?: string;
  /** The choice of no language. */
  none?: string;
};

/** A language to choose, named in the reader's own. */
export function LanguageSelect({ languages, current, none, ...select }: LanguageSelectProps) {
  const locale = useLocale();
  const isOffered = !current || languages.some(({ code }) => code === current);
  const currentName = current ? languageText(current, locale) : null;
  return (
    <Select {...select}>
      {none && <option value={current === "und" ? "und" : ""}>{none}</option>}
      {!isOffered && currentName && <option value={current}>{currentName}</option>}
      {languages.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  );
}
