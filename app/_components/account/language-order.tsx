"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { chooseTracksAction } from "@/lib/users/actions";
import { Button } from "../ui/button";
import { Select } from "../ui/select";
import { useCommand } from "../ui/use-command";

type Kind = "audioLanguages" | "subtitleLanguages";

interface LanguageOrderProps {
  kind: Kind;
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
  const adder = useRef<HTMLSelectElement>(null);
  // What is saved is shown again when saving failed.
  const shown = pending ? wish : chosen;
  const nameOf = (code: string) => languages.find((one) => one.code === code)?.name ?? code;

  function save(next: string[]) {
    setWish(next);
    run(() => chooseTracksAction({ [kind]: next }));
  }

  function move(code: string, by: -1 | 1) {
    const at = shown.indexOf(code);
    const other = shown[at + by];
    if (other === undefined) return;
    save(shown.map((one) => (one === code ? other : one === other ? code : one)));
  }

  function remove(code: string) {
    save(shown.filter((one) => one !== code));
    adder.current?.focus();
  }

  return (
    <div className="grid gap-3">
      <h3 className="font-medium">{t(`${kind}Title`)}</h3>
      {shown.length === 0 ? (
        <p className="text-caption text-faint">{t(`${kind}None`)}</p>
      ) : (
        <ol className="grid gap-1" aria-label={t(`${kind}Title`)}>
          {shown.map((code, at) => (
            <li
              key={code}
              className="flex items-center gap-1 rounded-lg border border-line ps-4 pe-1"
            >
              <span className="grow">{nameOf(code)}</span>
              <Button
                square
                tone="quiet"
                aria-disabled={at === 0}
                className="aria-disabled:opacity-40"
                aria-label={t("languageUp", { language: nameOf(code) })}
                onClick={() => move(code, -1)}
              >
                <ArrowUp aria-hidden className="size-5" />
              </Button>
              <Button
                square
                tone="quiet"
                aria-disabled={at === shown.length - 1}
                className="aria-disabled:opacity-40"
                aria-label={t("languageDown", { language: nameOf(code) })}
                onClick={() => move(code, 1)}
              >
                <ArrowDown aria-hidden className="size-5" />
              </Button>
              <Button
                square
                tone="quiet"
                aria-label={t("languageRemove", { language: nameOf(code) })}
                onClick={() => remove(code)}
              >
                <X aria-hidden className="size-5" />
              </Button>
            </li>
          ))}
        </ol>
      )}
      <Select
        ref={adder}
        label={t(`${kind}Add`)}
        value=""
        disabled={shown.length >= most}
        onChange={(event) => save([...shown, event.target.value])}
      >
        <option value="">{t("languageAddNone")}</option>
        {languages
          .filter(({ code }) => !shown.includes(code))
          .map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
      </Select>
    </div>
  );
}
