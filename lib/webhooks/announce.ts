import { eq } from "drizzle-orm";
import { type MovieStatus, type WebhookEvent, webhooks } from "@/db/schema";
import type { Db } from "@/lib/db";
import { enqueue } from "@/lib/queue/enqueue";
import { createDelivery } from "./deliveries";

const eventOf: Partial<Record<MovieStatus, WebhookEvent>> = {
  ready: "movie.ready",
  failed: "movie.failed",
};

interface ChangedMovie {
  id: string;
  title: string;
  releaseYear: number | null;
  imdbId: string | null;
  status: MovieStatus;
}

/**
 * Puts down for every webhook that a movie can be watched, or failed, in the transaction in which it
 * does: what is told is what is so, and a kill right after loses none of it.
 */
export function announceMovie(db: Db, changed: ChangedMovie, now: Date): void {
  const type = eventOf[changed.status];
  if (!type) return;
  const { id, title, releaseYear: year, imdbId, status } = changed;
  const listening = db
    .select({ id: webhooks.id, events: webhooks.events })
    .from(webhooks)
    .where(eq(webhooks.enabled, true))
    .all();
  for (const webhook of listening.filter(({ events }) => events.includes(type))) {
    const movie = { id, title, year, imdbId, status };
    const deliveryId = createDelivery(db, webhook.id, { type, movie, now });
    enqueue(db, "webhook", { deliveryId }, { now });
  }
}
