import type { importFiles } from "@/db/schema";

type FileRow = typeof importFiles.$inferSelect;
/** What is known of a file from an earlier scan, so that nobody is asked again. */
type Known = Pick<
  FileRow,
  "matchKind" | "tmdbId" | "imdbId" | "matchTitle" | "matchYear" | "posterPath"
>;

/**
 * The rows of an earlier scan of a folder as something to look its files up in, whatever they are
 * called now. What TMDB did not know then it is asked about anew.
 */
export function seenBefore(
  rows: readonly FileRow[],
): (file: { identity: string; sizeBytes: number; path: string }) => Known | null {
  const byIdentity = new Map(
    rows.flatMap((row) =>
      row.parts.slice(0, 1).map((part) => [part.identity, { row, part }] as const),
    ),
  );
  return ({ identity, sizeBytes, path }) => {
    const found = byIdentity.get(identity);
    if (!found || found.part.sizeBytes !== sizeBytes) return null;
    const { matchKind, tmdbId, imdbId, matchTitle, matchYear, posterPath } = found.row;
    const known = { matchKind, tmdbId, imdbId, matchTitle, matchYear, posterPath };
    // Another name may tell more; what a person said of the file stays.
    const isSettled =
      matchKind === "chosen" ||
      (found.part.path === path && (matchKind === "sure" || matchKind === "unsure"));
    return isSettled ? known : { ...known, matchKind: "pending" };
  };
}
