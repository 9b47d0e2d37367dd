import { numberOf, textOf } from "./convert";
import { sizeBytesOf } from "./size-text";

export interface PreviewRelease {
  name: string | null;
  quality: string | null;
  type: string | null;
  sizeBytes: number | null;
  seeds: number | null;
  hasLink: boolean;
}

/** A movie as rows of a test show it: nothing is stored, and nothing can be taken. */
export interface PreviewMovie {
  key: string;
  title: string | null;
  year: string | null;
  imdbId: string | null;
  hasImage: boolean;
  releases: PreviewRelease[];
}

type Row = Record<string, unknown>;

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;

function said(value: unknown): string | null {
  return textOf(value)?.trim().slice(0, 300) || null;
}

function releaseOf(entry: Row, kind: "schema" | "torznab"): PreviewRelease {
  return {
    name: said(entry.name ?? entry.release),
    quality: said(entry.quality),
    type: said(entry.type),
    sizeBytes: sizeBytesOf(entry.sizeBytes ?? entry.size),
    seeds: numberOf(entry.seeds),
    // What an indexer found is shown without its links, which may carry its key.
    hasLink: kind === "torznab" || said(entry.source) !== null,
  };
}

/** Rows of a test (see `sourceTestView`) as movies with their releases, in the order of the rows. */
export function previewMovies(
  rows: readonly unknown[],
  kind: "schema" | "torznab",
): PreviewMovie[] {
  const movies = new Map<string, PreviewMovie>();
  for (const [at, row] of rows.entries()) {
    if (!isRow(row)) continue;
    const [title, year, imdbId] = [said(row.title), said(row.year), said(row.imdbId)];
    const key = imdbId ?? (title ? `${title} ${year ?? ""}` : `${at}`);
    const movie = movies.get(key) ?? {
      ...{ key, title, year, imdbId, hasImage: said(row.image) !== null, releases: [] },
    };
    movies.set(key, movie);
    const entries = Array.isArray(row.sources) ? row.sources.filter(isRow) : [row];
    movie.releases.push(...entries.map((entry) => releaseOf(entry, kind)));
  }
  return [...movies.values()];
}
