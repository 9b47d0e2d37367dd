"use client";

import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Badge } from "../ui/badge";
import { type ColourName, colourNames, contrastOf, pairs } from "./contrast";

type Values = Partial<Record<ColourName, string>>;

/** The theme's colours as this browser has them, and how well one is read on the other. */
export function Colours() {
  const t = useTranslations("design");
  const locale = useLocale();
  const [values, setValues] = useState<Values>({});
  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    setValues(
      Object.fromEntries(
        colourNames.map((name) => [name, style.getPropertyValue(`--color-${name}`).trim()]),
      ),
    );
  }, []);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-6">
        {colourNames.map((name) => (
          <li key={name} className="grid gap-1">
            <span
              className="h-14 rounded-lg border border-line"
              style={{ background: `var(--color-${name})` }}
            />
            <code className="text-caption">{name}</code>
            <code className="min-h-[1.4em] text-caption text-faint">{values[name]}</code>
          </li>
        ))}
      </ul>
      <h3 className="font-semibold">{t("contrast")}</h3>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {pairs.map(({ text, on, least }) => {
          const [one, other] = [values[text], values[on]];
          const ratio = one && other ? contrastOf(one, other) : null;
          return (
            <li
              key={`${text} ${on}`}
              className="flex min-h-11 items-center justify-between gap-2 rounded-lg border border-line px-3"
              style={{ background: `var(--color-${on})`, color: `var(--color-${text})` }}
            >
              {/* What need not reach 4.5 is never set small. */}
              <code className={least < 4.5 ? "text-2xl" : "text-caption"}>
                {t("pair", { text, on })}
              </code>
              {ratio !== null && (
                <Badge tone={ratio >= least ? "plain" : "danger"}>
                  {t("ratio", { ratio: number.format(ratio), least: number.format(least) })}
                </Badge>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
