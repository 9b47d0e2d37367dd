import type { Connection, Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError, type Reason, reason, UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import {
  cancelRequestedIds,
  claim,
  type JobRow,
  nextDueAt,
  renewLeases,
  saveProgress,
} from "@/lib/queue/claim";
import {
  cancelled,
  type Failure,
  fail,
  postpone,
  release,
  setAside,
  succeed,
} from "@/lib/queue/finish";
import { isOnlyHeld } from "@/lib/queue/held";
import { isJobKind, type JobKind, type JobPayload, jobKinds } from "@/lib/queue/names";
import { FfmpegError } from "@/lib/services/ffmpeg/failure";
import type { Services } from "@/lib/settings/connect";
import { type Handlers, JobEnded, type Outcome, TryAgain } from "./context";
import { JobLog } from "./job-log";
import { follow } from "./pipeline";

const log = logFor("jobs");

export interface RunnerOptions {
  db: Connection;
  env: Env;
  services: Services;
  handlers: Handlers;
  bootId: string;
  lanes: { io: number; cpu: number };
  now(): Date;
}

interface Running {
  job: JobRow;
  abort: AbortController;
  finished: Promise<void>;
}

/** The longest pause between two looks at the table: a row that another process added is seen then. */
const idleLookMs = 5_000;
const heartbeatMs = 15_000;
/** What does not end in this time after it was told to is left behind, and its claim given back. */
const stopGraceMs = 8_000;

/**
 * Takes jobs from the table and runs them: four that wait for others and one that computes, at
 * once. Everything that must survive is in the table; this object can be thrown away at any moment.
 */
export class Runner {
  private readonly running = new Map<string, Running>();
  private timer: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly options: RunnerOptions) {}

  start(): void {
    this.heartbeat = setInterval(() => {
      if (this.running.size > 0)
        renewLeases(this.options.db, this.options.bootId, this.options.now());
    }, heartbeatMs);
    this.heartbeat.unref();
    this.wake();
  }

  /** Looks at the table now: takes what is due, ends what a person cancelled. */
  wake(): void {
    if (this.stopping) return;
    const { db, bootId, lanes, now } = this.options;
    if (this.running.size > 0) {
      for (const id of cancelRequestedIds(db, bootId)) {
        this.running.get(id)?.abort.abort(new JobEnded("cancelled"));
      }
    }
    for (const lane of ["io", "cpu"] as const) {
      while (
        [...this.running.values()].filter(({ job }) => job.lane === lane).length < lanes[lane]
      ) {
        const job = claim(db, lane, bootId, now());
        if (!job) break;
        this.run(job);
      }
    }
    this.sleepUntilDue();
  }

  /**
   * Ends what runs, gives the claims back, and returns when nothing runs any more, or at the latest
   * after `graceMs`: work that does not listen (a copy of a whole film) is then no longer waited
   * for, and its claim is free all the same.
   */
  async stop(graceMs = stopGraceMs): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    clearInterval(this.heartbeat);
    const ending = [...this.running.values()];
    for (const { abort } of ending) abort.abort(new JobEnded("stopping"));
    let late: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.allSettled(ending.map(({ finished }) => finished)),
      new Promise((resolve) => {
        late = setTimeout(resolve, graceMs);
      }),
    ]);
    clearTimeout(late);
    for (const { job } of this.running.values()) {
      log.warn({ jobId: job.id, kind: job.kind }, "a job did not end in time and is left behind");
      release(this.options.db, job, this.options.now());
    }
  }

  private sleepUntilDue(): void {
    clearTimeout(this.timer);
    const due = nextDueAt(this.options.db);
    const waitMs = due ? due.getTime() - this.options.now().getTime() : idleLookMs;
    // A due job that no lane has room for waits for a finish, not for this timer.
    const pauseMs = waitMs <= 0 ? idleLookMs : Math.min(waitMs, idleLookMs);
    this.timer = setTimeout(() => this.wake(), pauseMs);
    this.timer.unref();
  }

  private run(job: JobRow): void {
    const abort = new AbortController();
    const deadline = setTimeout(
      () => abort.abort(new JobEnded("deadline")),
      Math.min(job.deadlineMs, 2 ** 31 - 1),
    );
    deadline.unref();
    if (job.cancelRequested) abort.abort(new JobEnded("cancelled"));
    const finished = this.attempt(job, abort.signal)
      .catch((error) =>
        log.error(
          { err: error, jobId: job.id, kind: job.kind },
          "a job's end could not be written",
        ),
      )
      .finally(() => {
        clearTimeout(deadline);
        this.running.delete(job.id);
        if (!this.stopping) setImmediate(() => this.wake());
      });
    this.running.set(job.id, { job, abort, finished });
  }

  private async attempt(job: JobRow, signal: AbortSignal): Promise<void> {
    if (!isJobKind(job.kind)) {
      fail(
        this.options.db,
        job,
        { reason: reason("job-kind-unknown"), mayRetry: false },
        this.options.now(),
      );
      return;
    }
    await this.attemptKind(job, job.kind, signal);
  }

  private async attemptKind<Kind extends JobKind>(
    job: JobRow,
    kind: Kind,
    signal: AbortSignal,
  ): Promise<void> {
    const { db, env, services, handlers, now } = this.options;
    const parsed = jobKinds[kind].payload.safeParse(job.payload);
    if (!parsed.success) {
      fail(db, job, { reason: reason("job-payload-broken"), mayRetry: false }, now());
      return;
    }
    const payload = parsed.data as JobPayload<Kind>;
    const lines = new JobLog({ db, now }, job);
    lines.note("info", { attempt: job.attempts, of: job.maxAttempts }, "started");
    let progressWrittenAt = 0;
    const context = {
      db: db as Db,
      env,
      services,
      now,
      signal,
      log: lines,
      progress: (fraction: number, remainingSeconds: number | null = null) => {
        const at = now();
        if (at.getTime() - progressWrittenAt < 1000) return;
        progressWrittenAt = at.getTime();
        saveProgress(db, job.id, { progress: fraction, remainingSeconds }, at);
      },
    };
    let outcome: Outcome | { kind: "threw"; error: unknown };
    try {
      signal.throwIfAborted();
      outcome = await handlers[kind](context, payload);
    } catch (error) {
      outcome = { kind: "threw", error };
    }
    try {
      this.settle(job, kind, payload, outcome, signal, lines);
    } finally {
      lines.flush();
    }
  }

  /** Closes the job and enqueues what follows, in one transaction. */
  private settle<Kind extends JobKind>(
    job: JobRow,
    kind: Kind,
    payload: JobPayload<Kind>,
    outcome: Outcome | { kind: "threw"; error: unknown },
    signal: AbortSignal,
    lines: JobLog,
  ): void {
    const { db, now } = this.options;
    const at = now();
    db.transaction((tx) => {
      if (outcome.kind === "done") {
        if (succeed(tx, job, at)) follow(tx, kind, payload, { succeeded: true }, at);
        lines.info({ ms: at.getTime() - (job.startedAt?.getTime() ?? 0) }, "job done");
        return;
      }
      if (outcome.kind === "later") {
        postpone(tx, job, outcome.at, outcome.reason, at);
        lines.info({ why: outcome.reason.code, runAt: outcome.at }, "job waits");
        return;
      }
      const ended = signal.aborted && signal.reason instanceof JobEnded ? signal.reason.why : null;
      if (ended === "stopping") {
        release(tx, job, at);
        lines.note("info", {}, "given back, since Vigilio stops");
        return;
      }
      if (ended === "cancelled" && isOnlyHeld(tx, job.id)) {
        setAside(tx, job, at);
        lines.info({}, "job set aside with what lies in the bin");
        return;
      }
      if (ended === "cancelled") {
        cancelled(tx, job, at);
        follow(tx, kind, payload, { succeeded: false, reason: reason("job-cancelled") }, at);
        lines.info({}, "job cancelled");
        return;
      }
      const failure: Failure =
        outcome.kind === "failed"
          ? { reason: outcome.reason, mayRetry: false }
          : ended === "deadline"
            ? { reason: reason("job-deadline"), mayRetry: true }
            : failureOf(outcome.error);
      if (outcome.kind === "threw" && outcome.error instanceof FfmpegError) {
        lines.note("error", { printed: outcome.error.detail.slice(-1500) }, "ffmpeg said last");
      }
      const result = fail(tx, job, failure, at);
      lines[result === "failed" ? "error" : "warn"](
        { why: failure.reason.code, detail: failure.detail, attempt: job.attempts },
        result === "failed" ? "job failed" : "job failed, will be tried again",
      );
      if (result === "failed") {
        follow(tx, kind, payload, { succeeded: false, reason: failure.reason }, at);
      }
    });
  }
}

/** What a thrown error means for a job. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UpstreamError) {
    return {
      reason: error.reason,
      detail: error.message,
      mayRetry: error.isTransient,
      retryAt: error.options.retryAt,
    };
  }
  if (error instanceof AppError) {
    return { reason: error.reason, detail: error.message, mayRetry: error.status >= 500 };
  }
  if (error instanceof TryAgain) {
    return {
      reason: error.reason,
      detail: error.message,
      mayRetry: true,
      retryAt: error.retryAt,
    };
  }
  if (hasReason(error)) {
    const isFinal = error instanceof FfmpegError && error.isAboutFile;
    return { reason: error.reason, detail: error.message, mayRetry: !isFinal };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { reason: reason("job-fault"), detail, mayRetry: true };
}

function hasReason(error: unknown): error is Error & { reason: Reason } {
  return error instanceof Error && "reason" in error && typeof error.reason === "object";
}
