import type { FieldPlan, LevelPlan, RowPlan } from "./row-plan";
import type { Segment } from "./value-path";

/** A row as a schema describes it: no prototype, so that no key means anything else. */
export type MappedRow = { [key: string]: unknown };

export const mostRows = 10_000;
/** Of an array inside a row: a film has no hundred releases that matter. */
export const mostNested = 100;

const missing = Symbol("missing");

/** `Object.create(null)` makes a slow hash table, five times as long in the making as this. */
const emptyRow = (): MappedRow => Object.setPrototypeOf({}, null);

/** Turns what was found into what the row holds; version 2 of schemas. */
export type Convert = (field: FieldPlan, value: unknown) => unknown;
const asItIs: Convert = (_, value) => value;

/** Only what the answer itself holds: nothing that every object, text or array has. */
function own(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return missing;
  return Object.hasOwn(value, name) ? (value as MappedRow)[name] : missing;
}

/** What lies at a path; an array on the way gives an array of what its elements hold. */
function find(value: unknown, path: readonly Segment[], from = 0): unknown {
  let at = value;
  for (let step = from; step < path.length; step++) {
    const segment = path[step];
    if (segment?.kind === "name") {
      at = own(at, segment.name);
      if (at === missing) return missing;
      continue;
    }
    if (!Array.isArray(at)) return missing;
    const found: unknown[] = [];
    for (const element of at.slice(0, mostNested)) {
      const leaf = find(element, path, step + 1);
      if (leaf !== missing) found.push(leaf);
    }
    return found;
  }
  return at;
}

function along(value: unknown, names: readonly string[]): unknown {
  let at = value;
  for (const name of names) {
    at = own(at, name);
    if (at === missing) return missing;
  }
  return at;
}

function put(row: MappedRow, element: unknown, fields: readonly FieldPlan[], convert: Convert) {
  for (const field of fields) {
    const found = find(element, field.path);
    if (found === missing) continue;
    const value = convert(field, found);
    if (value !== undefined) row[field.key] = value;
  }
}

function fill(row: MappedRow, element: unknown, level: LevelPlan, convert: Convert): void {
  put(row, element, level.fields, convert);
  // Arrays that are called the same are merged; one that the answer holds is never written to.
  const made = new Map<string, MappedRow[]>();
  for (const { path, name, level: inner } of level.arrays) {
    const found = along(element, path);
    const list = made.get(name) ?? [];
    for (const [at, one] of (Array.isArray(found) ? found.slice(0, mostNested) : []).entries()) {
      const entry = list[at] ?? emptyRow();
      fill(entry, one, inner, convert);
      list[at] = entry;
    }
    made.set(name, list);
    row[name] = list;
  }
}

/**
 * Rows of an answer, in the answer's order. What is missing is left out of that row alone; an
 * answer without the array has no rows. Nothing is thrown, whatever the answer is.
 *
 * @param convert gives what a field holds; undefined leaves it out.
 */
export function mapRows(answer: unknown, plan: RowPlan, convert: Convert = asItIs): MappedRow[] {
  const shared = emptyRow();
  put(shared, answer, plan.shared, convert);
  if (plan.rows === null) return Object.keys(shared).length > 0 ? [shared] : [];
  const elements = along(answer, plan.rows);
  if (!Array.isArray(elements)) return [];
  const nothing = plan.shared.length === 0;
  return elements.slice(0, mostRows).map((element) => {
    const row = emptyRow();
    if (!nothing) Object.assign(row, shared);
    fill(row, element, plan.level, convert);
    return row;
  });
}
