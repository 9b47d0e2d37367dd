import { z } from "zod";
import { movieId, pictureView } from "@/lib/movies/schema";

/** What lies in the bin is called by the id of the movie or of the version. */
export const binId = movieId;

/** Of a deletion: whether what is deleted can be brought back. Strict, since nobody may get more than they ask for. */
export const deletionQuery = z.strictObject({ bin: z.enum(["true", "false"]).default("false") });

/** Something that was deleted and can be brought back. */
export const binItem = z.object({
  id: binId,
  kind: z.enum(["movie", "version"]),
  movieId,
  title: z.string(),
  releaseYear: z.number().int().nullable(),
  /** Of a version: what it was made from, and how large its picture is. */
  releaseName: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  posterUrl: z.string().nullable(),
  poster: pictureView.nullable(),
  /** What it takes on the disk, as measured when it was deleted. */
  sizeBytes: z.number().int(),
  binnedAt: z.iso.datetime(),
  /** When it goes for good. */
  emptiedAfter: z.iso.datetime(),
});
export type BinItem = z.output<typeof binItem>;

/** What was brought back, and how many of its files were gone by then. */
export interface Restored {
  movieId: string;
  title: string;
  missingFiles: number;
}
