import { type Expression, parseSync, type Statement } from "oxc-parser";
import { doorkeepers, doorRoles, type Kind, openDoors } from "./rules";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** What is meant behind `as const satisfies …`. */
function bare(expression: Expression): Expression {
  return expression.type === "TSAsExpression" || expression.type === "TSSatisfiesExpression"
    ? bare(expression.expression)
    : expression;
}

/** Top-level constants of a file, by name. */
function constantsOf(body: readonly Statement[]): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const statement of body) {
    const declaration =
      statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type === "Identifier" && init) found.set(id.name, bare(init));
    }
  }
  return found;
}

/** The role that a spec declares, in itself or in the constant that it names. */
function roleIn(given: Expression | undefined, constants: Map<string, Expression>) {
  const spec = given?.type === "Identifier" ? constants.get(given.name) : given && bare(given);
  if (spec?.type !== "ObjectExpression") return undefined;
  for (const property of spec.properties) {
    if (property.type !== "Property" || property.key.type !== "Identifier") continue;
    if (property.key.name !== "role") continue;
    const value = bare(property.value);
    return value.type === "Literal" ? value.value : undefined;
  }
  return undefined;
}

/**
 * Doors of a file, that is server actions and routes, which are not made by the wrapper that asks
 * who is there. Whatever an actions file exports is a door: anybody can call it by POST.
 */
export function doorFaults(path: string, kind: Kind | undefined, text: string): string[] {
  const keeper = kind && doorkeepers[kind];
  if (!keeper || Object.hasOwn(openDoors, path)) return [];
  const { program, module } = parseSync(path, text);
  const wrappers = module.staticImports
    .filter(({ moduleRequest }) => moduleRequest.value === `@/${keeper.from}`)
    .flatMap(({ entries }) => entries)
    .filter(({ importName }) => keeper.wrappers.includes(importName.name ?? ""))
    .map(({ localName }) => localName.value);
  const constants = constantsOf(program.body);
  const exported = module.staticExports
    .flatMap(({ entries }) => entries)
    .filter(({ isType }) => !isType)
    .map(({ exportName }) => exportName.name ?? "default")
    .filter((name) => kind === "actions" || methods.includes(name) || name === "default");

  return exported.flatMap((name) => {
    const made = constants.get(name);
    const isWrapped =
      made?.type === "CallExpression" &&
      made.callee.type === "Identifier" &&
      wrappers.includes(made.callee.name);
    if (!isWrapped) {
      return [
        `exports ${name} without asking who is there: make it with ${keeper.wrappers.join(", ")} of ${keeper.from}.ts`,
      ];
    }
    if (kind !== "route") return [];
    const [spec] = made.arguments;
    const role = spec?.type === "SpreadElement" ? undefined : roleIn(spec, constants);
    return typeof role === "string" && doorRoles.includes(role)
      ? []
      : [`does not say whom ${name} is for: give its spec a role (${doorRoles.join(", ")})`];
  });
}
