/** One hash: `all` means every torrent, its owner's own ones too, and `|` separates several. */
export function oneHash(hash: string): string {
  if (!/^[0-9a-f]{40}$/i.test(hash)) throw new TypeError("not the hash of one torrent");
  return hash.toLowerCase();
}

/** One tag: commas separate several, and 4.5 keeps blanks around them. */
export function oneTag(tag: string): string {
  if (!/^[\w-]+$/.test(tag)) throw new TypeError("not one tag");
  return tag;
}
