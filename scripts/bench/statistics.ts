/** The value below which a share of the values lies (nearest rank); share 0.5 is the median. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = Math.max(0, Math.ceil(sorted.length * share) - 1);
  const value = sorted[place];
  if (value === undefined) throw new Error("no values");
  return value;
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: number[]): number {
  return (
    (percentile(values, 0.5) +
      -percentile(
        values.map((value) => -value),
        0.5,
      )) /
    2
  );
}
