import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { hasAdmin } from "@/lib/users/data";
import { createFirstAdmin } from "@/lib/users/mutations";
import { hashPassword } from "@/lib/users/password";
import { ensureSetupCode } from "@/lib/users/setup-code";

/**
 * At the start: makes the admin that the environment names, or else a one-time code for the first
 * visitor. Does nothing once there is an admin.
 *
 * @returns the code, to be written to the log.
 */
export async function prepareAccounts(
  db: Db,
  env: Env,
  now: Date,
): Promise<{ setupCode: string | null }> {
  if (hasAdmin(db)) return { setupCode: null };
  const { VIGILIO_ADMIN_USERNAME: username, VIGILIO_ADMIN_PASSWORD: password } = env.values;
  if (!username || !password) return { setupCode: ensureSetupCode(db, now) };
  const passwordHash = await hashPassword(password);
  createFirstAdmin(db, { username: username.normalize("NFC"), passwordHash, now });
  return { setupCode: null };
}
