import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { passwordResets, users } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";

/** Long enough for a message to be read, too short to be found again in an old one. */
const validMs = 24 * 3_600_000;

function hashOf(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}

/** What a link for a new password is good for, and why for nothing. */
export type ResetLinkState = "open" | "used" | "late" | "replaced" | "unknown";

function linkOf(db: Db, code: string) {
  return db
    .select({ link: passwordResets, username: users.username, disabledAt: users.disabledAt })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(eq(passwordResets.codeHash, hashOf(code)))
    .get();
}

function stateOf(found: ReturnType<typeof linkOf>, now: Date): ResetLinkState {
  if (!found || found.disabledAt) return "unknown";
  const { usedAt, replacedAt, expiresAt } = found.link;
  if (usedAt) return "used";
  if (replacedAt) return "replaced";
  return expiresAt > now ? "open" : "late";
}

/** How a link stands, and whose password it is for while it can be used. */
export function resetLinkState(
  db: Db,
  code: string,
  now: Date,
): { state: ResetLinkState; username: string | null } {
  const found = linkOf(db, code);
  const state = stateOf(found, now);
  return { state, username: state === "open" ? (found?.username ?? null) : null };
}

/** Ends a person's open links. @returns whether there were any. */
export function endResetLinks(db: Db, { userId, now }: { userId: string; now: Date }): boolean {
  const open = and(
    eq(passwordResets.userId, userId),
    isNull(passwordResets.usedAt),
    isNull(passwordResets.replacedAt),
  );
  return db.update(passwordResets).set({ replacedAt: now }).where(open).run().changes > 0;
}

/**
 * Makes a link with which a person chooses a new password, once and within a day; one that was made
 * before ends. The code is returned once, its hash is kept. The old password works until then.
 *
 * @throws AppError 404 for nobody, 409 for somebody who is shut out.
 */
export function createResetLink(
  db: Db,
  args: { userId: string; createdBy: string | null; now: Date },
): { username: string; code: string; expiresAt: Date } {
  const code = randomBytes(18).toString("base64url");
  const expiresAt = new Date(args.now.getTime() + validMs);
  return db.transaction((tx) => {
    const user = tx.select().from(users).where(eq(users.id, args.userId)).get();
    if (!user || user.role === "visitor") throw new AppError("not-found", { status: 404 });
    if (user.disabledAt) throw new AppError("reset-shut-out", { status: 409 });
    endResetLinks(tx, args);
    tx.insert(passwordResets)
      .values({
        id: randomId(),
        userId: user.id,
        codeHash: hashOf(code),
        createdBy: args.createdBy,
        createdAt: args.now,
        expiresAt,
      })
      .run();
    return { username: user.username, code, expiresAt };
  });
}

/** Whose link it is, and that it is used up now. @throws AppError 409 that says why it is not open. */
export function spendResetLink(
  db: Db,
  { code, now }: { code: string; now: Date },
): { userId: string; username: string } {
  const found = linkOf(db, code);
  const state = stateOf(found, now);
  if (!found || state !== "open") throw resetOver(state);
  db.update(passwordResets).set({ usedAt: now }).where(eq(passwordResets.id, found.link.id)).run();
  return { userId: found.link.userId, username: found.username };
}

/** Why a link can't be used. */
export function resetOver(state: ResetLinkState): AppError {
  if (state === "used") return new AppError("reset-used", { status: 409 });
  if (state === "late") return new AppError("reset-late", { status: 409 });
  if (state === "replaced") return new AppError("reset-replaced", { status: 409 });
  return new AppError("reset-unknown", { status: 409 });
}
