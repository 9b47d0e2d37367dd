import "server-only";
import { cache } from "react";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { settingsOf } from "@/lib/settings/data";
import { pageLocale, reasonText } from "@/lib/web/words";
import { type DownloadRow, listDownloads } from "./data";
import { goneInterface, interfaceNames } from "./interfaces";
import type { TransferState } from "./schema";
import { limitsAt, limitsUntil } from "./speed-limits";

export type { DownloadRow } from "./data";

/** Limits in force, and what everything waits for; for admins. */
export async function loadTransferState(): Promise<TransferState> {
  await requireAdmin();
  const settings = settingsOf(database(), env());
  const now = new Date();
  const { window, ...limits } = limitsAt(settings, now);
  return {
    ...limits,
    isByTheHour: window !== null,
    until: limitsUntil(settings, now),
    goneInterface: goneInterface(database(), env()),
  };
}

/** Network interfaces of this machine that BitTorrent could be bound to; for admins. */
export async function loadInterfaces(): Promise<string[]> {
  await requireAdmin();
  return interfaceNames();
}

/** The newest hundred torrents with the titles of their movies; for admins. */
export const loadDownloads = cache(async (): Promise<DownloadRow[]> => {
  await requireAdmin();
  const locale = await pageLocale();
  const say = (reason: Parameters<typeof reasonText>[0]) => reasonText(reason, locale);
  return listDownloads(database(), { page: 1, pageSize: 100 }, say).items;
});
