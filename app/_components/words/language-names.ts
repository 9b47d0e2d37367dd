/** A language that pages can be shown in, named in itself. */
export interface LanguageName {
  tag: string;
  name: string;
}

/** The name of a language in that language, as a list shows it: Deutsch, Español. */
export function ownName(tag: string): string {
  const name = new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;
  const [first = "", ...rest] = name;
  return first.toLocaleUpperCase(tag) + rest.join("");
}

/** Languages by their own names, in the order of these. */
export function namedLanguages(tags: readonly string[]): LanguageName[] {
  return tags
    .map((tag) => ({ tag, name: ownName(tag) }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}
