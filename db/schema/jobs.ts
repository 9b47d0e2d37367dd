import { sql } from "drizzle-orm";
import { index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, idColumn, json, moment, type StoredReason } from "./columns";
import { movies } from "./movies";

export const jobStatuses = [
  "queued",
  "running",
  "waiting",
  "succeeded",
  "failed",
  "cancelled",
] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const jobLanes = ["io", "cpu"] as const;
export type JobLane = (typeof jobLanes)[number];

export const jobLogLevels = ["debug", "info", "warn", "error"] as const;
export type JobLogLevel = (typeof jobLogLevels)[number];

export const jobs = sqliteTable(
  "jobs",
  {
    id: idColumn(),
    kind: text("kind").notNull(),
    /** Parsed with the kind's schema in lib/queue/names.ts before a handler sees it. */
    payload: json<unknown>("payload").notNull(),
    status: text("status", { enum: jobStatuses }).notNull(),
    /** At most one job with the same key is queued, waiting or running. */
    dedupeKey: text("dedupe_key"),
    movieId: text("movie_id").references(() => movies.id, { onDelete: "cascade" }),
    lane: text("lane", { enum: jobLanes }).notNull(),
    priority: integer("priority").notNull().default(0),
    /** Not before. */
    runAt: moment("run_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    maxAttempts: integer("max_attempts").notNull(),
    /** Longest time that one attempt may take. */
    deadlineMs: integer("deadline_ms").notNull(),
    /** The start of Vigilio that runs it: a row of another boot is a dead one's. */
    bootId: text("boot_id"),
    leaseUntil: moment("lease_until"),
    /** 0 to 1; null when it cannot be told. */
    progress: real("progress"),
    /** Seconds of work that are left, as it goes now; null when it cannot be told. */
    remainingSeconds: integer("remaining_seconds"),
    lastError: json<StoredReason>("last_error"),
    /** For the log page of an admin: the technical text behind lastError. */
    lastErrorDetail: text("last_error_detail"),
    cancelRequested: flag("cancel_requested").notNull().default(false),
    createdAt: moment("created_at").notNull(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("jobs_dedupe")
      .on(table.dedupeKey)
      .where(sql`dedupe_key is not null and status in ('queued', 'running', 'waiting')`),
    index("jobs_due").on(table.status, table.lane, table.runAt),
    index("jobs_movie").on(table.movieId),
    index("jobs_finished").on(table.finishedAt),
    index("jobs_ended").on(table.status, table.finishedAt),
    index("jobs_updated").on(table.updatedAt),
  ],
);

/** What a job said while it ran: its newest lines, which go with it. */
export const jobLogs = sqliteTable(
  "job_logs",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    jobId: text("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    at: moment("at").notNull(),
    level: text("level", { enum: jobLogLevels }).notNull(),
    message: text("message").notNull(),
    /** Technical, without secrets; null when the line says everything. */
    facts: json<Record<string, unknown>>("facts"),
  },
  (table) => [index("job_logs_job").on(table.jobId, table.id)],
);

/** What the clock did last, one row per name: the two-second ones write theirs once a minute. */
export const scheduleRuns = sqliteTable("schedule_runs", {
  name: text("name").primaryKey(),
  startedAt: moment("started_at").notNull(),
  finishedAt: moment("finished_at").notNull(),
  outcome: text("outcome", { enum: ["done", "failed"] }).notNull(),
  /** Technical, without secrets; null when it went well. */
  detail: text("detail"),
});
