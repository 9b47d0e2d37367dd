/** An indexer's address as a person gave it, taken apart. Stays on the server: it holds the key. */
export interface IndexerAddress {
  /** Without the key and without what belongs to a question. */
  base: URL;
  apiKey: string | null;
  /** What to add to the path, in the order to be tried. */
  suffixes: string[];
}

const ofQuestion =
  /^(apikey|t|q|cat|limit|offset|extended|attrs|imdbid|tmdbid|year|season|ep|o|genre)$/i;

/**
 * Takes what people paste: with or without `/api`, a slash at the end, the key inside, a question
 * that worked in a browser, behind a path of a proxy.
 *
 * @returns a fault's name when it can't be an indexer's address.
 */
export function readAddress(
  text: string,
  apiKey: string | null | undefined,
): IndexerAddress | "malformed" | "test-feed" {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return "malformed";
  const base = new URL(trimmed);
  if (!/^https?:$/.test(base.protocol)) return "malformed";
  let inside: string | null = null;
  for (const [name, value] of [...base.searchParams]) {
    if (!ofQuestion.test(name)) continue;
    if (name.toLowerCase() === "apikey") inside ??= value;
    base.searchParams.delete(name);
  }
  base.hash = "";
  const path = base.pathname.replace(/\/+$/, "");
  // Prowlarr's number 0 is a feed of its own with one invented release.
  if (/(^|\/)0(\/api)?$/i.test(path) || /\/indexer\/0\/newznab(\/api)?$/i.test(path)) {
    return "test-feed";
  }
  const isEndpoint = /\/api$/i.test(path);
  const suffixes = isEndpoint ? [""] : ["", "/api"];
  // Jackett by its own address alone: all of its indexers at once.
  if (path === "" || /\/ui\/dashboard$/i.test(path)) {
    base.pathname = path.replace(/\/ui\/dashboard$/i, "") || "/";
    suffixes.push("/api/v2.0/indexers/all/results/torznab/api");
  }
  return { base, apiKey: apiKey?.trim() || inside || null, suffixes };
}

/** The address of a question. */
export function questionUrl(
  { base, apiKey }: IndexerAddress,
  suffix: string,
  params: Record<string, string>,
): URL {
  const url = new URL(base);
  if (suffix !== "") url.pathname = `${url.pathname.replace(/\/+$/, "")}${suffix}`;
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  if (apiKey) url.searchParams.set("apikey", apiKey);
  return url;
}
