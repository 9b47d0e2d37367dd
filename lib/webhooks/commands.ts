import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { sendWebhook } from "@/lib/services/webhooks/send";
import { webhookById } from "./data";
import { createDelivery, dueDelivery, failDelivery, saveAttempt } from "./deliveries";
import { outcomeOf } from "./outcome";
import type { WebhookTestView } from "./schema";

/** A film that is not in any library. */
const exampleMovie = {
  id: "0000000000000000",
  title: "Test",
  year: null,
  imdbId: null,
  status: "ready",
} as const;

/**
 * Sends one message of the type `test` at once, also to a webhook that is off, and tells what it
 * came to. It is not tried again.
 *
 * @throws AppError 404; a caller's own abort as its reason.
 */
export async function testWebhook(
  db: Db,
  id: string,
  options: { now: Date; signal: AbortSignal; say: (reason: Reason) => string; timeoutMs?: number },
): Promise<WebhookTestView> {
  const { now, say } = options;
  const { id: webhookId } = webhookById(db, id);
  const deliveryId = createDelivery(db, webhookId, { type: "test", movie: exampleMovie, now });
  const due = dueDelivery(db, deliveryId);
  if (!due) throw new Error("a message that was just made is not there");
  const outcome = outcomeOf(await sendWebhook(due, options));
  saveAttempt(db, due, outcome, now);
  if (outcome.reason) failDelivery(db, deliveryId, outcome.reason);
  return {
    delivered: outcome.reason === null,
    answeredStatus: outcome.answeredStatus,
    detail: outcome.reason && say(outcome.reason),
  };
}
