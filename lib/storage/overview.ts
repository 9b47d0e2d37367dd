import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { settingsOf } from "@/lib/settings/data";
import { countedNow } from "./counting";
import { storageOf } from "./data";
import type { StorageView } from "./schema";
import { volumesOf } from "./volumes";

/**
 * What takes space, what can go, and what is still to come.
 *
 * @param asked.days how long ago everybody has to have seen a film that can go.
 * @param asked.waitMs as long as one waits for the very first count of the disk.
 */
export async function storageNow(
  { db, env, now }: { db: Db; env: Env; now: Date },
  { days, waitMs }: { days: number; waitMs: number },
): Promise<StorageView> {
  const [count, volumes] = await Promise.all([
    countedNow(db, { env, now, waitMs }),
    volumesOf(env),
  ]);
  const { seedRatioLimit, seedDaysLimit } = settingsOf(db, env);
  const limits = { ratio: seedRatioLimit, days: seedDaysLimit };
  return storageOf(db, { ...count, volumes, limits, days, now });
}
