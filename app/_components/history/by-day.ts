/** The calendar day of a moment in a time zone, as YYYY-MM-DD. */
export function dayOf(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

const dayMs = 86_400_000;

/**
 * What a day is called by somebody who looks at it now: today, yesterday, Saturday 14 March; with
 * the year when that is another. All by Intl.
 *
 * @param day as `dayOf` gives it.
 */
export function dayName(day: string, now: Date, locale: string, timeZone: string): string {
  const at = new Date(`${day}T12:00:00Z`);
  const today = dayOf(now, timeZone);
  const ago = Math.round((Date.parse(today) - Date.parse(day)) / dayMs);
  if (ago === 0 || ago === 1) {
    const name = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-ago, "day");
    const [first = "", ...rest] = name;
    return first.toLocaleUpperCase(locale) + rest.join("");
  }
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  return new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
  }).format(at);
}

/** Entries by the day of their moment, in the order in which they come. */
export function byDay<Entry extends { lastWatchedAt: string }>(
  entries: readonly Entry[],
  timeZone: string,
): { day: string; entries: Entry[] }[] {
  const days: { day: string; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(new Date(entry.lastWatchedAt), timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
