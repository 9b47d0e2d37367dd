/**
 * Sizes, speeds and lengths of time as a reader of a language writes them. All by Intl, so that a
 * new language needs no words for them.
 */

const made = new Map<string, unknown>();

/** Making a formatter takes a hundred times as long as using it, and a page says hundreds of things. */
function kept<Formatter>(key: string, make: () => Formatter): Formatter {
  const known = made.get(key) as Formatter | undefined;
  if (known) return known;
  const formatter = make();
  made.set(key, formatter);
  return formatter;
}

const steps = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

function inSteps(bytes: number): { value: number; step: number } {
  let value = Math.max(0, bytes);
  let step = 0;
  // 999.5 and more would be rounded to 1,000 of the smaller unit.
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1000;
    step += 1;
  }
  return { value, step };
}

/** Bytes in the unit that leaves one to three digits before the point: 1.4 GB. Decimal units. */
export function sizeText(bytes: number, locale: string): string {
  const { value, step } = inSteps(bytes);
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: steps[step],
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step > 0 && value < 10 ? 1 : 0,
  }).format(value);
}

/** Bytes per second: 1.4 MB/s, 1,4 Mo/s. */
export function speedText(bytesPerSecond: number, locale: string): string {
  const { value, step } = inSteps(bytesPerSecond);
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: `${steps[step]}-per-second`,
    unitDisplay: "short",
    maximumFractionDigits: step > 0 && value < 10 ? 1 : 0,
  }).format(value);
}

type UnitDisplay = "narrow" | "short";

function unitText(value: number, unit: string, locale: string, unitDisplay: UnitDisplay): string {
  return kept(
    `${locale} ${unit} ${unitDisplay}`,
    () => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay }),
  ).format(value);
}

/** Values with their units, put together as the language does it; those of 0 are left out. */
function unitsText(parts: [number, string][], locale: string, unitDisplay: UnitDisplay): string {
  return kept(
    `${locale} units`,
    () => new Intl.ListFormat(locale, { type: "unit", style: "narrow" }),
  ).format(
    parts
      .filter(([value]) => value > 0)
      .map(([value, unit]) => unitText(value, unit, locale, unitDisplay)),
  );
}

/** The shortest that reads well: narrow German mixes "1h" with "58 Min.", and Turkish "sa" with "d". */
function shortest(locale: string): UnitDisplay {
  return /^(de|tr)\b/.test(locale) ? "short" : "narrow";
}

/** Seconds in at most two units: 1h 52m, 3d 4h, 40s. */
export function durationText(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return unitText(whole, "second", locale, shortest(locale));
  const minutes = Math.round(whole / 60);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts: [number, string][] =
    days > 0
      ? [
          [days, "day"],
          [hours, "hour"],
        ]
      : [
          [hours, "hour"],
          [minutes % 60, "minute"],
        ];
  return unitsText(parts, locale, shortest(locale));
}

/** Work that is still to be done, in whole minutes from one up: 12 min, 2 hr 5 min. */
export function workLeft(seconds: number, locale: string): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const parts: [number, string][] = [
    [Math.floor(minutes / 60), "hour"],
    [minutes % 60, "minute"],
  ];
  return unitsText(parts, locale, "short");
}

/** What is left of a movie from where somebody stopped, at least a minute: 1h 28m. */
export function timeLeft(
  stopped: { positionSeconds: number; durationSeconds: number },
  locale: string,
): string {
  return durationText(Math.max(60, stopped.durationSeconds - stopped.positionSeconds), locale);
}

/** A share of 0 to 1 in whole per cent, never 100 before it is done. */
export function percentText(share: number, locale: string): string {
  // 0.29 times 100 is a hair less than 29.
  const shown = share >= 1 ? 1 : Math.floor(Math.max(0, share) * 100 + 1e-9) / 100;
  return new Intl.NumberFormat(locale, { style: "percent" }).format(shown);
}

/** The name of a language by its BCP 47 tag; null for one that is not known (`und`). */
export function languageText(tag: string, locale: string): string | null {
  if (tag === "und") return null;
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? null;
  } catch {
    return tag;
  }
}

/** Things one after the other, as the language does it: A, B and C. */
export function listText(items: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(items);
}

/** The year of a `YYYY-MM-DD`; null when there is none. */
export function yearOf(date: string | null): string | null {
  return /^\d{4}/.exec(date ?? "")?.[0] ?? null;
}

const spans: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/**
 * A moment as seen from now: "3 min. ago", "in 2 hr."; from a week on its date.
 *
 * @param at ISO 8601.
 * @param timeZone of the reader; when it is left out, that of the machine.
 */
export function momentText(at: string, now: Date, locale: string, timeZone?: string): string {
  const then = new Date(at);
  const seconds = Math.round((then.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) >= 7 * 86_400)
    return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone }).format(then);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  for (const [unit, length] of spans) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return relative.format(0, "second");
}
