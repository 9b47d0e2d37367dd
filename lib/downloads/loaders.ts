import "server-only";
import { cache } from "react";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { pageLocale, reasonText } from "@/lib/web/words";
import { type DownloadRow, listDownloads } from "./data";

export type { DownloadRow } from "./data";

/** The newest hundred torrents with the titles of their movies; for admins. */
export const loadDownloads = cache(async (): Promise<DownloadRow[]> => {
  await requireAdmin();
  const locale = await pageLocale();
  const say = (reason: Parameters<typeof reasonText>[0]) => reasonText(reason, locale);
  return listDownloads(database(), { page: 1, pageSize: 100 }, say).items;
});
