import { posix } from "node:path";
import { parseSync, type StaticExportEntry, type StaticImport, Visitor } from "oxc-parser";

export interface Import {
  /** A path from the project's root without an ending guaranteed, or a package's name. */
  target: string;
  isOurs: boolean;
  /** Erased before it runs. */
  isTypeOnly: boolean;
}

export interface Parsed {
  imports: Import[];
  /** True when the file does nothing but hand on what others export. */
  isBarrel: boolean;
  /** Where the file looks at the clock or the environment by itself: "Date.now()" and the like. */
  looks: string[];
}

function resolve(from: string, request: string): Pick<Import, "target" | "isOurs"> {
  if (request.startsWith("@/")) return { target: request.slice(2), isOurs: true };
  if (request.startsWith(".")) {
    return { target: posix.join(posix.dirname(from), request), isOurs: true };
  }
  return { target: request, isOurs: false };
}

const isTypeImport = (found: StaticImport) =>
  found.entries.length > 0 && found.entries.every((entry) => entry.isType);
const isTypeExport = (entry: StaticExportEntry) => entry.isType;

/**
 * What a file imports (statically, dynamically, and by handing on), and what else the rules ask.
 *
 * @param path from the project's root, with slashes.
 * @throws Error when the file cannot be parsed, or imports something that is only known when it runs.
 */
export function parse(path: string, text: string): Parsed {
  const { program, module, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);

  const imports: Import[] = module.staticImports.map((found) => ({
    ...resolve(path, found.moduleRequest.value),
    isTypeOnly: isTypeImport(found),
  }));
  for (const entry of module.staticExports.flatMap((found) => found.entries)) {
    if (!entry.moduleRequest) continue;
    const handedOn = resolve(path, entry.moduleRequest.value);
    imports.push({ ...handedOn, isTypeOnly: isTypeExport(entry) });
  }
  for (const found of module.dynamicImports) {
    const source = text.slice(found.moduleRequest.start, found.moduleRequest.end);
    const literal = /^(["'`])([^$]*)\1$/.exec(source)?.[2];
    if (literal) imports.push({ ...resolve(path, literal), isTypeOnly: false });
  }

  const looks: string[] = [];
  new Visitor({
    NewExpression(node) {
      if (
        text.slice(node.callee.start, node.callee.end) === "Date" &&
        node.arguments.length === 0
      ) {
        looks.push("new Date()");
      }
    },
    MemberExpression(node) {
      const source = text.slice(node.start, node.end);
      if (source === "Date.now" || source === "process.env") looks.push(source);
    },
  }).visit(program);

  return {
    imports,
    isBarrel:
      program.body.length > 0 &&
      program.body.every(
        (statement) =>
          statement.type === "ExportAllDeclaration" ||
          (statement.type === "ExportNamedDeclaration" && statement.source !== null),
      ),
    looks,
  };
}
