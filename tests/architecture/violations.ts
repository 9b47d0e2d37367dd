import { posix } from "node:path";
import { findCycles } from "./cycles";
import { doorFaults } from "./doors";
import { type Import, type Parsed, parse } from "./imports";
import {
  allowedBarrels,
  bareScripts,
  emptyNames,
  type Kind,
  libFolders,
  maxLines,
  places,
  type Rule,
  rules,
  serviceFolders,
  toldTheTime,
} from "./rules";

/** Text of files by their path from the project's root, with slashes. */
export type Files = ReadonlyMap<string, string>;

const isCode = (path: string) => /\.(ts|tsx|mjs)$/.test(path);
const isTest = (path: string) => path.startsWith("tests/") || /\.test\.(tsx?|mjs)$/.test(path);

export function kindOf(path: string): Kind | undefined {
  return places.find((place) => place.path.test(path))?.kind;
}

/** A package's name without what is below it: "drizzle-orm/sqlite-core" is of "drizzle-orm". */
function packageOf(target: string): string {
  const parts = target.split("/");
  return parts.slice(0, target.startsWith("@") ? 2 : 1).join("/");
}

/** What is known of the files while they are held against the rules. */
interface Project {
  files: Files;
  parsed: ReadonlyMap<string, Parsed>;
  shipped: ReadonlySet<string>;
}

/** The file that an import of ours means. */
function fileOf(target: string, files: Files): string {
  if (/\.(css|json)$/.test(target)) return target;
  const candidates = [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`];
  return candidates.find((path) => files.has(path)) ?? `${target}.ts`;
}

/**
 * True for a rule of a noun that needs nothing when it runs, here or in what it imports: no
 * database, no Node.js, no package. Such a rule works in a browser, too.
 */
function needsNothing(path: string, project: Project, seen = new Set<string>()): boolean {
  if (seen.has(path)) return true;
  seen.add(path);
  const imports = project.parsed.get(path)?.imports.filter((one) => !one.isTypeOnly);
  return (
    kindOf(path) === "core" &&
    imports !== undefined &&
    imports.every(
      (one) => one.isOurs && needsNothing(fileOf(one.target, project.files), project, seen),
    )
  );
}

function importFault(rule: Rule, found: Import, project: Project): string | undefined {
  if (!found.isOurs) {
    if (found.isTypeOnly) return undefined;
    const name = packageOf(found.target);
    if (rule.never?.includes(name)) return `imports ${found.target}`;
    if (rule.only && !name.startsWith("node:") && !rule.only.includes(name)) {
      return `imports ${found.target}`;
    }
    return undefined;
  }
  const target = fileOf(found.target, project.files);
  if (isTest(target)) return `imports a test's file, ${target}`;
  const kind = kindOf(target);
  if (!kind || rule.may.includes(kind)) return undefined;
  if (rule.mayUsePureRules && needsNothing(target, project)) return undefined;
  if (rule.types?.includes(kind)) {
    return found.isTypeOnly ? undefined : `imports more than types from ${target}`;
  }
  return `imports ${target}`;
}

/** Where the tree wants something else of a file's path. */
function pathFaults(path: string): string[] {
  const faults: string[] = [];
  const [top, folder, third] = path.split("/");
  if (!kindOf(path)) {
    faults.push("has no place in the tree of docs/architecture.md: move it to where it belongs");
  }
  const name = posix
    .basename(path)
    .replace(/(\.integration)?(\.(test|spec|config|d))*\.(tsx?|mjs)$/, "");
  // Next wants [id], (group) and _components as folders; files are plain kebab-case.
  if (!/^(\[\[?\.{0,3}[a-zA-Z]+\]?\]|[a-z0-9]+(-[a-z0-9]+)*)$/.test(name)) {
    faults.push("is not named in kebab-case");
  }
  if (path.split("/").some((part) => emptyNames.test(part.replace(/\..*$/, "")))) {
    faults.push("has a name that says nothing: name it by what it knows");
  }
  if (name === "index" && !allowedBarrels.includes(path)) {
    faults.push("is an index file: import the files themselves");
  }
  if (top === "lib" && third !== undefined && !libFolders.includes(folder ?? "")) {
    faults.push(`lies in lib/${folder}, but the folders of lib are ${libFolders.join(", ")}`);
  }
  if (path.startsWith("lib/services/") && path.split("/").length > 3) {
    if (!serviceFolders.includes(third ?? "")) {
      faults.push(`lies in a folder that is no service; services are ${serviceFolders.join(", ")}`);
    }
  }
  if (path.endsWith(".tsx") && top !== "app" && !isTest(path)) {
    faults.push("is a component: those live in app/");
  }
  return faults;
}

/** What the framework has to be told in a file's first lines. */
function directiveFaults(kind: Kind | undefined, text: string): string[] {
  if (kind === "actions" && !/^\s*"use server";/.test(text)) {
    return ['holds actions, so its first line has to be "use server";'];
  }
  if (kind === "loaders" && !/import "server-only";/.test(text)) {
    return ['holds loaders, so it has to import "server-only": a browser must never get it'];
  }
  if (/^\s*["']use server["']/.test(text) && kind !== "actions") {
    return ["makes every export a public POST endpoint: actions live in lib/<noun>/actions.ts"];
  }
  return [];
}

/** What stands in a file: its length, what it looks at, what it imports. */
function contentFaults(path: string, text: string, parsed: Parsed, project: Project): string[] {
  const kind = kindOf(path);
  const faults: string[] = [];
  const lines = text.split("\n").length - 1;
  if (lines > maxLines) {
    faults.push(`has ${lines} lines, and ${maxLines} is the most: split it by what its parts know`);
  }
  if (parsed.isBarrel && !allowedBarrels.includes(path)) {
    faults.push("only hands on what others export: import from them instead");
  }
  if (isTest(path)) return faults;

  if (kind && toldTheTime.includes(kind)) {
    for (const look of new Set(parsed.looks)) {
      faults.push(`looks at ${look}: take the time (now: Date) or the value as an argument`);
    }
  }
  const rule = rules.find((candidate) => candidate.from === kind);
  for (const found of rule ? parsed.imports : []) {
    const fault = rule && importFault(rule, found, project);
    if (fault) faults.push(`${fault}. ${rule.instead}`);
  }
  return [...faults, ...packageFaults(path, kind, parsed, project.shipped)];
}

/** Packages that will not be there when the file runs. */
function packageFaults(
  path: string,
  kind: Kind | undefined,
  parsed: Parsed,
  shipped: ReadonlySet<string>,
): string[] {
  const packages = parsed.imports
    .filter((found) => !found.isOurs && !found.isTypeOnly && !found.target.startsWith("node:"))
    .map((found) => packageOf(found.target));
  if (bareScripts.test(path)) {
    return packages.map((name) => `imports ${name}, but runs before anything is installed`);
  }
  if (!kind || ["test", "script", "config"].includes(kind)) return [];
  return packages
    .filter((name) => !shipped.has(name))
    .map((name) => `imports ${name}, which is not among the dependencies of package.json`);
}

/**
 * Everything in which files break the rules: a sentence each, sorted by path. Pure, so that the
 * rules themselves can be tested with made-up files.
 *
 * @param shipped names of the packages that are there when Vigilio runs.
 */
export function violations(files: Files, shipped: ReadonlySet<string>): string[] {
  const code = [...files].filter(([path]) => isCode(path));
  const parsed = new Map(code.map(([path, text]) => [path, parse(path, text)]));
  const project = { files, parsed, shipped };
  const found: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, text] of code) {
    const own = parsed.get(path);
    if (!own) continue;
    const faults = [
      ...pathFaults(path),
      ...directiveFaults(kindOf(path), text),
      ...contentFaults(path, text, own, project),
      ...doorFaults(path, kindOf(path), text),
    ];
    found.push(...faults.map((fault) => `${path} ${fault}`));
    const targets = own.imports
      .filter((one) => one.isOurs && !one.isTypeOnly)
      .map((one) => fileOf(one.target, files));
    graph.set(path, targets);
  }
  for (const cycle of findCycles(graph)) {
    found.push(`${cycle.join(" -> ")} is a circle: move what both need into a file of its own`);
  }
  return found.sort();
}
