import type { StoredReason } from "@/db/schema/columns";

/** A sentence without its words: a key of `reasons` in messages/en.json and its values. */
export type Reason = StoredReason;

/** Makes a reason; `code` must exist in messages/en.json (tests/words.test.ts checks it). */
export function reason(code: string, values?: Reason["values"]): Reason {
  return values ? { code, values } : { code };
}

export interface AppErrorOptions {
  /** HTTP status of the answer when it reaches a route handler. */
  status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 416 | 422 | 429 | 500 | 502 | 503;
  values?: Reason["values"];
  /** By field, for status 422. */
  fields?: Record<string, Reason>;
  /** More members of the problem document: movieId on 409. */
  members?: Record<string, unknown>;
  /** What is down and why, on 503. */
  services?: { name: string; detail: Reason }[];
  /** Seconds, for Retry-After. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/**
 * Something that a person caused or can mend. Its reason is turned into words where it is shown:
 * what happened, what it means, what to do. Anything else that is thrown is a fault of ours.
 */
export class AppError extends Error {
  readonly reason: Reason;
  readonly status: AppErrorOptions["status"];
  readonly fields: Record<string, Reason> | undefined;
  readonly members: Record<string, unknown> | undefined;
  readonly services: { name: string; detail: Reason }[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, options: AppErrorOptions) {
    super(code, { cause: options.cause });
    this.name = "AppError";
    this.reason = reason(code, options.values);
    this.status = options.status;
    this.fields = options.fields;
    this.members = options.members;
    this.services = options.services;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** 422 for one field. */
export function fieldError(field: string, code: string, values?: Reason["values"]): AppError {
  return new AppError("invalid-input", { status: 422, fields: { [field]: reason(code, values) } });
}

export type UpstreamFault =
  /** No answer: refused, reset, not resolved. */
  | "unreachable"
  | "timeout"
  /** The key or password is refused: asking again does not help until a person changes it. */
  | "credentials"
  | "rate-limited"
  | "quota"
  | "not-found"
  /** 5xx, or something that is not what the contract says. */
  | "broken"
  /** Our request was refused as wrong. */
  | "refused";

/**
 * A service at the far end of a socket did not do what was asked. Carries no URL, header or body,
 * since those may hold keys.
 */
export class UpstreamError extends Error {
  constructor(
    readonly service:
      | "qbittorrent"
      | "tmdb"
      | "opensubtitles"
      | "torznab"
      | "source"
      | "link"
      | "gallery",
    readonly fault: UpstreamFault,
    message: string,
    readonly options: {
      status?: number | undefined;
      /** When the service said to come back. */
      retryAt?: Date | undefined;
      /** Where more is known than the fault, to be said instead of it. */
      reason?: Reason | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(`${service}: ${message}`, { cause: options.cause });
    this.name = "UpstreamError";
  }

  /** True when the same call may succeed later without anybody changing anything. */
  get isTransient(): boolean {
    return ["unreachable", "timeout", "rate-limited", "quota", "broken"].includes(this.fault);
  }

  /** What people are told: `reasons.<service>-<fault>`, or what is known better. */
  get reason(): Reason {
    if (this.options.reason) return this.options.reason;
    return reason(
      `${this.service}-${this.fault}`,
      this.options.status ? { status: this.options.status } : {},
    );
  }
}
