import { z } from "zod";

export const subtitleSource = z.enum(["upload", "embedded", "sidecar", "opensubtitles"]);

/** A subtitle as the API shows it. */
export const subtitleView = z.object({
  id: z.string(),
  language: z.string().describe("BCP 47; und when it could not be told"),
  label: z.string().nullable(),
  source: subtitleSource,
  forced: z.boolean(),
  hearingImpaired: z.boolean(),
  encoding: z.string().nullable(),
  offsetMs: z.number().int(),
  url: z.string().nullable().describe("null when it cannot be used; detail says why"),
  detail: z.string().nullable(),
});
export type SubtitleView = z.output<typeof subtitleView>;
