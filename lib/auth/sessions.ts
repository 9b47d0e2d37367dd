import { and, eq, gt, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { StoredPreferences, UserRole } from "@/db/schema/people";
import { sessions, users } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { renewVisit } from "@/lib/demo/visitors";
import { randomId } from "@/lib/ids";
import {
  cookieValue,
  openSession,
  type SessionClaims,
  sessionCookieName,
  sessionSeconds,
} from "./session-token";

/** Somebody who is signed in, as the database knows them now. */
export interface CurrentUser {
  id: string;
  username: string;
  role: UserRole;
  mustChangePassword: boolean;
  preferences: StoredPreferences;
  sessionVersion: number;
  /** The device's session; null for an API token. */
  sessionId: string | null;
}

/** Columns of a user that make a CurrentUser. */
export const currentUserColumns = {
  id: users.id,
  username: users.username,
  role: users.role,
  mustChangePassword: users.mustChangePassword,
  preferences: users.preferences,
  sessionVersion: users.sessionVersion,
};

/** Accounts that may be used: not disabled, and not a demo visitor's whose time is over. */
export function usableAccount(now: Date | SQL) {
  return and(isNull(users.disabledAt), or(isNull(users.expiresAt), gt(users.expiresAt, now)));
}

const seenEveryMs = 60_000;

/** Opens a session for a device. The caller puts the claims into the cookie. */
export function startSession(
  db: Db,
  args: {
    userId: string;
    sessionVersion: number;
    userAgent: string | null;
    address: string | null;
    now: Date;
  },
): SessionClaims {
  const id = randomId();
  db.insert(sessions)
    .values({
      id,
      userId: args.userId,
      sessionVersion: args.sessionVersion,
      userAgent: args.userAgent?.slice(0, 300) ?? null,
      address: args.address,
      createdAt: args.now,
      lastSeenAt: args.now,
      expiresAt: new Date(args.now.getTime() + sessionSeconds * 1000),
    })
    .run();
  return { sessionId: id, userId: args.userId, sessionVersion: args.sessionVersion };
}

function prepareClaims(db: Db) {
  const now = sql.param(sql.placeholder("now"), sessions.expiresAt);
  return db
    .select({ ...currentUserColumns, lastSeenAt: sessions.lastSeenAt, expiresAt: users.expiresAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sql.placeholder("sessionId")),
        eq(users.id, sql.placeholder("userId")),
        eq(sessions.sessionVersion, sql.placeholder("sessionVersion")),
        eq(users.sessionVersion, sessions.sessionVersion),
        gt(sessions.expiresAt, now),
        usableAccount(sql`${now}`),
      ),
    )
    .prepare();
}

/** Runs with every request: built once per connection, since building it costs more than running. */
const claimsStatements = new WeakMap<Db, ReturnType<typeof prepareClaims>>();

/**
 * Who a cookie's claims belong to, by the database as it is now: the session is there and not too
 * old, the account may be used, and no password was changed since. A demo visitor's account lasts
 * longer by being used.
 */
export function userOfClaims(db: Db, claims: SessionClaims, now: Date): CurrentUser | null {
  const statement = claimsStatements.get(db) ?? prepareClaims(db);
  claimsStatements.set(db, statement);
  const found = statement.get({ ...claims, now });
  if (!found) return null;
  const { lastSeenAt, expiresAt, ...user } = found;
  if (expiresAt) renewVisit(db, { id: user.id, expiresAt }, now);
  const seenBefore = new Date(now.getTime() - seenEveryMs);
  if (lastSeenAt < seenBefore) {
    db.update(sessions)
      .set({ lastSeenAt: now })
      .where(and(eq(sessions.id, claims.sessionId), lt(sessions.lastSeenAt, seenBefore)))
      .run();
  }
  return { ...user, sessionId: claims.sessionId };
}

/** Who a Cookie header belongs to; for route handlers and for Node requests alike. */
export async function userFromCookieHeader(
  db: Db,
  cookieHeader: string | null | undefined,
  now: Date,
): Promise<CurrentUser | null> {
  const token = cookieValue(cookieHeader, sessionCookieName);
  const claims = token ? await openSession(token) : null;
  return claims && userOfClaims(db, claims, now);
}

/** Signs a device out. Only its own user's sessions are reached. */
export function endSession(db: Db, args: { sessionId: string; userId: string }): boolean {
  return (
    db
      .delete(sessions)
      .where(and(eq(sessions.id, args.sessionId), eq(sessions.userId, args.userId)))
      .run().changes > 0
  );
}
