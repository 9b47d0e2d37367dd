import { z } from "zod";
import { downloadStates } from "@/db/schema/versions";
import { releaseView } from "@/lib/sources/schema";

/** A limit of speed; null for none. */
export const kibibytesPerSecond = z
  .number("number-out-of-range")
  .int()
  .min(1)
  .max(10_000_000)
  .nullable();

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "time-of-day-malformed");

/** Hours of the week with limits of their own, by the server's clock. */
export const speedWindow = z.strictObject({
  /** Days on which it begins: 1 is Monday, 7 is Sunday. */
  days: z.array(z.number().int().min(1).max(7)).min(1, "days-missing").max(7),
  from: clock,
  /** Up to here, past midnight when it is not later than `from`. */
  to: clock,
  /** Null: no limit in these hours. */
  downloadKibibytesPerSecond: kibibytesPerSecond,
  uploadKibibytesPerSecond: kibibytesPerSecond,
});
export type SpeedWindow = z.output<typeof speedWindow>;

/** What is offered in the place of a dead release, as it is stored. */
export const storedReplacement = z.object({
  /** When it was looked for; milliseconds. */
  at: z.number(),
  release: releaseView.nullable(),
  /** Why there is none. */
  reason: z
    .object({
      code: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    })
    .nullable(),
});
export type StoredReplacement = z.output<typeof storedReplacement>;

/** One of Vigilio's torrents as the API shows it. */
export const downloadView = z.object({
  infoHash: z.string().nullable().describe("v1 where there is one, else v2 cut to 40 digits"),
  movieId: z.string(),
  versionId: z.string(),
  name: z.string(),
  state: z.enum(downloadStates),
  stateDetail: z.string().nullable(),
  progress: z.number().min(0).max(1),
  sizeBytes: z.number().int().nullable(),
  speedBytesPerSecond: z.number().int(),
  etaSeconds: z.number().int().nullable(),
  seeds: z.number().int(),
  peers: z.number().int(),
  ratio: z.number(),
  preparing: z
    .object({ fraction: z.number().min(0).max(1), remainingSeconds: z.number().int().nullable() })
    .nullable()
    .describe("how far its movie is on the way from complete to playable; null when it is not on"),
  deadSince: z.iso
    .datetime()
    .nullable()
    .describe("since when it has shown no sign of life for as long as the settings allow"),
  replacement: z
    .object({ release: releaseView.nullable(), detail: z.string().nullable() })
    .nullable()
    .describe("the next best release for a dead one, or why there is none; null until looked for"),
});
export type DownloadView = z.output<typeof downloadView>;

/** What a page knows beside that. */
export interface DownloadItem extends DownloadView {
  id: string;
  movieTitle: string;
  /** Stopped since a network interface is gone; it goes on by itself. */
  isHeldBack: boolean;
  /** qBittorrent has it, and can be asked something of it. */
  isInClient: boolean;
  /** Another release is about to take its place. */
  isBeingReplaced: boolean;
}

/** What holds for all torrents at the moment. */
export interface TransferState {
  downloadKibibytesPerSecond: number | null;
  uploadKibibytesPerSecond: number | null;
  /** The limits are those of some hours alone. */
  isByTheHour: boolean;
  /** `23:00` of the server's clock: when other limits come into force; null when none do. */
  until: string | null;
  /** The network interface that everything waits for. */
  goneInterface: string | null;
}
