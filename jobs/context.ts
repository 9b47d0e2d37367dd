import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import type { Reason } from "@/lib/errors";
import type { JobKind, JobPayload } from "@/lib/queue/names";
import type { Services } from "@/lib/settings/connect";
import type { JobLogger } from "./job-log";

/** How a handler says that its work is not done; returned, since it is expected. */
export type Outcome =
  | { kind: "done" }
  /** Not now, and this attempt does not count. */
  | { kind: "later"; at: Date; reason: Reason }
  /** Trying again cannot help: the reason says what a person can do. */
  | { kind: "failed"; reason: Reason };

export const done: Outcome = { kind: "done" };

/** The same again after a pause. */
export function later(context: { now(): Date }, delayMs: number, reason: Reason): Outcome {
  return { kind: "later", at: new Date(context.now().getTime() + delayMs), reason };
}

/** Everything that a handler may touch. */
export interface JobContext {
  db: Db;
  env: Env;
  services: Services;
  now(): Date;
  /** Aborted when a person cancels, the deadline passes or Vigilio stops. */
  signal: AbortSignal;
  /** Shown on the job's page, and in the log of the process. */
  log: JobLogger;
  /** How far the work is, 0 to 1, and how long it still takes; written at most once a second. */
  progress(fraction: number, remainingSeconds?: number | null): void;
}

export type Handler<Kind extends JobKind> = (
  context: JobContext,
  payload: JobPayload<Kind>,
) => Promise<Outcome>;

export type Handlers = { [Kind in JobKind]: Handler<Kind> };

/** Why a running job's signal was aborted. */
export class JobEnded extends Error {
  constructor(readonly why: "cancelled" | "deadline" | "stopping") {
    super(`job ended: ${why}`);
    this.name = "JobEnded";
  }
}

/** Part of the work is done and the rest may pass by itself: this attempt counts, with its words. */
export class TryAgain extends Error {
  constructor(
    readonly reason: Reason,
    detail: string,
    /** When the far end said to come back. */
    readonly retryAt?: Date | undefined,
  ) {
    super(detail);
    this.name = "TryAgain";
  }
}
