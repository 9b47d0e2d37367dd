import { createTranslator } from "use-intl/core";
import type { Reason } from "@/lib/errors";
import en from "@/messages/en.json";

/** One file of messages/ per language: a new language is a file and a line here. */
const catalogues: Record<string, Catalogue> = { en };

export interface Catalogue {
  [name: string]: string | Catalogue;
}

export const fallbackLocale = "en";

/** Says a sentence: a key of messages/<locale>.json and the values of its placeholders. */
export type Say = (key: string, values?: Record<string, string | number | Date>) => string;

/**
 * The language to answer in: the person's own choice, else the first of Accept-Language (RFC 9110,
 * 12.5.4) that there is a file for, else English.
 */
export function pickLocale(
  acceptLanguage: string | null | undefined,
  preferred?: string | undefined,
): string {
  const wanted = (acceptLanguage ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return { tag: tag.trim().toLowerCase(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
  if (preferred) wanted.unshift(preferred.toLowerCase());
  const known = Object.keys(catalogues);
  for (const tag of wanted) {
    const found =
      known.find((locale) => locale.toLowerCase() === tag) ??
      known.find((locale) => locale.toLowerCase() === tag.split("-")[0]);
    if (found) return found;
  }
  return fallbackLocale;
}

const translators = new Map<string, Say>();

/** The words of a language, whole or of one namespace. */
export function wordsOf(locale: string, namespace?: string): Say {
  const key = `${locale} ${namespace ?? ""}`;
  const known = translators.get(key);
  if (known) return known;
  const translator = createTranslator({
    locale,
    messages: catalogues[locale] ?? catalogues[fallbackLocale] ?? {},
    timeZone: "UTC",
    ...(namespace ? { namespace } : {}),
  });
  // Keys are checked by tests/words.test.ts, not by types.
  const say = translator as Say;
  translators.set(key, say);
  return say;
}

/** Entry of a catalogue by its dotted name; undefined when there is none. */
function entryOf(locale: string, name: string): Catalogue | string | undefined {
  let at: Catalogue | string | undefined = catalogues[locale];
  for (const part of name.split(".")) {
    if (typeof at !== "object" || !Object.hasOwn(at, part)) return undefined;
    at = at[part];
  }
  return at;
}

/** True when there is a sentence for a code. */
export function hasReason(code: string): boolean {
  return typeof entryOf(fallbackLocale, `reasons.${code}`) === "string";
}

/**
 * A reason in words. One without words of its own (stored by a newer version, for instance) gets
 * the general sentence rather than its code.
 */
export function reasonText(reason: Reason, locale: string = fallbackLocale): string {
  const of =
    typeof entryOf(locale, `reasons.${reason.code}`) === "string" ? locale : fallbackLocale;
  return wordsOf(of, "reasons")(hasReason(reason.code) ? reason.code : "unexpected", reason.values);
}

/** The named namespaces alone, for a provider in the browser. */
export function messagesOf(locale: string, namespaces: readonly string[]): Catalogue {
  const chosen: Catalogue = {};
  for (const name of namespaces) {
    const entry = entryOf(locale, name) ?? entryOf(fallbackLocale, name);
    if (entry !== undefined) chosen[name] = entry;
  }
  return chosen;
}
