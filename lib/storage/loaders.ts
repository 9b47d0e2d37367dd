import "server-only";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { settingOf } from "@/lib/settings/data";
import { storageNow } from "./overview";
import { type StorageView, storageQuery } from "./schema";

/** As long as a page waits for the very first count. */
const waitMs = 1500;

/** What takes space and what can go, for admins. */
export async function loadStorage(parameters: {
  days?: string | string[] | undefined;
}): Promise<StorageView & { binDays: number }> {
  await requireAdmin();
  const db = database();
  const asked = storageQuery.safeParse({ days: parameters.days });
  const days = asked.success ? asked.data.days : storageQuery.parse({}).days;
  const storage = await storageNow({ db, env: env(), now: new Date() }, { days, waitMs });
  return { ...storage, binDays: settingOf(db, env(), "binDays") };
}
