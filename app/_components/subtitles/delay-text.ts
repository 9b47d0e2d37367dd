/** `0.5 s`, in the reader's way of writing numbers and units. */
export function delayText(ms: number, locale: string): string {
  const format = { style: "unit", unit: "second", unitDisplay: "short" } as const;
  // British English has a plural of it, also for a part of one.
  return new Intl.NumberFormat(locale, { ...format, maximumFractionDigits: 3 })
    .format(ms / 1000)
    .replace("secs", "sec");
}
