import { z } from "zod";
import { matchKinds, scanLimits, scanStatuses, versionStatuses } from "@/db/schema";
import { imdbIdInput } from "@/lib/movies/schema";
import { pageQuery } from "@/lib/web/page-query";

const rowId = z.string().regex(/^[0-9a-f]{16}$/);

/** Of an address: /api/v1/import/scans/{id}. */
export const scanParams = z.object({ id: rowId });

export const scanInput = z.strictObject({
  folder: z
    .string()
    .min(1)
    .max(4096)
    .describe("absolute: an import folder of the settings, or a folder inside one"),
});

/** How a file gets into the library. */
export const importMode = z
  .enum(["link", "copy", "move"])
  .describe("link makes a hard link, and a copy across disks; move deletes the file afterwards");

/** `ready`: to be imported as it is; `check`: somebody should look; `done`: in the library. */
export const rowGroups = ["ready", "check", "done"] as const;
export type RowGroup = (typeof rowGroups)[number];

export const scanRowsQuery = pageQuery.extend({ group: z.enum(rowGroups).optional() });
export type ScanRowsQuery = z.output<typeof scanRowsQuery>;

/** A film that a file is, where the scan's own guess is not meant. */
const filmFields = {
  imdbId: imdbIdInput.optional(),
  tmdbId: z.number().int().positive().optional(),
  title: z.string().trim().min(1).max(300).optional(),
  year: z.number().int().min(1870).max(2200).optional(),
};

const chosenFile = z.strictObject({ fileId: rowId, ...filmFields });
export type ChosenFile = z.output<typeof chosenFile>;

export const importInput = z
  .strictObject({
    files: z.array(chosenFile).min(1).max(1000).optional(),
    all: z.literal("ready").optional().describe("every file of the group ready, instead of files"),
    mode: importMode.default("link"),
  })
  .superRefine(({ files, all }, context) => {
    if ((files === undefined) === (all === undefined)) {
      context.addIssue({ code: "custom", path: ["files"], message: "import-nothing-chosen" });
    }
  });
export type ImportInput = z.output<typeof importInput>;

export const changeMatchInput = z.strictObject({
  scanId: rowId,
  fileId: rowId,
  film: z.union([
    z.strictObject({ tmdbId: z.number().int().positive() }),
    z.strictObject({
      title: z.string().trim().min(1).max(300),
      year: z.number().int().min(1870).max(2200).nullable(),
    }),
  ]),
});

const skipsView = z.object({
  extras: z.number().int().describe("samples, trailers, extras"),
  episodes: z.number().int().describe("of series: Vigilio is for movies"),
  incomplete: z.number().int().describe("downloads that are not complete"),
  discs: z.number().int().describe("DVDs and Blu-rays, as folders or images"),
  links: z.number().int().describe("symbolic links, which are not followed"),
  unreadable: z.number().int(),
});

export const scanView = z.object({
  id: z.string(),
  folder: z.string(),
  status: z.enum(scanStatuses),
  detail: z.string().nullable().describe("why it failed, or why TMDB was not asked for all of it"),
  /** Of the matching; null while the folder is walked through. */
  matched: z.number().int(),
  foldersSeen: z.number().int(),
  filesSeen: z.number().int(),
  films: z.number().int(),
  newFilms: z.number().int().describe("that were not there when the folder was scanned before"),
  groups: z.object({ ready: z.number().int(), check: z.number().int(), done: z.number().int() }),
  skips: skipsView.nullable(),
  cutBy: z.enum(scanLimits).nullable().describe("what ended it before the folder was through"),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ScanView = z.output<typeof scanView>;

export const scanRow = z.object({
  id: z.string(),
  name: z.string().describe("below the scan's folder"),
  parts: z.number().int(),
  sizeBytes: z.number().int(),
  subtitles: z.number().int().describe("that lie beside it and are taken along"),
  isNew: z.boolean(),
  understood: z.object({
    title: z.string(),
    year: z.number().int().nullable(),
    resolution: z.number().int().nullable(),
  }),
  match: z.object({
    kind: z.enum(matchKinds),
    tmdbId: z.number().int().nullable(),
    imdbId: z.string().nullable(),
    title: z.string().nullable(),
    year: z.number().int().nullable(),
    posterUrl: z.string().nullable(),
  }),
  state: z.enum(["open", "waiting", "in-library", "imported", "refused"]),
  detail: z.string().nullable().describe("why it was refused"),
  /** What it is in the library; for an open one the movie that it would be another version of. */
  movieId: z.string().nullable(),
  versionId: z.string().nullable(),
  versionStatus: z.enum(versionStatuses).nullable(),
});
export type ScanRow = z.output<typeof scanRow>;

/** A folder that films may be taken from, as pages show it. */
export interface ImportFolder {
  path: string;
  /** What is wrong with it, in words; null when films can be taken from it. */
  detail: string | null;
  /** The last look through it. */
  scan: ScanView | null;
}
