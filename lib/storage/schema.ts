import { z } from "zod";
import { movieId } from "@/lib/movies/schema";

/** Folders that may lie on disks of their own. */
export const folderKinds = ["media", "downloads", "data"] as const;
export type FolderKind = (typeof folderKinds)[number];

/** What takes space, each byte under one of these. */
const useKinds = [
  ...(["films", "originals", "seeding", "downloading", "bin", "previews"] as const),
  ...(["subtitles", "pictures", "making", "backups", "database"] as const),
] as const;
export type UseKind = (typeof useKinds)[number];

const bytes = z.number().int().min(0);

/** What was counted on the disk, as it is kept; all else is known without a look. */
export const countedStorage = z.object({
  countedAt: z.number().int(),
  /** Of originals, what does not share its bytes with the file that plays, the largest first. */
  originals: z.array(z.object({ downloadId: z.string(), sizeBytes: bytes })),
  originalsBytes: bytes,
  previews: bytes,
  subtitles: bytes,
  pictures: bytes,
  making: bytes,
  backups: bytes,
  database: bytes,
});
export type CountedStorage = z.output<typeof countedStorage>;

/** How long ago everybody has to have seen a film, in days. */
export const watchedDays = [7, 30, 90, 365] as const;

export const storageQuery = z.strictObject({
  days: z.coerce.number().int().min(0).max(3650).default(30),
});

const volume = z.object({
  folders: z.array(z.enum(folderKinds)).describe("what of Vigilio's lies on this disk"),
  totalBytes: bytes,
  freeBytes: bytes,
  usedByVigilioBytes: bytes,
  neededBytes: bytes.describe("for what is running, at the most"),
  fits: z.boolean().describe("false when what is running needs more than is free"),
});
export type VolumeView = z.output<typeof volume>;

const movieSize = z.object({
  movieId,
  title: z.string(),
  year: z.number().int().nullable(),
  sizeBytes: bytes,
});
export type MovieSize = z.output<typeof movieSize>;

/** Something that may go: a movie, a version or what was downloaded. */
const candidate = movieSize.extend({
  id: z.string().describe("of the movie, the version or the download"),
  at: z.iso.datetime().nullable().describe("when the last one saw it, or when it was complete"),
});
export type Candidate = z.output<typeof candidate>;

const candidates = z.object({
  count: z.number().int(),
  sizeBytes: bytes,
  items: z.array(candidate).describe("the largest, at most 100"),
});
export type Candidates = z.output<typeof candidates>;

/** Answer of GET /api/v1/storage. */
export const storageView = z.object({
  countedAt: z.iso.datetime().nullable().describe("null until it was counted for the first time"),
  isCounting: z.boolean(),
  volumes: z.array(volume),
  uses: z.array(
    z.object({
      kind: z.enum(useKinds),
      sizeBytes: bytes,
      count: z.number().int().nullable(),
      folder: z.enum(folderKinds),
    }),
  ),
  largest: z.array(movieSize),
  watched: candidates.extend({
    people: z.number().int().describe("how many people watch here"),
    days: z.number().int(),
  }),
  originals: candidates,
  smaller: candidates,
  forecast: z.object({
    downloads: z.number().int(),
    remainingBytes: bytes,
    unknownSizes: z.number().int().describe("downloads whose size is not known yet"),
    pausedBytes: bytes.describe("what paused downloads would still need"),
    conversions: z.number().int(),
    conversionBytes: bytes.describe("for playable files, at the most"),
  }),
});
export type StorageView = z.output<typeof storageView>;

/** As many things as one call may name. */
const mostAtOnce = 100;
const ids = z.array(z.string().regex(/^[0-9a-f]{16}$/)).min(1);
export const chosenVersions = z.object({ versionIds: ids.max(mostAtOnce) });
export const chosenDownloads = z.object({ downloadIds: ids.max(mostAtOnce) });
