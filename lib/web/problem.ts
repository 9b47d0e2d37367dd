import { AppError, type Reason, reason, UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { reasonText, wordsOf } from "./catalogue";

const log = logFor("web");

/** RFC 9457 problem details, with the members that interface.md names. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** In words, by field; on 422. */
  errors?: Record<string, string>;
  [member: string]: unknown;
}

interface Fault {
  status: number;
  reason: Reason;
  fields?: Record<string, Reason> | undefined;
  members?: Record<string, unknown> | undefined;
  services?: { name: string; detail: Reason }[] | undefined;
  retryAfterSeconds?: number | undefined;
}

/** What a thrown thing means to the caller. Only what nobody expected is logged. */
function faultOf(error: unknown, context: { requestId: string; where: string; now: Date }): Fault {
  if (error instanceof AppError) return error;
  if (error instanceof UpstreamError) {
    log.warn({ err: error, requestId: context.requestId, where: context.where }, "service failed");
    const retryAt = error.options.retryAt;
    return {
      status: error.isTransient && error.fault !== "broken" ? 503 : 502,
      reason: error.reason,
      services: [{ name: error.service, detail: error.reason }],
      retryAfterSeconds: retryAt
        ? Math.max(1, Math.ceil((retryAt.getTime() - context.now.getTime()) / 1000))
        : undefined,
    };
  }
  log.error({ err: error, requestId: context.requestId, where: context.where }, "request failed");
  return {
    status: 500,
    reason: reason("unexpected"),
    members: { requestId: context.requestId },
  };
}

/**
 * A thrown thing as a problem document in the reader's language.
 *
 * @param context.where the route or action, for the log.
 */
export function problemOf(
  error: unknown,
  context: { locale: string; requestId: string; where: string; now: Date },
): { problem: Problem; retryAfterSeconds: number | undefined } {
  const fault = faultOf(error, context);
  const problem: Problem = {
    ...fault.members,
    // A relative reference (RFC 9457, 3.1.1): stable, and the same on every host.
    type: `/problems/${fault.reason.code}`,
    title: wordsOf(context.locale, "problems")(`status-${fault.status}`),
    status: fault.status,
    detail: reasonText(fault.reason, context.locale),
  };
  if (fault.fields) {
    problem.errors = Object.fromEntries(
      Object.entries(fault.fields).map(([name, why]) => [name, reasonText(why, context.locale)]),
    );
  }
  if (fault.services) {
    problem.services = fault.services.map(({ name, detail }) => ({
      name,
      detail: reasonText(detail, context.locale),
    }));
  }
  return { problem, retryAfterSeconds: fault.retryAfterSeconds };
}

/** A problem document as an answer. */
export function problemResponse(
  error: unknown,
  context: { locale: string; requestId: string; where: string; now: Date },
): Response {
  const { problem, retryAfterSeconds } = problemOf(error, context);
  const headers = new Headers({
    "content-type": "application/problem+json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  if (problem.status === 401) headers.set("www-authenticate", 'Bearer realm="Vigilio"');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
