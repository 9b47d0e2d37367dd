import { convertTo, textOf } from "./convert";
import type { SchemaDefinition } from "./definition";
import { type Convert, type MappedRow, mapRows } from "./map-rows";
import { rowPlanOf } from "./row-plan";

const placeholder = /\$\{([^{}]{1,200})\}/g;

/** The template with what the row holds in it, each value escaped as in an address. */
function filled(template: string, value: string, row: MappedRow, entry: MappedRow): string | null {
  let isWhole = true;
  const text = template.replace(placeholder, (_, name: string) => {
    const held = name === "value" ? value : (textOf(entry[name]) ?? textOf(row[name]));
    if (held === undefined) isWhole = false;
    return encodeURIComponent(held ?? "");
  });
  return isWhole ? text : null;
}

/** What of a schema makes rows; how its service is asked is nothing to them. */
type RowsDefinition =
  | Pick<Extract<SchemaDefinition, { version: 1 }>, "version" | "parsers">
  | Pick<Extract<SchemaDefinition, { version: 2 }>, "version" | "parsers" | "constants">;

/**
 * Rows of an answer by a schema: mapped, converted, put into templates, constants added. What a row
 * lacks for its template is left out.
 */
export function schemaRows(answer: unknown, definition: RowsDefinition): MappedRow[] {
  const plan = rowPlanOf(definition);
  if (definition.version === 1) return mapRows(answer, plan);
  const { parsers, constants } = definition;
  const convert: Convert = (field, value) => {
    const type = parsers[field.index]?.type;
    if (!type) return value;
    if (!Array.isArray(value)) return convertTo(type, value);
    return value.map((one) => convertTo(type, one)).filter((one) => one !== undefined);
  };
  const rows = mapRows(answer, plan, convert);
  const templates = new Map(
    parsers.flatMap(({ key, template }) => (template ? [[key, template] as const] : [])),
  );
  const given = Object.entries(constants ?? {});
  const shared = given.filter(([name]) => !name.includes("."));
  const nested = given.flatMap(([name, value]) => {
    const at = name.indexOf(".");
    return at > 0 ? [[name.slice(0, at), name.slice(at + 1), value] as const] : [];
  });
  for (const row of rows) {
    for (const [name, value] of shared) row[name] ??= value;
    for (const [list, name, value] of nested) {
      for (const entry of entriesOf(row[list])) entry[name] ??= value;
    }
    if (templates.size > 0) applyTemplates(row, row, templates);
  }
  return rows;
}

/** The entries that a schema made of an array; what the answer held as it is has a prototype. */
function entriesOf(value: unknown): MappedRow[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (one): one is MappedRow =>
      typeof one === "object" && one !== null && Object.getPrototypeOf(one) === null,
  );
}

function applyTemplates(row: MappedRow, entry: MappedRow, templates: Map<string, string>): void {
  // A row has no prototype, so that these are its own keys, without a list of them for each row.
  for (const key in entry) {
    const value = entry[key];
    const template = templates.get(key);
    const text = template === undefined ? undefined : textOf(value);
    if (template !== undefined && text !== undefined) {
      const made = filled(template, text, row, entry);
      if (made === null) delete entry[key];
      else entry[key] = made;
    }
    for (const inner of entriesOf(value)) applyTemplates(row, inner, templates);
  }
}
