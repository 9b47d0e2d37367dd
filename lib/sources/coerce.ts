import { parseMagnet } from "@/lib/downloads/magnet";
import { dateOf, numberOf, textOf } from "./convert";
import type { FoundMovie, FoundRelease, RowProblem } from "./found";
import type { MappedRow } from "./map-rows";
import { sizeBytesOf } from "./size-text";

const longestText = 500;

function shortText(value: unknown): string | null {
  // Control characters would break lines in what is shown.
  const text = textOf(value)
    ?.replace(/\p{Cc}+/gu, " ")
    .trim();
  return text ? text.slice(0, longestText) : null;
}

/** `tt0111161`, `111161`, or a link that holds one; null for anything else. */
export function imdbIdOf(value: unknown): string | null {
  const text = textOf(value)?.trim() ?? "";
  const digits = /^(?:tt)?(\d{1,10})$/i.exec(text)?.[1] ?? /\btt(\d{7,10})\b/i.exec(text)?.[1];
  if (digits === undefined || Number(digits) === 0) return null;
  return `tt${digits.replace(/^0+(?=\d{7})/, "").padStart(7, "0")}`;
}

function yearOf(value: unknown): number | null {
  const year = /(?:^|\D)((?:18[89]|19\d|20\d)\d)(?!\d)/.exec(textOf(value) ?? "")?.[1];
  return year === undefined ? null : Number(year);
}

function imageOf(value: unknown): string | null {
  const text = textOf(value)?.trim() ?? "";
  return text.length <= 2000 && /^https:\/\//i.test(text) && URL.canParse(text) ? text : null;
}

/** A magnet with a hash, or a web address; the hash where it is in the link or beside it. */
function linkOf(entry: MappedRow): Pick<FoundRelease, "link" | "infoHash"> | null {
  const given =
    textOf(entry.infoHash ?? entry.hash)
      ?.trim()
      .toLowerCase() ?? "";
  const infoHash = /^[0-9a-f]{40}$/.test(given) ? given : null;
  const link = textOf(entry.source)?.trim() ?? "";
  if (link.length < 10 || link.length > 8000) return null;
  if (/^magnet:/i.test(link)) {
    try {
      const magnet = parseMagnet(link);
      return { link, infoHash: magnet.infoHashV1 ?? magnet.infoHashV2?.slice(0, 40) ?? null };
    } catch {
      return null;
    }
  }
  return /^https?:\/\//i.test(link) && URL.canParse(link) ? { link, infoHash } : null;
}

function releaseOf(entry: MappedRow): FoundRelease | null {
  const found = linkOf(entry);
  if (!found) return null;
  const seeds = numberOf(entry.seeds);
  // No spread: it takes longer than everything else that is done for a release.
  return {
    link: found.link,
    infoHash: found.infoHash,
    name: shortText(entry.name ?? entry.release),
    quality: shortText(entry.quality),
    type: shortText(entry.type),
    sizeBytes: sizeBytesOf(entry.size),
    seeds: seeds === null || seeds < 0 ? null : Math.trunc(seeds),
    publishedAt: dateOf(entry.date),
  };
}

const isEntry = (value: unknown): value is MappedRow => typeof value === "object" && value !== null;

/**
 * What a source's rows mean: text, numbers and sizes whichever way they were written. A row whose
 * film can't be told, or that has nothing to download, is left out and counted.
 */
export function moviesOfRows(rows: readonly MappedRow[]): {
  movies: FoundMovie[];
  problems: RowProblem[];
} {
  const counts = new Map<string, number>();
  const complain = (code: string) => counts.set(code, (counts.get(code) ?? 0) + 1);
  const movies: FoundMovie[] = [];
  for (const row of rows) {
    const imdbId = imdbIdOf(row.imdbId);
    const title = shortText(row.title) ?? imdbId;
    if (title === null) {
      complain("source-row-untitled");
      continue;
    }
    // A source that gives one release per row has its fields in the row itself.
    const entries = Array.isArray(row.sources) ? row.sources.filter(isEntry) : [row];
    const releases = entries.flatMap((entry) => releaseOf(entry) ?? []);
    if (releases.length === 0) {
      complain("source-row-without-release");
      continue;
    }
    if (releases.length < entries.length) complain("source-release-without-link");
    if (imdbId === null) complain("source-row-without-imdb");
    if (releases.every(({ seeds }) => seeds === null)) complain("source-row-without-seeds");
    const year = yearOf(row.year);
    movies.push({ imdbId, title, year, imageUrl: imageOf(row.image), releases });
  }
  return { movies, problems: [...counts].map(([code, count]) => ({ code, count })) };
}
