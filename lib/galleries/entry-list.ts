import type { EntryView } from "./schema";

/** In which order entries are shown. */
export type EntryOrder = "score" | "name";

/** Text as it is compared: without case and accents. */
const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();

/** Entries that hold every word of a query, in the order that was chosen. */
export function listEntries<
  Entry extends Pick<EntryView, "name" | "description" | "author" | "score">,
>(entries: readonly Entry[], { query, order }: { query: string; order: EntryOrder }): Entry[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const found = entries.filter(({ name, description, author }) => {
    const text = plain([name, description, author].join(" "));
    return words.every((word) => text.includes(word));
  });
  const balance = ({ score }: Entry) => score.up - score.down;
  const byName = (a: Entry, b: Entry) => a.name.localeCompare(b.name);
  return found.sort((a, b) => (order === "name" ? 0 : balance(b) - balance(a)) || byName(a, b));
}
