/**
 * Newer results in the order in which a person saw the first of them: what is there stays where it
 * is, and what is new comes behind it.
 */
export function keptOrder<Item extends { key: string }>(
  shown: readonly Item[],
  newer: readonly Item[],
): Item[] {
  const byKey = new Map(newer.map((item) => [item.key, item]));
  const kept = shown.flatMap(({ key }) => byKey.get(key) ?? []);
  const known = new Set(kept.map(({ key }) => key));
  return [...kept, ...newer.filter(({ key }) => !known.has(key))];
}
