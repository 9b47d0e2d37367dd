import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTranslator } from "use-intl/core";
import type { Reason } from "@/lib/errors";

export interface Catalogue {
  [name: string]: string | Catalogue;
}

export const fallbackLocale = "en";

/** Says a sentence: a key of messages/<locale>.json and the values of its placeholders. */
export type Say = (key: string, values?: Record<string, string | number | Date>) => string;

/** Which languages there are: a file of messages/ each, so that a new one is a file and nothing else. */
const folder = join(process.cwd(), "messages");

const known: { locales?: readonly string[]; catalogues: Map<string, Catalogue> } = {
  catalogues: new Map(),
};

/** The languages that Vigilio speaks, as BCP 47 tags, in the order of the alphabet. */
export function locales(): readonly string[] {
  known.locales ??= readdirSync(folder)
    .flatMap((name) => /^([a-zA-Z-]+)\.json$/.exec(name)?.[1] ?? [])
    .sort();
  return known.locales;
}

/** English with everything that a language says in its own words laid over it. */
function overEnglish(english: Catalogue, own: Catalogue): Catalogue {
  const whole: Catalogue = { ...english };
  for (const [name, entry] of Object.entries(own)) {
    const below = english[name];
    if (typeof entry === "string") {
      if (typeof below === "string" && entry !== "") whole[name] = entry;
    } else if (typeof below === "object") whole[name] = overEnglish(below, entry);
  }
  return whole;
}

/** A language's sentences, read when they are first asked for; what it lacks is English. */
function catalogueOf(locale: string): Catalogue {
  const have = known.catalogues.get(locale);
  if (have) return have;
  if (locale !== fallbackLocale && !locales().includes(locale)) {
    return catalogueOf(serving(locale.toLowerCase()) ?? fallbackLocale);
  }
  const own: Catalogue = JSON.parse(readFileSync(join(folder, `${locale}.json`), "utf8"));
  const made = locale === fallbackLocale ? own : overEnglish(catalogueOf(fallbackLocale), own);
  known.catalogues.set(locale, made);
  return made;
}

/** The language of ours that serves a tag: itself, or another form of the same language. */
function serving(tag: string): string | undefined {
  const [language] = tag.split("-");
  return (
    locales().find((locale) => locale.toLowerCase() === tag) ??
    locales().find((locale) => locale.toLowerCase() === language) ??
    locales().find((locale) => locale.toLowerCase().split("-")[0] === language)
  );
}

/**
 * The language to answer in: the person's own choice, else the first of Accept-Language (RFC 9110,
 * 12.5.4) that there is a file for, else English.
 */
export function pickLocale(
  acceptLanguage: string | null | undefined,
  preferred?: string | null | undefined,
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
  for (const tag of wanted) {
    const found = serving(tag);
    if (found) return found;
  }
  return fallbackLocale;
}

const mostTranslators = 2000;
const translators = new Map<string, Say>();

/** The words of a language, whole or of one namespace. */
export function wordsOf(locale: string, namespace?: string): Say {
  const key = `${locale} ${namespace ?? ""}`;
  const made = translators.get(key);
  if (made) return made;
  const translator = createTranslator({
    locale,
    messages: catalogueOf(locale),
    timeZone: "UTC",
    ...(namespace ? { namespace } : {}),
  });
  // Keys are checked by tests/words.test.ts, not by types.
  const say = translator as Say;
  // Browsers may name any region.
  if (translators.size > mostTranslators) translators.clear();
  translators.set(key, say);
  return say;
}

/** Entry of a catalogue by its dotted name; undefined when there is none. */
function entryOf(locale: string, name: string): Catalogue | string | undefined {
  let at: Catalogue | string | undefined = catalogueOf(locale);
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
  return wordsOf(locale, "reasons")(
    hasReason(reason.code) ? reason.code : "unexpected",
    reason.values,
  );
}

/** The named namespaces alone, for a provider in the browser. */
export function messagesOf(locale: string, namespaces: readonly string[]): Catalogue {
  const chosen: Catalogue = {};
  for (const name of namespaces) {
    const entry = entryOf(locale, name);
    if (entry !== undefined) chosen[name] = entry;
  }
  return chosen;
}
