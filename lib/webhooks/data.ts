import { asc, count, desc, eq } from "drizzle-orm";
import { webhookDeliveries, webhooks } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, type Reason } from "@/lib/errors";
import type { Page, PageQuery } from "@/lib/web/page-query";
import type { DeliveryView, WebhookView } from "./schema";

type Say = (reason: Reason) => string;
type WebhookRow = typeof webhooks.$inferSelect;

/** Shown of each webhook. */
const mostShown = 10;

/** @throws AppError 404 */
export function webhookById(db: Db, id: string): WebhookRow {
  const row = db.select().from(webhooks).where(eq(webhooks.id, id)).get();
  if (!row) throw new AppError("not-found", { status: 404 });
  return row;
}

function deliveriesOf(db: Db, webhookId: string, say: Say): DeliveryView[] {
  return db
    .select()
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.webhookId, webhookId))
    .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
    .limit(mostShown)
    .all()
    .map(({ id, type, status, attempts, answeredStatus, reason, createdAt, attemptedAt }) => ({
      ...{ id, type, status, attempts, answeredStatus },
      detail: reason && say(reason),
      createdAt: createdAt.toISOString(),
      attemptedAt: attemptedAt?.toISOString() ?? null,
    }));
}

/** A webhook as it is shown: never its secret. */
export function webhookViewOf(db: Db, row: WebhookRow, say: Say): WebhookView {
  const { id, url, events, enabled, offReason, createdAt } = row;
  return {
    ...{ id, url, events, enabled },
    offDetail: offReason && say(offReason),
    createdAt: createdAt.toISOString(),
    deliveries: deliveriesOf(db, id, say),
  };
}

/** All webhooks, oldest first. */
export function listWebhooks(db: Db, { page, pageSize }: PageQuery, say: Say): Page<WebhookView> {
  const rows = db
    .select()
    .from(webhooks)
    .orderBy(asc(webhooks.createdAt), asc(webhooks.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  const total = db.select({ total: count() }).from(webhooks).get()?.total ?? 0;
  return { items: rows.map((row) => webhookViewOf(db, row, say)), page, pageSize, total };
}
