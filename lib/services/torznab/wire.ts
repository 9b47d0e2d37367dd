import { XMLParser } from "fast-xml-parser";
import { xmlText } from "./xml-text";

/** An element with its children and attributes (`@_name`); text alone is a string. */
export type XmlNode = string | { [name: string]: XmlValue };
type XmlValue = XmlNode | XmlNode[] | undefined;

const lists = /^(item|category|subcat|enclosure|guid|link|title)$|(^|:)attr$/;

// Text stays text: as a number "007" would lose its zeros, and an info-hash of digits everything.
const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  allowBooleanAttributes: true,
  isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && lists.test(name),
});

/** What an indexer answered with, by its root element. */
export type TorznabDocument =
  | { kind: "caps"; root: XmlNode }
  | { kind: "feed"; root: XmlNode }
  | { kind: "error"; code: number; description: string }
  /** Nothing at all; no XML, or XML of something else; XML that breaks off. */
  | { kind: "empty" | "other" | "cut-off" };

/** Elements of a name below a node; none when there is none. */
export function childrenOf(node: XmlNode | undefined, name: string): XmlNode[] {
  if (node === undefined || typeof node === "string" || !Object.hasOwn(node, name)) return [];
  const found = node[name];
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found];
}

/** Text of a node, whether it has attributes or not. */
export function textOf(node: XmlNode | undefined): string {
  if (typeof node === "string") return node.trim();
  const text = node?.["#text"];
  return typeof text === "string" ? text.trim() : "";
}

function spelledAs(node: Exclude<XmlNode, string>, wanted: string): string | undefined {
  for (const key in node) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) return key;
  }
  return undefined;
}

/** An attribute's text, its name in any case; undefined without it. */
export function attributeOf(node: XmlNode | undefined, name: string): string | undefined {
  if (node === undefined || typeof node === "string") return undefined;
  const usual = `@_${name}`;
  // Nearly all write it so; looking through the names costs more than all the rest of an item.
  const key = Object.hasOwn(node, usual) ? usual : spelledAs(node, usual.toLowerCase());
  const value = key === undefined ? undefined : node[key];
  return typeof value === "string" ? value.trim() : undefined;
}

/** `torznab:attr` and `newznab:attr` by their names in lower case, each with all its values. */
export function extrasOf(item: XmlNode): Map<string, string[]> {
  const extras = new Map<string, string[]>();
  if (typeof item === "string") return extras;
  for (const key of Object.keys(item)) {
    if (key !== "attr" && !key.endsWith(":attr")) continue;
    for (const node of childrenOf(item, key)) {
      const name = attributeOf(node, "name")?.toLowerCase();
      const value = attributeOf(node, "value");
      if (!name || !value) continue;
      const values = extras.get(name);
      if (values) values.push(value);
      else extras.set(name, [value]);
    }
  }
  return extras;
}

/** The parser takes a document that breaks off as if it had ended. */
function isWhole(text: string, root: string): boolean {
  const last = text.lastIndexOf(`</${root}`);
  if (last !== -1) return text.includes(">", last);
  return new RegExp(`<${root}\\b[^>]*/>`).test(text);
}

/** Reads an answer by its root element alone: neither status nor content type can be relied on. */
export function readDocument(body: Buffer, contentType: string): TorznabDocument {
  const text = xmlText(body, contentType);
  if (text.trim() === "") return { kind: "empty" };
  const root = /<(rss|caps|error)\b/.exec(text.slice(0, 20_000))?.[1];
  let parsed: XmlNode;
  try {
    parsed = parser.parse(text) as XmlNode;
  } catch {
    return { kind: root && !isWhole(text, root) ? "cut-off" : "other" };
  }
  const found = (["rss", "caps", "error"] as const).find(
    (name) => childrenOf(parsed, name).length > 0,
  );
  if (!found) return { kind: "other" };
  if (!isWhole(text, found)) return { kind: "cut-off" };
  const node = childrenOf(parsed, found)[0] ?? "";
  if (found === "error") {
    return {
      kind: "error",
      code: Number(attributeOf(node, "code") ?? Number.NaN),
      description: attributeOf(node, "description") ?? "",
    };
  }
  return { kind: found === "caps" ? "caps" : "feed", root: node };
}
