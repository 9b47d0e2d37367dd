import { prepareAccounts } from "@/lib/auth/prepare-accounts";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { hasAdmin, listUsers } from "@/lib/users/data";
import { createFirstAdmin } from "@/lib/users/mutations";
import { hashPassword } from "@/lib/users/password";
import { temporaryPassword } from "@/lib/users/temporary-password";

export interface DemoOwner {
  id: string;
  /** What they sign in with, when they were made just now. */
  made: { username: string; password: string } | null;
}

/**
 * Whom a demo's library belongs to: the admin that there is or that the environment names, else a
 * new one with a password that nobody can guess, since a demo stands open to strangers.
 */
export async function demoOwner(db: Db, env: Env, now: Date): Promise<DemoOwner> {
  await prepareAccounts(db, env, now);
  if (!hasAdmin(db)) {
    const made = { username: "admin", password: temporaryPassword() };
    const passwordHash = await hashPassword(made.password);
    const { id } = createFirstAdmin(db, { username: made.username, passwordHash, now });
    return { id, made };
  }
  const { items } = listUsers(db, { page: 1, pageSize: 100 });
  const admin = items.find(({ role }) => role === "admin");
  if (!admin) throw new Error("no admin among the first accounts");
  return { id: admin.id, made: null };
}
