import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { serviceState } from "@/db/schema/household";
import type { Db } from "@/lib/db";

const key = "setup-code";
const stored = z.object({ hash: z.string() });

/** Without 0, O, 1, I and L: it is read from a log and typed on a phone. */
const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** As it is compared: what people leave out or add when they type does not matter. */
function hashOf(code: string): Buffer {
  return createHash("sha256")
    .update(code.toUpperCase().replace(/[^0-9A-Z]/g, ""))
    .digest();
}

/**
 * A new one-time code for the first visitor, of 59 random bits. Only its hash is kept, so each start
 * makes another and the last one counts.
 */
export function ensureSetupCode(db: Db, now: Date): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  const code = [group(), group(), group()].join("-");
  const values = { value: { hash: hashOf(code).toString("hex") }, updatedAt: now };
  db.insert(serviceState)
    .values({ key, ...values })
    .onConflictDoUpdate({ target: serviceState.key, set: values })
    .run();
  return code;
}

/** True when it is the code that the log shows. */
export function isSetupCode(db: Db, code: string): boolean {
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  const parsed = stored.safeParse(row?.value);
  if (!parsed.success) return false;
  return timingSafeEqual(hashOf(code), Buffer.from(parsed.data.hash, "hex"));
}

/** The server has an owner: the code is worth nothing from now on. */
export function dropSetupCode(db: Db): void {
  db.delete(serviceState).where(eq(serviceState.key, key)).run();
}
