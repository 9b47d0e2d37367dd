/** How long an answer took, in seconds with a tenth; what took no time is no zero. */
export function secondsText(elapsedMs: number, locale: string): string {
  const seconds = Math.max(0.1, elapsedMs / 1000);
  return seconds.toLocaleString(locale, { maximumFractionDigits: 1 });
}
