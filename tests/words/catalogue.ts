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

/** What a sentence is filled with: its placeholders, its tags, and the choices of its selects. */
interface Filling {
  names: Set<string>;
  tags: Set<string>;
  choices: string[];
}

/** Reads a well-formed ICU message from `at` to the brace that closes it, or to its end. */
function readMessage(text: string, at: number, filling: Filling): number {
  let here = at;
  while (here < text.length && text[here] !== "}") {
    if (text[here] === "'") {
      // A doubled one is itself; one before a brace or tag quotes all up to the next.
      const isQuote = /['{}<>#|]/.test(text[here + 1] ?? "");
      const end = text[here + 1] === "'" ? here + 1 : text.indexOf("'", here + 1);
      here = isQuote ? (end < 0 ? text.length : end + 1) : here + 1;
    } else if (text[here] === "{") {
      here = readArgument(text, here + 1, filling);
    } else {
      const tag = /^<(\w+)>/.exec(text.slice(here));
      if (tag) filling.tags.add(tag[0]);
      here += tag ? tag[0].length : 1;
    }
  }
  return here;
}

/** Reads `name}`, `name, number}` or `name, plural, one {…} other {…}}`; the place after it. */
function readArgument(text: string, at: number, filling: Filling): number {
  const [head = "", name = "", kind = ""] =
    /^\s*(\w+)\s*(?:,\s*(\w+)\s*)?/.exec(text.slice(at)) ?? [];
  filling.names.add(name);
  let here = at + head.length;
  if (!["plural", "select", "selectordinal"].includes(kind)) return text.indexOf("}", here) + 1;
  while (here < text.length && text[here] !== "}") {
    const branch = /^[\s,]*(?:offset:\d+\s*)?([\w=-]+)\s*\{/.exec(text.slice(here));
    if (!branch) {
      here += 1;
      continue;
    }
    if (kind === "select") filling.choices.push(`${name} ${branch[1]}`);
    here = readMessage(text, here + branch[0].length, filling) + 1;
  }
  return here + 1;
}

function fillingOf(sentence: string): Filling {
  const filling: Filling = { names: new Set(), tags: new Set(), choices: [] };
  readMessage(sentence, 0, filling);
  return filling;
}

/** The placeholders of a sentence: `{count, plural, …}` has "count". Tags count as `<b>`. */
export function placeholdersOf(sentence: string): string[] {
  const { names, tags } = fillingOf(sentence);
  return [...names, ...tags].sort();
}

/** The choices of a sentence's `select`s, which are the code's words and no language's. */
function choicesOf(sentence: string): string[] {
  return [...new Set(fillingOf(sentence).choices)].sort();
}

/** What keeps a language from saying all that English says: one line for each sentence. */
export function differences(english: Catalogue, own: Catalogue, locale: string): string[] {
  const faults = malformed(own, locale);
  const original = sentencesOf(english);
  const said = sentencesOf(own);
  for (const name of original.keys()) if (!said.has(name)) faults.push(`${name} is missing`);
  for (const [name, text] of said) {
    const meant = original.get(name);
    if (meant === undefined) faults.push(`${name} is not in English`);
    else if (text.trim() === "") faults.push(`${name} is empty`);
    else if (faults.some((fault) => fault.startsWith(`${name}:`))) continue;
    else if (placeholdersOf(text).join() !== placeholdersOf(meant).join()) {
      faults.push(`${name} has other placeholders or tags: ${text}`);
    } else if (choicesOf(text).join() !== choicesOf(meant).join()) {
      faults.push(`${name} has other choices: ${text}`);
    }
  }
  return faults;
}
