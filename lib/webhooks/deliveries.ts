import { and, desc, eq, inArray, ne, notInArray, sql } from "drizzle-orm";
import { webhookDeliveries, webhooks } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import type { AttemptOutcome } from "./outcome";
import type { WebhookBody } from "./schema";

/** Kept of each webhook, beside what is still to be sent. */
const mostKept = 50;

/** A message that is still to be sent, and where it goes. */
export interface DueDelivery {
  id: string;
  webhookId: string;
  url: string;
  secret: string;
  enabled: boolean;
  body: string;
  attempts: number;
}

/** The text that is sent and signed. */
export function bodyText(body: WebhookBody): string {
  return JSON.stringify(body);
}

/** Puts a message down as to be sent, and forgets the oldest of its webhook. Its id. */
export function createDelivery(
  db: Db,
  webhookId: string,
  { type, movie, now }: Pick<WebhookBody, "type" | "movie"> & { now: Date },
): string {
  const id = randomId();
  db.insert(webhookDeliveries)
    .values({
      ...{ id, webhookId, type, status: "queued", createdAt: now },
      body: bodyText({ id, type, at: now.toISOString(), movie }),
    })
    .run();
  const newest = db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.webhookId, webhookId))
    .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
    .limit(mostKept);
  db.delete(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhookId, webhookId),
        ne(webhookDeliveries.status, "queued"),
        notInArray(webhookDeliveries.id, newest),
      ),
    )
    .run();
  return id;
}

/** What is to be sent; undefined once it was taken, or its webhook was removed. */
export function dueDelivery(db: Db, id: string): DueDelivery | undefined {
  return db
    .select({
      id: webhookDeliveries.id,
      webhookId: webhooks.id,
      url: webhooks.url,
      secret: webhooks.secret,
      enabled: webhooks.enabled,
      body: webhookDeliveries.body,
      attempts: webhookDeliveries.attempts,
    })
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
    .where(
      and(eq(webhookDeliveries.id, id), inArray(webhookDeliveries.status, ["queued", "failed"])),
    )
    .get();
}

/** Writes down what an attempt came to. One whose receiver is gone switches its webhook off. */
export function saveAttempt(
  db: Db,
  delivery: Pick<DueDelivery, "id" | "webhookId">,
  outcome: AttemptOutcome,
  now: Date,
): void {
  db.transaction((tx) => {
    tx.update(webhookDeliveries)
      .set({
        status: outcome.reason ? "queued" : "delivered",
        attempts: sql`${webhookDeliveries.attempts} + 1`,
        answeredStatus: outcome.answeredStatus,
        reason: outcome.reason,
        attemptedAt: now,
      })
      .where(eq(webhookDeliveries.id, delivery.id))
      .run();
    if (!outcome.isGone) return;
    tx.update(webhooks)
      .set({ enabled: false, offReason: outcome.reason, updatedAt: now })
      .where(eq(webhooks.id, delivery.webhookId))
      .run();
  });
}

/** It is not tried again by itself. */
export function failDelivery(db: Db, id: string, why: Reason): void {
  db.update(webhookDeliveries)
    .set({ status: "failed", reason: why })
    .where(and(eq(webhookDeliveries.id, id), ne(webhookDeliveries.status, "delivered")))
    .run();
}
