import type { SchemaDefinition } from "./definition";
import { arrayPath, parsePath, plainPath, type Segment } from "./value-path";

/** One field: where it lies below its element. */
export interface FieldPlan {
  /** Its place among the parsers. */
  index: number;
  key: string;
  path: Segment[];
}

/** What is taken from an element, and from the arrays inside it. */
export interface LevelPlan {
  fields: FieldPlan[];
  arrays: { path: string[]; name: string; level: LevelPlan }[];
}

export interface RowPlan {
  /** Names on the way to the array of rows; null when the answer itself is the one row. */
  rows: string[] | null;
  level: LevelPlan;
  /** Taken once from the answer, and given to every row. */
  shared: FieldPlan[];
}

export interface PlannedParser {
  key: string;
  path: Segment[];
}

/** Why parsers don't go together: which one, and the key of `reasons`. */
export interface PlanFault {
  index: number;
  code: "schema-other-array" | "schema-two-aliases";
}

const namesOf = (segments: readonly Segment[]) =>
  segments.flatMap((part) => (part.kind === "name" ? [part.name] : []));

/** What each array is called, by its plain path; an alias holds for every parser through it. */
function aliasesOf(parsers: readonly PlannedParser[]): Map<string, string> | PlanFault {
  const aliases = new Map<string, string>();
  for (const [index, { path }] of parsers.entries()) {
    for (const [at, part] of path.entries()) {
      if (part.kind === "each" || part.alias === null) continue;
      const plain = plainPath(path.slice(0, at + 1));
      const known = aliases.get(plain);
      if (known !== undefined && known !== part.alias) return { index, code: "schema-two-aliases" };
      aliases.set(plain, part.alias);
    }
  }
  return aliases;
}

/**
 * Puts a schema's parsers together: which array the rows come from, and what is taken from each
 * element. All parsers share the first array, or have none.
 */
export function planRows(parsers: readonly PlannedParser[]): RowPlan | PlanFault {
  const aliases = aliasesOf(parsers);
  if ("code" in aliases) return aliases;
  let rows: string[] | null = null;
  const shared: FieldPlan[] = [];
  const level: LevelPlan = { fields: [], arrays: [] };
  for (const [index, { key, path }] of parsers.entries()) {
    const before = arrayPath(path);
    if (before === null) {
      shared.push({ index, key, path });
      continue;
    }
    const names = namesOf(before);
    if (rows && rows.join(".") !== names.join(".")) return { index, code: "schema-other-array" };
    rows = names;
    place(level, { index, key, path }, before.length + 1, aliases);
  }
  return { rows, level, shared };
}

/** What is taken from an answer. The definition was parsed, so that its paths are right. */
export function rowPlanOf({ parsers }: Pick<SchemaDefinition, "parsers">): RowPlan {
  const plan = planRows(
    parsers.map(({ key, value }) => ({ key, path: parsePath(value) as Segment[] })),
  );
  if ("code" in plan) throw new Error(`a schema that was not parsed: ${plan.code}`);
  return plan;
}

/** Puts a field into the level that it belongs to; `from` is where its path goes on. */
function place(top: LevelPlan, field: FieldPlan, from: number, aliases: Map<string, string>): void {
  let level = top;
  let start = from;
  for (;;) {
    const rest = field.path.slice(start);
    const at = rest.findIndex(({ kind }) => kind === "each");
    // At the end it means the elements themselves; without a name in front it has none in the row.
    if (at <= 0 || at === rest.length - 1) {
      level.fields.push({ ...field, path: rest });
      return;
    }
    const path = namesOf(rest.slice(0, at));
    const plain = plainPath(field.path.slice(0, start + at));
    const name = aliases.get(plain) ?? path.at(-1) ?? "";
    let array = level.arrays.find((one) => one.path.join(".") === path.join("."));
    if (!array) {
      array = { path, name, level: { fields: [], arrays: [] } };
      level.arrays.push(array);
    }
    level = array.level;
    start += at + 1;
  }
}
