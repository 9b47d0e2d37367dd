import { and, eq, ne, sql } from "drizzle-orm";
import { users } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { hashPassword, isHashOutdated, verifyPassword } from "@/lib/users/password";
import type { SessionClaims } from "./session-token";
import { startSession, usableAccount } from "./sessions";
import { admitAttempt, forgive } from "./throttle";

/**
 * Signs somebody in on a device. A wrong name and a wrong password get the same answer after the
 * same work.
 *
 * @returns claims for the session cookie.
 * @throws AppError 422, or 429 while account or address has to wait.
 */
export async function signIn(
  db: Db,
  args: {
    username: string;
    password: string;
    address: string | null;
    userAgent: string | null;
    now: Date;
  },
): Promise<SessionClaims> {
  const by = { username: args.username, address: args.address };
  admitAttempt(db, by, args.now);
  const user = db
    .select()
    .from(users)
    .where(
      and(
        sql`lower(${users.username}) = lower(${args.username})`,
        ne(users.role, "visitor"),
        usableAccount(args.now),
      ),
    )
    .get();
  const isRight = await verifyPassword(user?.passwordHash ?? null, args.password);
  if (!user || !isRight) throw new AppError("sign-in-refused", { status: 422 });

  const newHash =
    user.passwordHash && isHashOutdated(user.passwordHash)
      ? await hashPassword(args.password)
      : undefined;
  return db.transaction((tx) => {
    forgive(tx, by);
    if (newHash) {
      tx.update(users)
        .set({ passwordHash: newHash })
        .where(and(eq(users.id, user.id), eq(users.sessionVersion, user.sessionVersion)))
        .run();
    }
    return startSession(tx, {
      userId: user.id,
      sessionVersion: user.sessionVersion,
      userAgent: args.userAgent,
      address: args.address,
      now: args.now,
    });
  });
}
