import { apiRoute } from "@/lib/web/api";
import { testWebhook } from "@/lib/webhooks/commands";
import { webhookParams, webhookTestView } from "@/lib/webhooks/schema";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/webhooks/{id}/test",
    summary: "Sends a message of the type test at once, and tells what came of it",
    role: "admin",
    params: webhookParams,
    answers: { 200: webhookTestView, 404: null },
  },
  ({ db, params, now, say, request }) =>
    testWebhook(db, params.id, { now, say, signal: request.signal }),
);
