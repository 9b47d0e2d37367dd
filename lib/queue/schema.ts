import { z } from "zod";
import { jobLogLevels, jobStatuses } from "@/db/schema/jobs";

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

/** Everything that the page of one job shows, beside what it said. */
export interface JobDetails extends JobView {
  lane: "io" | "cpu";
  priority: number;
  createdAt: string;
  /** The technical text behind the error; for admins. */
  errorDetail: string | null;
  /** What it is about: ids alone, since a payload may hold more than is anybody's business. */
  about: { name: string; value: string }[];
  /** A person wants it ended, and it has not heard of it yet. */
  isEnding: boolean;
  /** What was done for the same movie before it, and what after it: the nearest first. */
  before: JobView[];
  after: JobView[];
}

/** What a job said while it ran; technical, in English. */
export const jobLogLine = z.object({
  id: z.number().int().describe("grows from line to line"),
  at: z.iso.datetime(),
  level: z.enum(jobLogLevels),
  message: z.string(),
  facts: z.record(z.string(), z.unknown()).nullable(),
});
export type JobLogLine = z.output<typeof jobLogLine>;

/** Something that happens by the clock. */
export const tickView = z.object({
  name: z.string(),
  isRunning: z.boolean(),
  last: z
    .object({
      startedAt: z.iso.datetime(),
      durationSeconds: z.number(),
      outcome: z.enum(["done", "failed"]),
      detail: z.string().nullable().describe("technical; null when it went well"),
    })
    .nullable()
    .describe("null when it has not run yet"),
  nextAt: z.iso.datetime().nullable().describe("null while the scheduler is down"),
});
export type TickView = z.output<typeof tickView>;
