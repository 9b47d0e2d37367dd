import { movieKeys, releaseKeys } from "./leaf-path";
import type { MappedRow } from "./map-rows";
import { schemaRows } from "./schema-rows";
import { isSavedSecret, type SavedSecret } from "./secret-names";
import type { ShownDefinition } from "./secrets";

export type Conversion = "text" | "number" | "size" | "date";

/** A field of a schema that is being built. */
export interface FieldChoice {
  key: string;
  path: string;
  type?: Conversion | undefined;
  template?: string | undefined;
}

export interface NamedText {
  name: string;
  text: string;
  /** Its value is a key that is saved, and stays while the text is empty. */
  isSaved?: true;
}

export interface DraftPaging {
  parameter: string;
  start: number;
  step: number;
  pages: number;
}

/** A schema that is being built: all that can be set, whichever version it ends as. */
export interface Draft {
  apiUrl: string;
  fields: FieldChoice[];
  headers: NamedText[];
  query: NamedText[];
  constants: NamedText[];
  paging: DraftPaging | null;
}

export const emptyDraft: Draft = {
  ...{ apiUrl: "", fields: [], headers: [], query: [], constants: [], paging: null },
};

const savedMark: SavedSecret = { isSet: true };

function recordOf<Value>(
  entries: readonly NamedText[],
  held: (entry: NamedText) => Value,
): Record<string, Value> | undefined {
  const named = entries.filter(({ name }) => name.trim() !== "");
  if (named.length === 0) return undefined;
  return Object.fromEntries(named.map((entry) => [entry.name.trim(), held(entry)]));
}

const textOrMark = ({ text, isSaved }: NamedText) => (isSaved && text === "" ? savedMark : text);

/** What a request of a draft needs beside its address. */
export function requestOf(draft: Draft) {
  const headers = recordOf(draft.headers, textOrMark);
  const query = recordOf(draft.query, textOrMark);
  return {
    ...(headers ? { headers } : {}),
    ...(query ? { query } : {}),
    ...(draft.paging && draft.paging.parameter.trim() !== "" ? { paging: draft.paging } : {}),
  };
}

/** The schema: version 1, which everything reads, unless something in it needs version 2. */
export function definitionOfDraft(draft: Draft): ShownDefinition {
  const constants = recordOf(draft.constants, ({ text }) => text);
  const more = { ...requestOf(draft), ...(constants ? { constants } : {}) };
  const known: readonly string[] = [...movieKeys, ...releaseKeys];
  // A template may name fields that come before it, so that a link made of a hash stands behind it.
  const rank = ({ key, template }: FieldChoice) => (template ? 1000 : 0) + known.indexOf(key);
  const parsers = draft.fields
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ key, path, type, template }) => ({
      ...{ key, value: path },
      ...(type ? { type } : {}),
      ...(template ? { template } : {}),
    }));
  const isTwo = Object.keys(more).length > 0 || parsers.some((one) => one.type || one.template);
  const { apiUrl } = draft;
  return isTwo ? { version: 2, apiUrl, parsers, ...more } : { version: 1, apiUrl, parsers };
}

const listOf = (record: Record<string, unknown> | undefined): NamedText[] =>
  Object.entries(record ?? {}).map(([name, value]) =>
    isSavedSecret(value) ? { name, text: "", isSaved: true } : { name, text: String(value) },
  );

/** A schema to go on with. */
export function draftOfDefinition(definition: ShownDefinition): Draft {
  const fields = definition.parsers.map(({ value, ...rest }) => ({ ...rest, path: value }));
  if (definition.version === 1) return { ...emptyDraft, apiUrl: definition.apiUrl, fields };
  return {
    ...{ apiUrl: definition.apiUrl, fields },
    headers: listOf(definition.headers),
    query: listOf(definition.query),
    constants: listOf(definition.constants),
    paging: definition.paging ?? null,
  };
}

/** The rows of an answer; none while the paths don't go together, which the server says in words. */
export function draftRows(answer: unknown, draft: Draft): MappedRow[] {
  if (draft.fields.length === 0) return [];
  try {
    return schemaRows(answer, definitionOfDraft(draft));
  } catch {
    return [];
  }
}
