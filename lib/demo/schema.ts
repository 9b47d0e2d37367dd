import { z } from "zod";

/** Where a visitor of a demo wants to go, and whether they were sent round to show their cookie. */
export const enterQuery = z.object({
  next: z.string().max(2000).optional(),
  again: z.literal("1").optional().catch(undefined),
});
