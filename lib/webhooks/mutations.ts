import { randomBytes } from "node:crypto";
import { count, eq } from "drizzle-orm";
import { type WebhookEvent, webhooks } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { webhookById } from "./data";

/** More than anybody listens with; each is told of every movie. */
const mostWebhooks = 20;

/** Adds a webhook; its secret is handed out this once. @throws AppError 422 for the twenty-first. */
export function createWebhook(
  db: Db,
  args: { url: string; events: WebhookEvent[]; enabled: boolean; now: Date },
): { id: string; secret: string } {
  const { now, ...given } = args;
  return db.transaction(
    (tx) => {
      const known = tx.select({ count: count() }).from(webhooks).get()?.count ?? 0;
      if (known >= mostWebhooks) {
        throw new AppError("webhooks-too-many", { status: 422, values: { most: mostWebhooks } });
      }
      const id = randomId();
      // 24 to 64 bytes, by Standard Webhooks.
      const secret = `whsec_${randomBytes(32).toString("base64")}`;
      tx.insert(webhooks)
        .values({ ...given, id, secret, createdAt: now, updatedAt: now })
        .run();
      return { id, secret };
    },
    { behavior: "immediate" },
  );
}

/** Changes a webhook; its secret stays. @throws AppError 404 */
export function updateWebhook(
  db: Db,
  args: {
    id: string;
    change: {
      url?: string | undefined;
      events?: WebhookEvent[] | undefined;
      enabled?: boolean | undefined;
    };
    now: Date;
  },
): void {
  const { id, change, now } = args;
  webhookById(db, id);
  db.update(webhooks)
    .set({
      ...change,
      // Whatever a person decides is no longer Vigilio's own decision.
      ...(change.enabled === undefined ? {} : { offReason: null }),
      updatedAt: now,
    })
    .where(eq(webhooks.id, id))
    .run();
}

/** Removes a webhook; what was still to be sent to it is not. @throws AppError 404 */
export function deleteWebhook(db: Db, id: string): void {
  const { changes } = db.delete(webhooks).where(eq(webhooks.id, id)).run();
  if (changes === 0) throw new AppError("not-found", { status: 404 });
}
