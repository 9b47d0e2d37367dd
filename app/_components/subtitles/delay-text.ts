/** `0.5 s`, in the reader's way of writing numbers and units. */
export function delayText(ms: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: "second",
    unitDisplay: "short",
    maximumFractionDigits: 3,
  }).format(ms / 1000);
}
