import { settings } from "@/db/schema/household";
import type { Db } from "@/lib/db";
import { forgetVisitors } from "./visitors";

/**
 * Switches demo mode on or off, from the next request on. Visitors go with it, at once. The
 * environment is stronger: whoever calls this looks there first.
 */
export function switchDemo(db: Db, args: { isOn: boolean; now: Date }): void {
  const { isOn, now } = args;
  db.transaction((tx) => {
    const row = { value: isOn, updatedAt: now };
    tx.insert(settings)
      .values({ key: "demo", ...row })
      .onConflictDoUpdate({ target: settings.key, set: row })
      .run();
    if (!isOn) forgetVisitors(tx, { isDemo: false, now });
  });
}
