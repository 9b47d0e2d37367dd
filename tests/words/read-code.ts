import type { Argument, Expression, JSXAttribute, JSXExpression, Node } from "oxc-parser";
import { parseSync, Visitor } from "oxc-parser";

/** What a file of code says about words. */
export interface Spoken {
  /** Sentences that stand in a component, with their line. */
  sentences: { text: string; line: number }[];
  /** Codes of reasons, wherever one is made. */
  codes: string[];
  /** Services that an UpstreamError may name. */
  services: string[];
  /** Namespace and key of every word that is looked up by name. */
  lookups: { namespaces: string[]; key: string }[];
  /** Every string in the file, and every template as a pattern: how a key may be meant. */
  strings: Set<string>;
  patterns: RegExp[];
}

/** Attributes whose text people see or hear. */
const spokenAttributes =
  /^(title|alt|placeholder|label|heading|description|hint|caption|summary|message|text|aria-(label|description|roledescription|valuetext|placeholder))$/;

const hasLetter = (text: string) => /\p{L}/u.test(text);
const isCode = (text: string) => /^[a-z0-9]+(-[a-z0-9]+)+$/.test(text);

/** The strings that an expression can only be: both arms of a condition count. */
function stringsOf(node: Expression | Argument | JSXExpression | null | undefined): string[] {
  switch (node?.type) {
    case "Literal":
      return typeof node.value === "string" ? [node.value] : [];
    case "TemplateLiteral":
      return node.expressions.length === 0 ? [node.quasis[0]?.value.cooked ?? ""] : [];
    case "ConditionalExpression":
      return [...stringsOf(node.consequent), ...stringsOf(node.alternate)];
    case "LogicalExpression":
      return [...stringsOf(node.left), ...stringsOf(node.right)];
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return stringsOf(node.expression);
    default:
      return [];
  }
}

/** Text of a template around its holes: `Movie ${title}` says "Movie". */
function spokenBy(node: JSXExpression | Expression | null | undefined): string[] {
  if (node?.type === "TemplateLiteral") return node.quasis.map((quasi) => quasi.value.raw);
  return stringsOf(node);
}

/** `words("movie")`, `useTranslations("movie")`, awaited or not: the namespace. */
function namespaceOf(node: Node | null | undefined): string | undefined {
  if (node?.type === "AwaitExpression") return namespaceOf(node.argument);
  if (node?.type === "ParenthesizedExpression") return namespaceOf(node.expression);
  if (node?.type !== "CallExpression" || node.callee.type !== "Identifier") return undefined;
  if (!["words", "useTranslations", "wordsOf"].includes(node.callee.name)) return undefined;
  const at = node.callee.name === "wordsOf" ? 1 : 0;
  return stringsOf(node.arguments[at])[0];
}

/**
 * Reads what a file says.
 *
 * @param path its ending decides whether it is a component.
 * @throws Error when it cannot be parsed.
 */
export function readCode(path: string, text: string): Spoken {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);

  const spoken: Spoken = {
    ...{ sentences: [], codes: [], services: [], lookups: [] },
    ...{ strings: new Set(), patterns: [] },
  };
  /** By the name of a variable: the namespaces that it looks words up in. */
  const translators = new Map<string, Set<string>>();
  /** Names that are parameters somewhere: whose words they look up is not known here. */
  const parameters = new Set<string>();
  const calls: { name: string; key: string }[] = [];

  const say = (texts: string[], at: number) => {
    for (const said of texts.filter(hasLetter)) {
      const line = text.slice(0, at).split("\n").length;
      spoken.sentences.push({ text: said.trim().replace(/\s+/g, " "), line });
    }
  };
  const translate = (name: string, namespace: string | undefined) => {
    if (namespace === undefined) return;
    translators.set(name, (translators.get(name) ?? new Set()).add(namespace));
  };

  const takeParameters = (params: readonly Node[]) => {
    for (const parameter of params) {
      if (parameter.type === "Identifier") parameters.add(parameter.name);
      if (parameter.type !== "ObjectPattern") continue;
      for (const property of parameter.properties) {
        if (property.type === "Property" && property.value.type === "Identifier") {
          parameters.add(property.value.name);
        }
      }
    }
  };

  new Visitor({
    JSXText(node) {
      say([node.value], node.start);
    },
    JSXExpressionContainer(node) {
      const around = text.slice(0, node.start).trimEnd();
      if (!around.endsWith("=")) say(spokenBy(node.expression as JSXExpression), node.start);
    },
    JSXAttribute(node: JSXAttribute) {
      const name = text.slice(node.name.start, node.name.end);
      if (!spokenAttributes.test(name)) return;
      if (node.value?.type === "Literal") say([String(node.value.value)], node.start);
      if (node.value?.type === "JSXExpressionContainer") {
        say(spokenBy(node.value.expression), node.start);
      }
    },
    Literal(node) {
      if (typeof node.value === "string") spoken.strings.add(node.value);
      if (typeof node.value === "number") spoken.strings.add(String(node.value));
    },
    TemplateLiteral(node) {
      const parts = node.quasis.map((quasi) => quasi.value.raw);
      if (parts.every((part) => part === "")) return;
      const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      spoken.patterns.push(new RegExp(`^${escaped.join(".*")}$`, "s"));
    },
    Property(node) {
      if (node.key.type !== "Identifier") return;
      const values = stringsOf(node.value as Expression);
      // A stored reason, and the message of a zod schema, may be a code.
      if (node.key.name === "code" || node.key.name === "message") {
        spoken.codes.push(...values.filter(isCode));
      }
      if (node.key.name === "service") spoken.services.push(...values);
      spoken.strings.add(node.key.name);
    },
    FunctionDeclaration(node) {
      takeParameters(node.params);
    },
    FunctionExpression(node) {
      takeParameters(node.params);
    },
    ArrowFunctionExpression(node) {
      takeParameters(node.params);
    },
    VariableDeclarator(node) {
      if (node.id.type === "Identifier") translate(node.id.name, namespaceOf(node.init));
      if (node.id.type !== "ArrayPattern" || node.init?.type !== "AwaitExpression") return;
      const all = node.init.argument;
      const list = all.type === "CallExpression" ? all.arguments[0] : undefined;
      if (list?.type !== "ArrayExpression") return;
      node.id.elements.forEach((element, at) => {
        if (element?.type === "Identifier") translate(element.name, namespaceOf(list.elements[at]));
      });
    },
    NewExpression(node) {
      const name = text.slice(node.callee.start, node.callee.end);
      if (name === "AppError") spoken.codes.push(...stringsOf(node.arguments[0]));
      if (name === "UpstreamError") spoken.services.push(...stringsOf(node.arguments[0]));
    },
    CallExpression(node) {
      const keys = stringsOf(node.arguments[0]);
      const direct = namespaceOf(node.callee);
      if (direct !== undefined) {
        for (const key of keys) spoken.lookups.push({ namespaces: [direct], key });
      }
      const callee = node.callee.type === "MemberExpression" ? node.callee.object : node.callee;
      if (callee.type !== "Identifier") return;
      if (node.callee.type === "Identifier" && callee.name === "reason") spoken.codes.push(...keys);
      if (callee.name === "fieldError") spoken.codes.push(...stringsOf(node.arguments[1]));
      if (node.callee.type === "MemberExpression") {
        const method = text.slice(node.callee.property.start, node.callee.property.end);
        if (!["rich", "markup", "raw"].includes(method)) return;
      }
      for (const key of keys) calls.push({ name: callee.name, key });
    },
  }).visit(program);

  for (const { name, key } of calls) {
    const namespaces = translators.get(name);
    if (namespaces && !parameters.has(name)) {
      spoken.lookups.push({ namespaces: [...namespaces], key });
    }
  }
  return spoken;
}
