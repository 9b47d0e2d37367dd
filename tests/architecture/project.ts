import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const tops = ["app", "db", "jobs", "lib", "messages", "pages", "scripts", "tests"];

/** The project's own files at and below the folders that hold code, and those at its root. */
export function projectFiles(root: string, wanted: RegExp): Map<string, string> {
  const files = new Map<string, string>();
  const add = (path: string) =>
    files.set(relative(root, path).split(sep).join("/"), readFileSync(path, "utf8"));

  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.isFile() && wanted.test(entry.name) && !entry.name.endsWith(".d.ts")) {
      add(join(root, entry.name));
    }
    if (!entry.isDirectory() || !tops.includes(entry.name)) continue;
    const below = readdirSync(join(root, entry.name), { recursive: true, withFileTypes: true });
    for (const file of below) {
      if (file.isFile() && wanted.test(file.name)) add(join(file.parentPath, file.name));
    }
  }
  return files;
}

/** Names of the packages that are there when Vigilio runs. */
export function shippedPackages(root: string): Set<string> {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
}
