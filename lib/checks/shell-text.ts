/** A path as a shell takes it: as it is where that is safe, else in quotes. */
export function quoted(path: string): string {
  return /^[\w./@:+,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
