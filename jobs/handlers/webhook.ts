import { reason } from "@/lib/errors";
import { sendWebhook } from "@/lib/services/webhooks/send";
import { dueDelivery, saveAttempt } from "@/lib/webhooks/deliveries";
import { nextAttemptAt, outcomeOf } from "@/lib/webhooks/outcome";
import { done, type Handler, TryAgain } from "../context";

/**
 * Sends one message to one address. What was taken is written down before anything else, so that
 * nothing which can still go wrong sends it again.
 */
export const tellWebhook: Handler<"webhook"> = async ({ db, now, signal }, { deliveryId }) => {
  const due = dueDelivery(db, deliveryId);
  if (!due) return done;
  if (!due.enabled) return { kind: "failed", reason: reason("webhook-off") };
  const answer = await sendWebhook(due, { now: now(), signal });
  const outcome = outcomeOf(answer);
  saveAttempt(db, due, outcome, now());
  if (!outcome.reason) return done;
  if (outcome.isFinal) return { kind: "failed", reason: outcome.reason };
  const retryAt = nextAttemptAt(due.attempts + 1, answer, now());
  // Neither the address nor the answer: both may hold what is nobody's business.
  throw new TryAgain(
    outcome.reason,
    `answered with ${outcome.answeredStatus ?? "nothing"}`,
    retryAt,
  );
};
