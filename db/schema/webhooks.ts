import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, idColumn, json, moment, type StoredReason } from "./columns";

/** What happens to a movie that others can be told of. */
export const webhookEvents = ["movie.ready", "movie.failed"] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

export const deliveryStatuses = ["queued", "delivered", "failed"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** An address that is told what happens. */
export const webhooks = sqliteTable("webhooks", {
  id: idColumn(),
  url: text("url").notNull(),
  /** Standard Webhooks: whsec_ and base64. Signing needs it as it is; it leaves the server once. */
  secret: text("secret").notNull(),
  events: json<WebhookEvent[]>("events").notNull(),
  enabled: flag("enabled").notNull().default(true),
  /** Why Vigilio itself switched it off; null when a person did, and while it is on. */
  offReason: json<StoredReason>("off_reason"),
  createdAt: moment("created_at").notNull(),
  updatedAt: moment("updated_at").notNull(),
});

/** One message to one address: its body is fixed when it happens, whatever is retried. */
export const webhookDeliveries = sqliteTable(
  "webhook_deliveries",
  {
    /** The `webhook-id`, too: the same at every attempt. */
    id: idColumn(),
    webhookId: text("webhook_id")
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    type: text("type").notNull(),
    body: text("body").notNull(),
    status: text("status", { enum: deliveryStatuses }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** HTTP status of the last answer; null when none came. */
    answeredStatus: integer("answered_status"),
    /** Why the last attempt did not do. */
    reason: json<StoredReason>("reason"),
    createdAt: moment("created_at").notNull(),
    attemptedAt: moment("attempted_at"),
  },
  (table) => [index("webhook_deliveries_newest").on(table.webhookId, table.createdAt)],
);
