import { z } from "zod";
import { jobStatuses } from "@/db/schema/jobs";

/** A background job as the API shows it. */
export const jobView = z.object({
  id: z.string(),
  kind: z.string(),
  movieId: z.string().nullable(),
  movieTitle: z.string().nullable(),
  status: z.enum(jobStatuses),
  attempts: z.number().int(),
  maxAttempts: z.number().int(),
  progress: z.number().min(0).max(1).nullable(),
  remainingSeconds: z.number().int().nullable(),
  runAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  error: z.string().nullable(),
});
export type JobView = z.output<typeof jobView>;
