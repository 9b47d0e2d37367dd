import { eq } from "drizzle-orm";
import { users } from "@/db/schema/people";
import type { Db } from "@/lib/db";

/** True once somebody owns this server. */
export function hasAdmin(db: Db): boolean {
  return db.select({ id: users.id }).from(users).where(eq(users.role, "admin")).get() !== undefined;
}
