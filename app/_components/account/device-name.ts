const browsers: [name: string, mark: RegExp][] = [
  // Every browser claims to be its elders, so the youngest name is looked for first.
  ["Edge", /\bEdg(e|A|iOS)?\//],
  ["Opera", /\b(OPR|Opera)\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Firefox", /\b(Firefox|FxiOS)\//],
  ["Chrome", /\b(Chrome|CriOS|Chromium|HeadlessChrome)\//],
  ["Safari", /\bVersion\/[\d.]+.*Safari\//],
];
const systems: [name: string, mark: RegExp][] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMac OS X\b|\bMacintosh\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["Linux", /\bLinux\b|\bX11\b/],
];

const nameIn = (list: typeof browsers, text: string) =>
  list.find(([, mark]) => mark.test(text))?.[0] ?? null;

const inHand = ["iPhone", "iPad", "Android"];

/** Whether a system of `deviceOf` is held in the hand or stands on a desk. */
export function formOf(system: string | null | undefined): "hand" | "desk" | null {
  if (!system) return null;
  return inHand.includes(system) ? "hand" : "desk";
}

/**
 * Browser and system of a User-Agent, enough for a person to tell their devices apart; null where
 * the text names none that is known.
 */
export function deviceOf(
  userAgent: string | null,
): { browser: string | null; system: string | null } | null {
  const browser = nameIn(browsers, userAgent ?? "");
  const system = nameIn(systems, userAgent ?? "");
  return browser || system ? { browser, system } : null;
}
