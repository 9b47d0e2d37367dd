"use server";

import { adminAction } from "@/lib/web/action";
import { reasonText } from "@/lib/web/words";
import { testWebhook } from "./commands";
import { createWebhook, deleteWebhook, updateWebhook } from "./mutations";
import { webhookCreateInput, webhookParams, webhookUpdateInput } from "./schema";

/** Adds a webhook. Its secret is answered this once. */
export const addWebhookAction = adminAction(
  webhookCreateInput.pick({ url: true, events: true }),
  (input, { db, now }) => {
    const { secret } = createWebhook(db, { ...input, enabled: true, now });
    return { secret };
  },
);

/** Changes where a webhook goes, what it is told, and whether it is told anything. */
export const changeWebhookAction = adminAction(
  webhookParams.extend({ change: webhookUpdateInput }),
  ({ id, change }, { db, now }) => {
    updateWebhook(db, { id, change, now });
    return null;
  },
);

/** Removes a webhook. */
export const deleteWebhookAction = adminAction(webhookParams, ({ id }, { db }) => {
  deleteWebhook(db, id);
  return null;
});

/** Sends a test message; what came of it. */
export const testWebhookAction = adminAction(webhookParams, ({ id }, { db, now, locale }) =>
  testWebhook(db, id, {
    ...{ now, say: (reason) => reasonText(reason, locale) },
    // An action knows nothing of a browser that leaves: the sender's own patience ends it.
    signal: new AbortController().signal,
  }),
);
