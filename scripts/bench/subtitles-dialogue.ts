import { existsSync, readFileSync } from "node:fs";

/** Lines of dialogue in a language, written for Vigilio, one on each line of `dialogue/`. */
export function dialogueOf(language: string): string[] {
  const file = new URL(`dialogue/${language}.txt`, import.meta.url);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}
