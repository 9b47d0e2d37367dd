import { sizeBytesOf } from "./size-text";

/** A number as an answer may write it: `1,234`, `7.8`, ` 12 seeds`. Null when there is none. */
export function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  // What most write; the rest is for those who write for people.
  if (/^\d{1,15}$/.test(value)) return Number(value);
  const text = value.trim().replace(/(?<=\d)[,\s\u00a0](?=\d{3}(?!\d))/g, "");
  const found = /^[-+]?\d+(?:\.\d+)?/.exec(text)?.[0];
  return found === undefined ? null : Number(found);
}

const earliestSecond = 10_000_000;
const latestSecond = 100_000_000_000;

/** A moment: ISO 8601, RFC 822, or Unix time in seconds or milliseconds. Null for anything else. */
export function dateOf(value: unknown): Date | null {
  const isDigits = typeof value === "string" && /^\d{9,14}$/.test(value.trim());
  if (typeof value === "number" || isDigits) {
    const count = Number(value);
    if (!Number.isFinite(count) || count < earliestSecond) return null;
    return validDate(count < latestSecond ? count * 1000 : count);
  }
  if (typeof value !== "string" || !/\d{4}/.test(value)) return null;
  return validDate(Date.parse(value));
}

function validDate(time: number): Date | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Text of a scalar; undefined for objects, arrays and nothing. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A leaf in the form that a parser of version 2 names; undefined when it has none. */
export function convertTo(type: "text" | "number" | "size" | "date", value: unknown): unknown {
  switch (type) {
    case "text":
      return textOf(value);
    case "number":
      return numberOf(value) ?? undefined;
    case "size":
      return sizeBytesOf(value) ?? undefined;
    case "date":
      return dateOf(value)?.toISOString();
  }
}
