import { z } from "zod";
import { movieStatuses } from "@/db/schema/movies";
import { imdbIdInput } from "@/lib/movies/schema";
import { pageQuery } from "@/lib/web/page-query";

/** As many wishes as a person may have open: whoever adds them is one of the household, too. */
export const mostOpen = 10;

/**
 * What came of a request: `approved` stays until the movie can be watched, whether or not it is on
 * its way by now.
 */
export const shownStates = ["asked", "approved", "declined", "ready"] as const;

const requestTitle = z.string().trim().min(1).max(300);

/** What is asked for: a release that a search found, or a film by an id or its title. */
export const requestCreateInput = z
  .object({
    resultId: z
      .string()
      .max(100)
      .describe("of a search result, which is added when it is approved"),
    imdbId: imdbIdInput,
    tmdbId: z.number().int().positive().max(1_000_000_000),
    title: requestTitle,
    year: z.number().int().min(1870).max(2200),
  })
  .partial();
export type RequestCreateInput = z.output<typeof requestCreateInput>;

/** One field of a page for all of it. */
export const requestAskInput = z.object({
  film: z.string().trim().max(2000).optional(),
  resultId: z.string().max(100).optional(),
});

export const requestDeclineInput = z
  .object({ because: z.string().trim().max(300).describe("a sentence for whoever asked") })
  .partial();

const rowId = z.string().regex(/^[0-9a-f]{16}$/);
export const requestParams = z.object({ id: rowId });

export const requestListQuery = pageQuery.extend({
  status: z
    .enum([...shownStates, "waiting", "settled"])
    .optional()
    .describe("waiting: asked, or approved and not in the library yet; settled: all others"),
});
export type RequestListQuery = z.output<typeof requestListQuery>;

export const requestView = z.object({
  id: z.string(),
  title: z.string(),
  year: z.number().int().nullable(),
  imdbId: z.string().nullable(),
  tmdbId: z.number().int().nullable(),
  state: z.enum(shownStates),
  /** The movie of the library; null while there is none. */
  movieId: z.string().nullable(),
  movieStatus: z.enum(movieStatuses).nullable(),
  /** How far its download, or the making of its file, is: while it is on its way and that is known. */
  preparing: z
    .object({ progress: z.number().nullable(), remainingSeconds: z.number().nullable() })
    .nullable(),
  declinedBecause: z.string().nullable(),
  askedBy: z.array(z.string()).describe("user names; for members their own alone"),
  /** For admins: what approving it adds at once; null when it has to be searched for. */
  release: z.object({ name: z.string(), sourceName: z.string() }).nullable(),
  askedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
});
export type RequestView = z.output<typeof requestView>;

/** What the bars around the pages show of requests. */
export interface RequestLinks {
  /** Whoever may not add is offered to ask. */
  mayAsk: boolean;
  /** How many wait for an admin; null for anybody else. */
  waiting: number | null;
  /** They may ask, or have asked. */
  hasOwn: boolean;
}

/** A request that was approved, and where to go on when nothing could be added yet. */
export const requestApproved = requestView.extend({
  addPath: z.string().nullable().describe("the page for adding with its words, else null"),
});
