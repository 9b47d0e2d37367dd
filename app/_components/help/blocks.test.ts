import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { anchorOf, blocksOf, hrefOf, spansOf } from "./blocks";

test("a document in its parts", () => {
  const text = `# Title

Some words
on two lines.

<!-- for those who write -->
- one
  that goes on
- two

1. first

| a | b |
| - | - |
| \`x | y\` | z |

    npm start

\`\`\`
npm test
\`\`\`
`;
  expect(blocksOf(text)).toEqual([
    { kind: "heading", level: 1, text: "Title" },
    { kind: "paragraph", text: "Some words on two lines." },
    { kind: "list", isOrdered: false, items: ["one that goes on", "two"] },
    { kind: "list", isOrdered: true, items: ["first"] },
    { kind: "table", head: ["a", "b"], rows: [["`x | y`", "z"]] },
    { kind: "code", text: "npm start" },
    { kind: "code", text: "npm test" },
  ]);
});

test("a line in its pieces", () => {
  expect(spansOf("See `DEMO` and [why](decisions/demo.md), **now**.")).toEqual([
    { kind: "text", text: "See " },
    { kind: "code", text: "DEMO" },
    { kind: "text", text: " and " },
    { kind: "link", text: "why", href: "decisions/demo.md" },
    { kind: "text", text: ", " },
    { kind: "strong", text: "now" },
    { kind: "text", text: "." },
  ]);
});

test.each([
  ["development.md", "README", "/help/development"],
  ["decisions/demo.md", "README", "/help/decisions/demo"],
  ["../security.md#who", "decisions/demo", "/help/security#who"],
  ["README.md", "security", "/help"],
  ["decisions/", "README", null],
  ["../package.json", "README", null],
  ["https://example.org/a", "README", "https://example.org/a"],
  ["#there", "README", "#there"],
  ["javascript:alert(1)", "README", null],
])("%s in %s leads to %s", (href, name, to) => {
  expect(hrefOf(href, name)).toBe(to);
});

describe("our own documentation", () => {
  const names = readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => path.replace(/\.md$/, ""));

  test.each(names)("%s begins with its title, and its links lead somewhere", (name) => {
    const blocks = blocksOf(readFileSync(`docs/${name}.md`, "utf8"));
    expect(blocks[0]).toMatchObject({ kind: "heading", level: 1 });
    const texts = blocks.flatMap((block) => {
      if (block.kind === "list") return block.items;
      if (block.kind === "table") return [block.head, ...block.rows].flat();
      return block.kind === "code" ? [] : [block.text];
    });
    for (const span of texts.flatMap(spansOf)) {
      if (span.kind !== "link") continue;
      const to = hrefOf(span.href, name);
      const [, other] = /^\/help\/?([^#]*)/.exec(to ?? "") ?? [];
      if (other !== undefined) expect(["", ...names], `${name}: ${span.href}`).toContain(other);
    }
  });

  test("headings have addresses", () => {
    expect(anchorOf("Backups, and a forgotten password")).toBe("backups-and-a-forgotten-password");
  });
});
