import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Of what docs/ holds what a document may be called: nothing leads out of it. */
const documentName = /^(?:decisions\/)?[A-Za-z][A-Za-z-]{0,60}$/;

/** A document of docs/ as it is written; null where there is none of that name. */
export async function readDocument(name: string): Promise<string | null> {
  if (!documentName.test(name)) return null;
  const path = join(process.cwd(), "docs", `${name}.md`);
  return readFile(path, "utf8").catch(() => null);
}
