/** A part of a document, as our own documentation writes it: no more of Markdown than that. */
export type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "paragraph" | "code"; text: string }
  | { kind: "list"; isOrdered: boolean; items: string[] }
  | { kind: "table"; head: string[]; rows: string[][] };

const listItem = /^(?:[-*]|(\d+)\.) +(.*)$/;

/** Cells of a table's line; a bar with a backslash before it, or within code, is no border. */
function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\||\|$/g, "");
  return (inner.match(/(?:`[^`]*`|\\\||[^|])+/g) ?? []).map((cell) =>
    cell.trim().replaceAll("\\|", "|"),
  );
}

/** Takes a document apart. What is unknown is a paragraph, so that nothing is lost. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.replace(/<!--[\s\S]*?-->/g, "").split("\n");
  let at = 0;
  const line = () => lines[at] ?? "";
  const takeWhile = (fits: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    while (at < lines.length && fits(line())) {
      taken.push(line());
      at += 1;
    }
    return taken;
  };
  while (at < lines.length) {
    const [, marks = "", title = ""] = /^(#{1,6}) +(.*)$/.exec(line()) ?? [];
    if (line().trim() === "") at += 1;
    else if (marks) {
      blocks.push({ kind: "heading", level: marks.length, text: title });
      at += 1;
    } else if (line().startsWith("```")) {
      at += 1;
      const code = takeWhile((one) => !one.startsWith("```"));
      at += 1;
      blocks.push({ kind: "code", text: code.join("\n") });
    } else if (line().startsWith("    ")) {
      const code = takeWhile((one) => one.startsWith("    ") || one.trim() === "");
      const text = code.map((one) => one.slice(4)).join("\n");
      blocks.push({ kind: "code", text: text.trimEnd() });
    } else if (line().startsWith("|")) {
      const [head = "", , ...rows] = takeWhile((one) => one.startsWith("|"));
      blocks.push({ kind: "table", head: cellsOf(head), rows: rows.map(cellsOf) });
    } else if (listItem.test(line())) {
      const isOrdered = /^\d/.test(line());
      const items: string[] = [];
      for (const one of takeWhile((next) => listItem.test(next) || /^ +\S/.test(next))) {
        const item = listItem.exec(one)?.[2];
        // A line that is set in goes on with the item before it.
        if (item === undefined) items.push(`${items.pop() ?? ""} ${one.trim()}`);
        else items.push(item);
      }
      blocks.push({ kind: "list", isOrdered, items });
    } else {
      const paragraph = takeWhile((one) => one.trim() !== "" && !/^(#{1,6} |```|\|)/.test(one));
      blocks.push({ kind: "paragraph", text: paragraph.join(" ") });
    }
  }
  return blocks;
}

export type Span =
  | { kind: "text" | "code" | "strong"; text: string }
  | { kind: "link"; text: string; href: string };

/** A line in pieces: code, links and what is stressed. */
export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const found of text.matchAll(/`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*/g)) {
    if (found.index > end) spans.push({ kind: "text", text: text.slice(end, found.index) });
    const [whole, code, label, href, strong] = found;
    if (code !== undefined) spans.push({ kind: "code", text: code });
    else if (label !== undefined && href !== undefined) {
      spans.push({ kind: "link", text: label, href });
    } else spans.push({ kind: "strong", text: strong ?? "" });
    end = found.index + whole.length;
  }
  if (end < text.length) spans.push({ kind: "text", text: text.slice(end) });
  return spans;
}

/** As other places write the address of a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
}

/**
 * Where a link of a document leads: to another document, to another site, or null for what is not
 * shown here (a folder, a file of the sources).
 *
 * @param name of the document that the link stands in, such as `decisions/demo`.
 */
export function hrefOf(href: string, name: string): string | null {
  if (href.startsWith("#") || /^https?:\/\//.test(href)) return href;
  const { pathname, hash } = new URL(href, `http://docs.invalid/docs/${name}.md`);
  const [, document] = /^\/docs\/(.+)\.md$/.exec(pathname) ?? [];
  if (!document) return null;
  return (document === "README" ? "/help" : `/help/${document}`) + hash;
}
