/** `+0.25 s`: by how much a subtitle is moved, in the reader's way of writing numbers and units. */
export function signedDelay(offsetMs: number, locale: string): string {
  const format = { style: "unit", unit: "second", unitDisplay: "short" } as const;
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  // British English has a plural of it, also for a part of one.
  return new Intl.NumberFormat(locale, { ...format, ...digits, signDisplay: "exceptZero" })
    .format(offsetMs / 1000)
    .replace("secs", "sec");
}

/** `4.3%`: by how much a speed is off. */
export function speedPart(speed: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(
    Math.abs(speed - 1),
  );
}

/** `1.25×`: how fast the film is played. */
export function rateText(rate: number, locale: string): string {
  return `${new Intl.NumberFormat(locale).format(rate)}×`;
}
