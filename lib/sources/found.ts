/** A release as a source offers it. Its link may carry a key, and never reaches a browser. */
export interface FoundRelease {
  /** The release's name where the source gives one; else null. */
  name: string | null;
  /** Magnet, or address of a .torrent (or of a redirect to either). */
  link: string;
  /** In lower case hex; null while only the link knows it. */
  infoHash: string | null;
  quality: string | null;
  /** Of the source, in its words: web, bluray. */
  type: string | null;
  sizeBytes: number | null;
  /** Null is unknown, not none. */
  seeds: number | null;
  publishedAt: Date | null;
  /** The site behind an indexer that asks several. */
  indexerName?: string | null;
}

/** A film of a source with its releases. */
export interface FoundMovie {
  imdbId: string | null;
  tmdbId?: number | null;
  title: string;
  year: number | null;
  /** Poster's address, by https; it is fetched by the server alone. */
  imageUrl: string | null;
  releases: FoundRelease[];
}

/** What was wrong with rows, counted: `code` is a key of `reasons`. */
export interface RowProblem {
  code: string;
  count: number;
}
