import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("app/globals.css", "utf8");

/** Relative luminance of a `--color-…: #rrggbb` of globals.css (WCAG 2.2, "relative luminance"). */
function luminance(name: string): number {
  const hex = new RegExp(`--color-${name}: #([0-9a-f]{6});`).exec(css)?.[1];
  if (!hex) throw new Error(`globals.css has no --color-${name}`);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ["ink", "surface", "raised"];

describe("colours of globals.css", () => {
  it.each(
    ["text", "faint", "lamp", "danger"].flatMap((text) => grounds.map((on) => [text, on] as const)),
  )("%s is readable as text on %s", (text, on) => {
    expect(ratio(text, on)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ["lamp-ink", "lamp"],
    ["danger-ink", "danger"],
    ["ink", "text"],
  ] as const)("%s is readable as text on %s", (text, on) => {
    expect(ratio(text, on)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["edge", "lamp"].flatMap((part) => grounds.map((on) => [part, on] as const)))(
    "%s is seen as a part of a control on %s",
    (part, on) => {
      expect(ratio(part, on)).toBeGreaterThanOrEqual(3);
    },
  );
});
