export interface Recognised {
  /** What names the movie: an IMDb id or link, or a title; null when there was nothing of it. */
  movie: string | null;
  /** Where it comes from: a magnet, or a link to a .torrent file. */
  source: string | null;
}

const imdbId = /(?:^|[^a-z0-9])tt\d{7,10}(?!\d)/i;

/** A magnet, or a link that is not one to IMDb. */
function isSource(word: string): boolean {
  return /^magnet:\?/i.test(word) || (/^https?:\/\/\S/i.test(word) && !imdbId.test(word));
}

/**
 * Tells apart what somebody pasted, in whichever field and order: "tt0015864 magnet:?xt=…", a link
 * to IMDb above a link to a .torrent file, or just a title.
 */
export function recognise(text: string): Recognised {
  const all = text.trim().split(/\s+/).filter(Boolean);
  const source = all.find(isSource) ?? null;
  const rest = all.filter((word) => !isSource(word));
  const id = rest.find((word) => imdbId.test(word));
  return { movie: (id ?? rest.join(" ")) || null, source };
}

/** What a person knows a magnet or a link by: the name in it, or the server; null for neither. */
export function nameOfSource(source: string): string | null {
  if (!URL.canParse(source)) return null;
  const url = new URL(source);
  return url.protocol === "magnet:" ? url.searchParams.get("dn") : url.host || null;
}
