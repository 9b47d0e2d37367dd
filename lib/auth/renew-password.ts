import { eq } from "drizzle-orm";
import { users } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { fieldError } from "@/lib/errors";
import { changePassword } from "@/lib/users/mutations";
import { hashPassword, verifyPassword } from "@/lib/users/password";
import type { CurrentUser } from "./sessions";
import { admitAttempt, forgive } from "./throttle";

/**
 * Changes a person's own password after a look at the one they have: a stolen session alone must
 * not take the account. Wrong guesses are throttled like those at sign-in.
 *
 * @returns the new session version, for this device's cookie; all other devices are signed out.
 * @throws AppError 422 when the current password is wrong or the new one is the same; 429.
 */
export async function renewPassword(
  db: Db,
  args: {
    user: CurrentUser;
    currentPassword: string;
    newPassword: string;
    address: string | null;
    now: Date;
  },
): Promise<{ sessionVersion: number }> {
  const by = { username: args.user.username, address: args.address };
  admitAttempt(db, by, args.now);
  const row = db.select().from(users).where(eq(users.id, args.user.id)).get();
  if (!(await verifyPassword(row?.passwordHash ?? null, args.currentPassword))) {
    throw fieldError("currentPassword", "password-wrong");
  }
  if (args.newPassword === args.currentPassword) throw fieldError("newPassword", "password-same");
  const passwordHash = await hashPassword(args.newPassword);
  return db.transaction((tx) => {
    forgive(tx, by);
    const { id: userId, sessionId: keepSessionId } = args.user;
    return changePassword(tx, { userId, passwordHash, keepSessionId, now: args.now });
  });
}
