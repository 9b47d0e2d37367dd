import { apiRoute } from "@/lib/web/api";
import { webhookById, webhookViewOf } from "@/lib/webhooks/data";
import { deleteWebhook, updateWebhook } from "@/lib/webhooks/mutations";
import { webhookParams, webhookUpdateInput, webhookView } from "@/lib/webhooks/schema";

const path = "/api/v1/webhooks/{id}";

export const PATCH = apiRoute(
  {
    method: "PATCH",
    path,
    summary: "Changes a webhook's address, what it is told, and whether it is; its secret stays",
    role: "admin",
    params: webhookParams,
    body: webhookUpdateInput,
    answers: { 200: webhookView, 404: null },
  },
  ({ db, params, body, now, say }) => {
    updateWebhook(db, { id: params.id, change: body, now });
    return webhookViewOf(db, webhookById(db, params.id), say);
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path,
    summary: "Removes a webhook; what was still to be sent to it is not",
    role: "admin",
    params: webhookParams,
    answers: { 204: null, 404: null },
  },
  ({ db, params }) => deleteWebhook(db, params.id),
);
