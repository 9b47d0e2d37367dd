import { type Reason, reason } from "@/lib/errors";
import type { WebhookAnswer } from "@/lib/services/webhooks/send";

/** What an attempt came to. */
export interface AttemptOutcome {
  answeredStatus: number | null;
  /** Null when it was taken. */
  reason: Reason | null;
  /** Trying again cannot help. */
  isFinal: boolean;
  /** The receiver wants nothing more (410): the webhook is switched off. */
  isGone: boolean;
}

/** Pauses before the second, third, fourth and fifth attempt: an hour's outage loses nothing. */
const pausesMs = [10_000, 60_000, 600_000, 3_600_000];

/** What a receiver's answer means: 2xx is the one way to take a message. */
export function outcomeOf(answer: WebhookAnswer): AttemptOutcome {
  const open = { isFinal: false, isGone: false };
  if ("fault" in answer) {
    const refused = answer.fault === "private" || answer.fault === "address";
    const why =
      answer.fault === "timeout"
        ? reason("webhook-timeout")
        : reason(refused ? "webhook-not-allowed" : "webhook-unreachable");
    return { ...open, answeredStatus: null, reason: why, isFinal: refused };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return { ...open, answeredStatus: status, reason: null };
  if (status === 410) {
    const why = reason("webhook-gone");
    return { answeredStatus: status, reason: why, isFinal: true, isGone: true };
  }
  const isRedirect = status >= 300 && status < 400;
  const why = reason(isRedirect ? "webhook-redirected" : "webhook-refused", { status });
  return { ...open, answeredStatus: status, reason: why };
}

/** When to try again after `attempts` of them: a receiver that asks for a longer pause gets it. */
export function nextAttemptAt(attempts: number, answer: WebhookAnswer, now: Date): Date {
  const pauseMs = pausesMs[Math.min(attempts, pausesMs.length) - 1] ?? 0;
  const asked = "retryAt" in answer ? (answer.retryAt?.getTime() ?? 0) : 0;
  return new Date(Math.max(now.getTime() + pauseMs, asked));
}
