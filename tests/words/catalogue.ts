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

/** The placeholders of a sentence: `{count, plural, …}` has "count". Tags count as `<b>`. */
export function placeholdersOf(sentence: string): string[] {
  // A brace after `one`, `other` or `=1` opens a branch: what it holds are words, not a name.
  const names = [
    ...sentence.matchAll(/(?<!(?:\b(?:zero|one|two|few|many|other)|=\d+)\s*)\{\s*(\w+)\s*[,}]/g),
  ].map(([, name = ""]) => name);
  const tags = [...sentence.matchAll(/<(\w+)>/g)].map(([tag]) => tag);
  return [...new Set([...names, ...tags])].sort();
}
