import { createTranslator, IntlErrorCode } from "use-intl/core";

export interface Catalogue {
  [name: string]: string | Catalogue;
}

/** Every sentence of a catalogue by its dotted name. */
export function sentencesOf(catalogue: Catalogue, above = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, entry] of Object.entries(catalogue)) {
    const path = above === "" ? name : `${above}.${name}`;
    if (typeof entry === "string") found.set(path, entry);
    else for (const [key, text] of sentencesOf(entry, path)) found.set(key, text);
  }
  return found;
}

/** Names of the sentences that cannot be read as ICU messages, with what is wrong. */
export function malformed(catalogue: Catalogue, locale: string): string[] {
  const faults: string[] = [];
  for (const name of sentencesOf(catalogue).keys()) {
    const translate = createTranslator({
      locale,
      messages: catalogue,
      timeZone: "UTC",
      // Values and tags are not given here: only what is wrong with the sentence itself counts.
      onError: (error) => {
        const isSentence = error.code === IntlErrorCode.INVALID_MESSAGE;
        if (isSentence || error.code === IntlErrorCode.INVALID_KEY) {
          faults.push(`${name}: ${error.message}`);
        }
      },
      getMessageFallback: () => "",
    });
    translate.markup(name as never, {} as never);
  }
  return faults;
}

/** What stands between the outermost braces of a text, one entry for each pair. */
function outermost(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [at, sign] of [...text].entries()) {
    if (sign === "{" && depth++ === 0) start = at + 1;
    if (sign === "}" && --depth === 0) found.push([...text].slice(start, at).join(""));
  }
  return found;
}

function namesOf(text: string): string[] {
  return outermost(text).flatMap((inner) => {
    const [, name = "", kind] = /^\s*(\w+)\s*(?:,\s*(\w+))?/.exec(inner) ?? [];
    const hasChoices = kind === "plural" || kind === "select" || kind === "selectordinal";
    // What a choice says is text, not a placeholder: {count, plural, one {Director}}.
    return [name, ...(hasChoices ? outermost(inner).flatMap(namesOf) : [])];
  });
}

/** The placeholders of a sentence: `{count, plural, …}` has "count". Tags count as `<b>`. */
export function placeholdersOf(sentence: string): string[] {
  const tags = [...sentence.matchAll(/<(\w+)>/g)].map(([tag]) => tag);
  return [...new Set([...namesOf(sentence), ...tags])].sort();
}
