/** A colour of globals.css's theme, by its name after `--color-`. */
export const colourNames = [
  ...["ink", "surface", "raised", "line", "edge", "text", "faint"],
  ...["lamp", "lamp-ink", "danger", "danger-ink"],
] as const;
export type ColourName = (typeof colourNames)[number];

/** What is written on what; WCAG 2.2 wants 4.5 for text and 3 for what has to be seen to be used. */
export const pairs: { text: ColourName; on: ColourName; least: 3 | 4.5 }[] = [
  ...(["text", "faint", "lamp", "danger"] as const).flatMap((text) =>
    (["ink", "surface", "raised"] as const).map((on) => ({ text, on, least: 4.5 as const })),
  ),
  { text: "lamp-ink", on: "lamp", least: 4.5 },
  { text: "danger-ink", on: "danger", least: 4.5 },
  ...(["ink", "surface", "raised"] as const).map((on) => ({
    text: "edge" as const,
    on,
    least: 3 as const,
  })),
];

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, 1 to 21; either may be first. */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
