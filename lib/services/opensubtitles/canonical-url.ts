export type SearchParameters = Record<string, string | number | undefined>;

/** What the server leaves out of a canonical address, since it is what it assumes anyway. */
const defaults: Record<string, string> = {
  ai_translated: "include",
  foreign_parts_only: "include",
  hearing_impaired: "include",
  machine_translated: "exclude",
  moviehash_match: "include",
  page: "1",
  trusted_sources: "include",
};

const idNames = /(^|_)(imdb_id|tmdb_id|feature_id|id)$/;

/**
 * The one spelling of a search that OpenSubtitles answers directly: names in alphabetical order,
 * everything in lower case, nothing that is a default, ids without `tt` and leading zeros, spaces
 * as `+`, commas as `%2C`. Any other spelling is answered with 301 and counts against the rate.
 */
export function canonicalUrl(base: string, path: string, parameters: SearchParameters): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(parameters).sort()) {
    const given = parameters[name];
    if (given === undefined) continue;
    const lower = String(given).toLowerCase().trim().replace(/\s+/g, " ");
    const value = idNames.test(name) ? lower.replace(/^(tt)?0*(?=\d)/, "") : lower;
    if (value !== "" && value !== defaults[name]) query.append(name, value);
  }
  const text = query.toString();
  return text === "" ? `${base}${path}` : `${base}${path}?${text}`;
}
