import { z } from "zod";
import { rowsOf } from "@/lib/services/rows";

const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null);
const number = z.number().nullish();

/** POST /login. */
export const wireLogin = z.object({
  token: z.string().min(1),
  /** A bare host name, where all later calls go. */
  base_url: text,
});

/** GET /infos/user. */
export const wireUserInfo = z.object({
  data: z.object({
    allowed_downloads: z.number(),
    remaining_downloads: number,
    downloads_count: number,
    level: text,
    vip: flag,
    username: text,
  }),
});
export type WireUserInfo = z.output<typeof wireUserInfo>;

/** One subtitle of GET /subtitles. */
const wireRow = z.object({
  attributes: z.object({
    subtitle_id: z.string(),
    language: z.string().nullish(),
    download_count: number,
    hearing_impaired: flag,
    foreign_parts_only: flag,
    ai_translated: flag,
    machine_translated: flag,
    from_trusted: flag,
    /** 0.0 where it is not known. */
    fps: number,
    votes: number,
    ratings: number,
    nb_cd: number,
    release: text,
    upload_date: text,
    uploader: z.object({ name: text }).nullish(),
    feature_details: z
      .object({ feature_type: text, imdb_id: number, tmdb_id: number, year: number })
      .nullish(),
    files: z.array(z.object({ file_id: z.number().int().positive(), file_name: text })).min(1),
    /** Only there when a hash was sent. */
    moviehash_match: flag,
  }),
});
export type WireRow = z.output<typeof wireRow>;

/** GET /subtitles; nothing found is `total_pages: 0` with status 200. */
export const wireSearch = z.object({
  total_pages: z.number().int(),
  data: rowsOf(wireRow),
});

/** POST /download with status 200. */
export const wireDownload = z.object({
  link: z.string(),
  file_name: text,
  remaining: number,
  reset_time_utc: text,
});

/** The body of what is not 2xx, where it is JSON. */
export const wireError = z.object({
  message: text.catch(null),
  errors: z.array(z.string()).nullish().catch(null),
  remaining: number.catch(null),
  reset_time: text.catch(null),
  reset_time_utc: text.catch(null),
});
