import { createHash } from "node:crypto";

/** Members in one order, whoever wrote them. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered(one)]),
  );
}

/** Tells whether two definitions are the same one. */
export function digestOf(definition: unknown): string {
  const text = JSON.stringify(ordered(definition));
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/** A gallery that is followed once more has the id that it had: its copies are known again. */
export function galleryIdOf(url: string): string {
  return createHash("sha256").update(url).digest("hex").slice(0, 16);
}
