import { z } from "zod";
import { downloadStates } from "@/db/schema/versions";

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
});
export type DownloadView = z.output<typeof downloadView>;
