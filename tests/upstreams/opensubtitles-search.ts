import { type OfferedSubtitle, rowOf } from "./opensubtitles-library";

const defaults: Record<string, string> = {
  ai_translated: "include",
  foreign_parts_only: "include",
  hearing_impaired: "include",
  machine_translated: "exclude",
  moviehash_match: "include",
  page: "1",
  trusted_sources: "include",
};

/** The order and spelling that the server answers directly; anything else is redirected to it. */
export function canonicalQuery(query: Record<string, string>): string {
  const canonical = new URLSearchParams();
  for (const name of Object.keys(query).sort()) {
    const lower = (query[name] ?? "").toLowerCase();
    const value = /^(imdb|tmdb)_id$/.test(name) ? lower.replace(/^(tt)?0*/, "") : lower;
    const sorted = name === "languages" ? value.split(",").sort().join(",") : value;
    if (sorted !== defaults[name]) canonical.append(name, sorted);
  }
  return canonical.toString();
}

/**
 * Hash matches come first, of whatever film; the rest follows the id, and the words of a file name
 * where there are any.
 */
export function rowsFor(query: Record<string, string>, subtitles: readonly OfferedSubtitle[]) {
  const { moviehash, imdb_id: imdbNumber, tmdb_id: tmdbNumber } = query;
  const words = wordsIn((query.query ?? "").replace(/\.(mkv|mp4|m4v|avi|ts)$/, ""));
  const languages = (query.languages ?? "all").split(",");
  const allowed = subtitles.filter(
    (one) =>
      (languages.includes("all") || languages.includes(one.language.toLowerCase())) &&
      (query.machine_translated === "include" || !one.machineTranslated) &&
      (query.ai_translated !== "exclude" || !one.aiTranslated),
  );
  const byHash = allowed.filter((one) => moviehash && one.movieHashes?.includes(moviehash));
  const others = allowed.filter((one) => {
    if (byHash.includes(one)) return false;
    const release = wordsIn(one.release);
    const isNamed = words.every((word) => release.includes(word));
    if (imdbNumber) return one.imdbId === `tt${imdbNumber.padStart(7, "0")}` && isNamed;
    if (tmdbNumber) return one.tmdbId === Number(tmdbNumber) && isNamed;
    return words.length > 0 && isNamed;
  });
  const match = (isMatch: boolean) => (moviehash ? isMatch : null);
  return [
    ...byHash.map((one) => rowOf(one, match(true))),
    ...others.map((one) => rowOf(one, match(false))),
  ];
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
