import { apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";
import { listWebhooks, webhookById, webhookViewOf } from "@/lib/webhooks/data";
import { createWebhook } from "@/lib/webhooks/mutations";
import { webhookCreateInput, webhookMade, webhookView } from "@/lib/webhooks/schema";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/webhooks",
    summary: "Webhooks with their last deliveries, without their secrets",
    role: "admin",
    query: pageQuery,
    answers: { 200: pageOf(webhookView) },
  },
  ({ db, query, say }) => listWebhooks(db, query, say),
);

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/webhooks",
    summary:
      "Adds an address that is told when a movie can be watched or failed; the secret that signs what it gets is shown this once",
    role: "admin",
    body: webhookCreateInput,
    answers: { 201: webhookMade },
  },
  ({ db, body, now, say }) => {
    const { id, secret } = createWebhook(db, { ...body, now });
    return { ...webhookViewOf(db, webhookById(db, id), say), secret };
  },
);
