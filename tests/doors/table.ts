/** What somebody may do at a door; `setting` where the household decides it for its members. */
export type Verdict = "yes" | "no" | "setting";

export interface Row {
  area: string;
  /** What follows the area in a path, or an action's name. */
  door: string;
  method?: string;
  verdicts: readonly Verdict[];
}

const shown: Record<Verdict, string> = { yes: "yes", no: "no", setting: "if allowed" };

/** Rows of the same area and the same rights as one, in the order in which they come. */
function grouped(rows: readonly Row[]): string[][] {
  const groups = new Map<string, { ends: string[]; methods: Map<string, string[]> }>();
  for (const { area, door, method, verdicts } of rows) {
    const ends = [area, ...verdicts.map((verdict) => shown[verdict])];
    const group = groups.get(ends.join()) ?? { ends, methods: new Map<string, string[]>() };
    groups.set(ends.join(), group);
    group.methods.set(door, [...(group.methods.get(door) ?? []), ...(method ? [method] : [])]);
  }
  return [...groups.values()].map(({ ends: [area = "", ...words], methods }) => {
    const doors = [...methods].map(([door, by]) => [by.join(", "), door].filter(Boolean).join(" "));
    return [area, doors.map((door) => `\`${door}\``).join(" "), ...words];
  });
}

/** A table in Markdown, its columns as wide as their longest cell: as the formatter wants it. */
export function markdownTable(heads: readonly string[], rows: readonly Row[]): string {
  const body = grouped(rows);
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...body.map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(heads), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join(
    "\n",
  );
}

/** Puts a text between a document's marks of that name. @throws Error when they are not there. */
export function placedIn(document: string, name: string, text: string): string {
  const begin = `<!-- ${name}: made by npm run roles -->`;
  const end = `<!-- ${name}: end -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from === -1 || to < from) throw new Error(`the document has no marks of ${name}`);
  return `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`;
}
