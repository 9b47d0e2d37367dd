import "server-only";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { reasonText } from "@/lib/web/catalogue";
import { pageQuery } from "@/lib/web/page-query";
import { pageLocale } from "@/lib/web/words";
import { listWebhooks } from "./data";
import type { WebhookView } from "./schema";

/** More than there can be. */
const wholeList = pageQuery.parse({ page: 1, pageSize: 100 });

/** All webhooks with their last deliveries. */
export async function loadWebhooks(): Promise<WebhookView[]> {
  await requireAdmin();
  const locale = await pageLocale();
  return listWebhooks(database(), wholeList, (reason) => reasonText(reason, locale)).items;
}
