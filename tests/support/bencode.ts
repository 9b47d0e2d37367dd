/** What a test writes into a .torrent: text is UTF-8, a Map has keys of raw bytes (latin1). */
export type Writable =
  | number
  | string
  | Uint8Array
  | Writable[]
  | Map<string, Writable>
  | { [key: string]: Writable };

/** Bencodes (BEP 3), with the keys of dictionaries in the order of their bytes. */
export function bencode(value: Writable): Buffer {
  if (typeof value === "number") return Buffer.from(`i${value}e`);
  if (typeof value === "string") return bencode(Buffer.from(value));
  if (value instanceof Uint8Array) return Buffer.concat([Buffer.from(`${value.length}:`), value]);
  if (Array.isArray(value)) {
    return Buffer.concat([Buffer.from("l"), ...value.map(bencode), Buffer.from("e")]);
  }
  const entries: [Buffer, Writable][] =
    value instanceof Map
      ? [...value].map(([key, entry]) => [Buffer.from(key, "latin1"), entry])
      : Object.entries(value).map(([key, entry]) => [Buffer.from(key), entry]);
  entries.sort(([a], [b]) => Buffer.compare(a, b));
  return Buffer.concat([
    Buffer.from("d"),
    ...entries.flatMap(([key, entry]) => [bencode(key), bencode(entry)]),
    Buffer.from("e"),
  ]);
}
