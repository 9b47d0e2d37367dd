import { createHash, timingSafeEqual } from "node:crypto";
import { and, asc, eq, gt, isNull, lt, or } from "drizzle-orm";
import { apiTokens, type TokenScope, users } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { type CurrentUser, currentUserColumns, usableAccount } from "./sessions";

/**
 * Who a call comes from. `id` is null for one case alone: the token of the environment while there
 * is no admin yet whose account it could use.
 */
export type Caller = Omit<CurrentUser, "id"> & {
  id: string | null;
  /** What the token may do that it comes with; a device that is signed in may all its person may. */
  scope?: TokenScope;
};

const usedEveryMs = 60_000;

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** The token of an Authorization header (RFC 6750, 2.1); undefined when there is none. */
export function bearerToken(header: string | null | undefined): string | undefined {
  return /^Bearer +([\w.~+/=-]{1,512})$/i.exec(header ?? "")?.[1];
}

function firstAdmin(db: Db, now: Date): CurrentUser | undefined {
  const user = db
    .select(currentUserColumns)
    .from(users)
    .where(and(eq(users.role, "admin"), usableAccount(now)))
    .orderBy(asc(users.createdAt), asc(users.id))
    .get();
  return user && { ...user, sessionId: null };
}

/**
 * Who a bearer token belongs to; null when nobody's. The environment's token acts as the first
 * admin, others as the person who made them. Compared by SHA-256, in constant time.
 */
export function callerOfToken(
  db: Db,
  args: { token: string; environmentToken: string | undefined; now: Date },
): Caller | null {
  const hash = sha256(args.token);
  if (args.environmentToken && timingSafeEqual(hash, sha256(args.environmentToken))) {
    return {
      ...(firstAdmin(db, args.now) ?? {
        id: null,
        username: "environment",
        role: "admin",
        mustChangePassword: false,
        preferences: {},
        sessionVersion: 0,
        sessionId: null,
      }),
      scope: "admin",
    };
  }
  const found = db
    .select({ ...currentUserColumns, tokenId: apiTokens.id, scope: apiTokens.scope })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(
        eq(apiTokens.tokenHash, hash.toString("hex")),
        or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, args.now)),
        usableAccount(args.now),
      ),
    )
    .get();
  if (!found) return null;
  const { tokenId, ...user } = found;
  const usedBefore = new Date(args.now.getTime() - usedEveryMs);
  db.update(apiTokens)
    .set({ lastUsedAt: args.now })
    .where(
      and(
        eq(apiTokens.id, tokenId),
        or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, usedBefore)),
      ),
    )
    .run();
  return { ...user, sessionId: null };
}
