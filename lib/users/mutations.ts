import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { type StoredPreferences, sessions, type UserRole, users } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { AppError, fieldError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { hasAdmin, userNamed } from "./data";
import { endResetLinks, spendResetLink } from "./reset-links";
import { dropSetupCode } from "./setup-code";

/** Makes an account. @throws AppError 422 when the name is taken. */
export function createUser(
  db: Db,
  args: {
    username: string;
    passwordHash: string;
    role: Exclude<UserRole, "visitor">;
    mustChangePassword?: boolean;
    now: Date;
  },
): { id: string; sessionVersion: number } {
  return db.transaction((tx) => {
    if (userNamed(tx, args.username)) throw fieldError("username", "username-taken");
    const id = randomId();
    tx.insert(users)
      .values({
        id,
        username: args.username,
        passwordHash: args.passwordHash,
        role: args.role,
        mustChangePassword: args.mustChangePassword ?? false,
        createdAt: args.now,
      })
      .run();
    return { id, sessionVersion: 1 };
  });
}

/**
 * Makes the account that owns this server; of two visitors at once one gets it.
 *
 * @throws AppError 409 when there is an admin already.
 */
export function createFirstAdmin(
  db: Db,
  args: { username: string; passwordHash: string; now: Date },
): { id: string; sessionVersion: number } {
  return db.transaction((tx) => {
    if (hasAdmin(tx)) throw new AppError("setup-already-done", { status: 409 });
    const made = createUser(tx, { ...args, role: "admin" });
    dropSetupCode(tx);
    return made;
  });
}

/** Refuses what would leave nobody in charge. Inside the transaction of the change. */
function keepAnAdmin(db: Db, exceptId: string): void {
  const other = db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), isNull(users.disabledAt), ne(users.id, exceptId)))
    .get();
  if (!other) throw new AppError("last-admin", { status: 409 });
}

/** Ends every session and ticket of a person by raising the version that they carry. */
function endSessions(db: Db, userId: string): void {
  db.update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId))
    .run();
  db.delete(sessions).where(eq(sessions.userId, userId)).run();
}

/**
 * Changes somebody's role, shuts them out or lets them in again, or gives them a new password, which
 * they have to change. Whoever loses rights is signed out everywhere.
 *
 * @throws AppError 404, or 409 for the last admin.
 */
export function updateUser(
  db: Db,
  args: {
    id: string;
    role?: Exclude<UserRole, "visitor"> | undefined;
    disabled?: boolean | undefined;
    passwordHash?: string | undefined;
    now: Date;
  },
): void {
  db.transaction((tx) => {
    const user = tx.select().from(users).where(eq(users.id, args.id)).get();
    if (!user) throw new AppError("not-found", { status: 404 });
    const demotes = user.role === "admin" && args.role === "member";
    if (user.role === "admin" && (demotes || args.disabled)) keepAnAdmin(tx, user.id);
    tx.update(users)
      .set({
        role: args.role ?? user.role,
        disabledAt: args.disabled === undefined ? user.disabledAt : args.disabled ? args.now : null,
        ...(args.passwordHash ? { passwordHash: args.passwordHash, mustChangePassword: true } : {}),
      })
      .where(eq(users.id, user.id))
      .run();
    if (demotes || args.disabled || args.passwordHash) endSessions(tx, user.id);
    if (args.disabled || args.passwordHash) endResetLinks(tx, { userId: user.id, now: args.now });
  });
}

/**
 * Sets the password that somebody chose by a link, which is used up; they are signed out everywhere.
 *
 * @throws AppError 409 that says why the link is not open.
 */
export function resetPassword(
  db: Db,
  args: { code: string; passwordHash: string; now: Date },
): { id: string; username: string; sessionVersion: number } {
  return db.transaction((tx) => {
    const { userId, username } = spendResetLink(tx, args);
    endSessions(tx, userId);
    const changed = tx
      .update(users)
      .set({ passwordHash: args.passwordHash, mustChangePassword: false })
      .where(eq(users.id, userId))
      .returning({ sessionVersion: users.sessionVersion })
      .get();
    if (!changed) throw new AppError("not-found", { status: 404 });
    return { id: userId, username, ...changed };
  });
}

/** Deletes an account with its lists and history. @throws AppError 404, or 409 for the last admin. */
export function deleteUser(db: Db, args: { id: string }): void {
  db.transaction((tx) => {
    const user = tx.select().from(users).where(eq(users.id, args.id)).get();
    if (!user) throw new AppError("not-found", { status: 404 });
    if (user.role === "admin") keepAnAdmin(tx, user.id);
    tx.delete(users).where(eq(users.id, user.id)).run();
  });
}

/**
 * Sets a person's own new password and ends their other sessions. The device that changed it keeps
 * its session, which gets the new version.
 *
 * @returns the new session version, for that device's cookie.
 */
export function changePassword(
  db: Db,
  args: { userId: string; passwordHash: string; keepSessionId: string | null; now: Date },
): { sessionVersion: number } {
  return db.transaction((tx) => {
    const changed = tx
      .update(users)
      .set({
        passwordHash: args.passwordHash,
        mustChangePassword: false,
        sessionVersion: sql`${users.sessionVersion} + 1`,
      })
      .where(eq(users.id, args.userId))
      .returning({ sessionVersion: users.sessionVersion })
      .get();
    if (!changed) throw new AppError("not-found", { status: 404 });
    keepOneSession(tx, args.userId, args.keepSessionId, changed.sessionVersion);
    endResetLinks(tx, args);
    return changed;
  });
}

function keepOneSession(db: Db, userId: string, keepId: string | null, version: number): void {
  db.delete(sessions)
    .where(and(eq(sessions.userId, userId), keepId ? ne(sessions.id, keepId) : undefined))
    .run();
  db.update(sessions).set({ sessionVersion: version }).where(eq(sessions.userId, userId)).run();
}

/** Signs a person out on every device but `keepSessionId`. @returns the new session version. */
export function signOutEverywhere(
  db: Db,
  args: { userId: string; keepSessionId: string | null },
): { sessionVersion: number } {
  return db.transaction((tx) => {
    const changed = tx
      .update(users)
      .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, args.userId))
      .returning({ sessionVersion: users.sessionVersion })
      .get();
    if (!changed) throw new AppError("not-found", { status: 404 });
    keepOneSession(tx, args.userId, args.keepSessionId, changed.sessionVersion);
    return changed;
  });
}

/** Saves what a person chose for their own watching; names that are not given stay. */
export function savePreferences(
  db: Db,
  args: { userId: string; preferences: StoredPreferences },
): StoredPreferences {
  return db.transaction((tx) => {
    const row = tx.select().from(users).where(eq(users.id, args.userId)).get();
    if (!row) throw new AppError("not-found", { status: 404 });
    const preferences = { ...row.preferences, ...args.preferences };
    tx.update(users).set({ preferences }).where(eq(users.id, args.userId)).run();
    return preferences;
  });
}
