import { z } from "zod";
import { deliveryStatuses, movieStatuses, webhookEvents } from "@/db/schema";

const rowId = z.string().regex(/^[0-9a-f]{16}$/);

/** Of an address: /api/v1/webhooks/{id}. */
export const webhookParams = z.object({ id: rowId });

const url = z.url({ protocol: /^https?$/, error: "webhook-address" }).max(2000);
const events = z
  .array(z.enum(webhookEvents))
  .min(1, "webhook-no-event")
  .max(webhookEvents.length)
  .transform((chosen) => webhookEvents.filter((event) => chosen.includes(event)));

export const webhookCreateInput = z.strictObject({
  url,
  events: events.default([...webhookEvents]),
  enabled: z.boolean().default(true),
});

export const webhookUpdateInput = z.strictObject({ url, events, enabled: z.boolean() }).partial();

const deliveryView = z.object({
  id: z.string().describe("the webhook-id"),
  type: z.string(),
  status: z.enum(deliveryStatuses),
  attempts: z.number().int(),
  answeredStatus: z.number().int().nullable().describe("HTTP status of the last answer"),
  detail: z.string().nullable().describe("why the last attempt did not do"),
  createdAt: z.iso.datetime(),
  attemptedAt: z.iso.datetime().nullable(),
});
export type DeliveryView = z.output<typeof deliveryView>;

export const webhookView = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(webhookEvents)),
  enabled: z.boolean(),
  offDetail: z.string().nullable().describe("why Vigilio switched it off"),
  createdAt: z.iso.datetime(),
  deliveries: z.array(deliveryView).describe("the last ten, newest first"),
});
export type WebhookView = z.output<typeof webhookView>;

/** The secret is shown once. */
export const webhookMade = webhookView.extend({ secret: z.string() });

export const webhookTestView = z.object({
  delivered: z.boolean(),
  answeredStatus: z.number().int().nullable(),
  detail: z.string().nullable(),
});
export type WebhookTestView = z.output<typeof webhookTestView>;

/** What is posted. */
export const webhookBody = z.object({
  id: z.string(),
  type: z.enum([...webhookEvents, "test"]),
  at: z.iso.datetime(),
  movie: z.object({
    id: z.string(),
    title: z.string(),
    year: z.number().int().nullable(),
    imdbId: z.string().nullable(),
    status: z.enum(movieStatuses),
  }),
});
export type WebhookBody = z.output<typeof webhookBody>;
