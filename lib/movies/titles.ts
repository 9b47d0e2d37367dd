import { parseTorrentTitle } from "@viren070/parse-torrent-title";

const articles = /^(the|a|an|le|la|les|l'|der|die|das|el|los|las|il|lo|gli|de|het)\s+/;

/** What a list sorts by: lower case, accents folded, without a leading article. */
export function sortTitle(title: string): string {
  const folded = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  return folded.replace(articles, "") || folded;
}

/** `The Long Lamp (2019)` or `The Long Lamp 2019`: a year at the end is not part of the title. */
export function splitYear(text: string): { title: string; year?: number } {
  const found = /^(.+?)[\s,]*\(?((?:18|19|20|21)\d{2})\)?$/.exec(text.trim());
  return found?.[1] ? { title: found[1].trim(), year: Number(found[2]) } : { title: text.trim() };
}

/** Title and year that a release or file name speaks of: a stand-in until TMDB answers. */
export function titleFromRelease(releaseName: string): { title: string; year: number | undefined } {
  const name = releaseName.replace(/\.(mkv|mp4|m4v|avi|mov|wmv|ts|webm|mpe?g|torrent)$/i, "");
  const parsed = parseTorrentTitle(name);
  const year = Number.parseInt(String(parsed.year ?? ""), 10);
  return {
    title: parsed.title?.trim() || name,
    year: Number.isNaN(year) ? undefined : year,
  };
}
