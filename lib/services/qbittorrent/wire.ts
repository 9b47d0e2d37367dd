import { z } from "zod";

/**
 * qBittorrent's answers (WebUI API, 4.5 to 5.3) as they come. Only what is used is named; every
 * field that 4.5 does not have is optional, and unknown ones are dropped. A name in upper case and
 * more is the business of map.ts.
 */
export const wireTorrent = z.object({
  added_on: z.number(),
  amount_left: z.number(),
  /** Whole copies among all peers; -1 when nobody counts. */
  availability: z.number().default(-1),
  category: z.string(),
  completed: z.number(),
  content_path: z.string(),
  dlspeed: z.number(),
  eta: z.number(),
  force_start: z.boolean(),
  infohash_v1: z.string(),
  infohash_v2: z.string(),
  last_activity: z.number(),
  /** What holds for the torrent, its own or the general one; minutes for the time; -1: no limit. */
  max_ratio: z.number().default(-1),
  max_seeding_time: z.number().default(-1),
  name: z.string(),
  num_complete: z.number(),
  num_incomplete: z.number(),
  num_leechs: z.number(),
  num_seeds: z.number(),
  progress: z.number(),
  ratio: z.number(),
  save_path: z.string(),
  /** Seconds. */
  seeding_time: z.number().default(0),
  seq_dl: z.boolean(),
  size: z.number(),
  state: z.string(),
  tags: z.string(),
  total_size: z.number(),
  upspeed: z.number(),
});
export type WireTorrent = z.output<typeof wireTorrent>;

/** GET torrents/info. */
export const wireTorrentList = z.array(wireTorrent.extend({ hash: z.string() }));

/** GET sync/maindata, of which only the free space is read; any key may be absent. */
export const wireMainData = z.object({
  rid: z.number(),
  server_state: z.object({ free_space_on_disk: z.number().optional() }).optional(),
});

/** GET torrents/files: empty before the metadata is there. */
export const wireFiles = z.array(
  z.object({
    index: z.number().int(),
    name: z.string(),
    size: z.number(),
    progress: z.number(),
    priority: z.number(),
    piece_range: z.tuple([z.number(), z.number()]),
  }),
);

/** GET torrents/properties: -1 before the metadata is there. */
export const wireProperties = z.object({ piece_size: z.number(), pieces_num: z.number() });

/** GET torrents/pieceStates: 0 missing, 1 downloading, 2 there. */
export const wirePieceStates = z.array(z.number());

/** GET log/main. */
export const wireLog = z.array(
  z.object({ id: z.number(), message: z.string(), timestamp: z.number(), type: z.number() }),
);

/** POST torrents/add, from 5.2 on; before that it is the text `Ok.` or `Fails.`. */
export const wireAddAnswer = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "not JSON" });
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      added_torrent_ids: z.array(z.string()).optional(),
      failure_count: z.number(),
      pending_count: z.number(),
      success_count: z.number(),
    }),
  );

/** GET app/preferences: some 150 keys, of which each version has others. */
export const wirePreferences = z.record(z.string(), z.unknown());

/** GET app/webapiVersion. */
export const wireApiVersion = z.string().regex(/^\d+(\.\d+)+$/);
