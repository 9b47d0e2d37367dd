import "server-only";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { settingOf } from "@/lib/settings/data";
import type { Page, PageQuery } from "@/lib/web/page-query";
import { binTotal, listBin } from "./data";
import type { BinItem } from "./schema";

/** A page of what lies in the bin, what all of it takes, and how long it stays; for admins. */
export async function loadBin(
  query: PageQuery,
): Promise<Page<BinItem> & { sizeBytes: number; days: number }> {
  await requireAdmin();
  const db = database();
  const { sizeBytes } = binTotal(db);
  return { ...listBin(db, query), sizeBytes, days: settingOf(db, env(), "binDays") };
}

/** For how many days what an admin deletes can be brought back; 0 for not at all. */
export async function loadBinDays(): Promise<number> {
  await requireAdmin();
  return settingOf(database(), env(), "binDays");
}
