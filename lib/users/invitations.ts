import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import { invitations, type UserRole } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { createUser } from "./mutations";

const dayMs = 86_400_000;

function hashOf(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}

function openInvitation(db: Db, code: string, now: Date) {
  return db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.codeHash, hashOf(code)),
        isNull(invitations.usedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .get();
}

/** Makes an invitation. The code is returned once; only its hash is kept. */
export function createInvitation(
  db: Db,
  args: { role: Exclude<UserRole, "visitor">; days: number; createdBy: string | null; now: Date },
): { id: string; code: string; expiresAt: Date } {
  const id = randomId();
  const code = randomBytes(18).toString("base64url");
  const expiresAt = new Date(args.now.getTime() + args.days * dayMs);
  db.insert(invitations)
    .values({
      id,
      codeHash: hashOf(code),
      role: args.role,
      createdBy: args.createdBy,
      createdAt: args.now,
      expiresAt,
    })
    .run();
  return { id, code, expiresAt };
}

/**
 * Changes what an invitation is for, or how long it is still good, without another link.
 *
 * @throws AppError 404, or 409 when it was used.
 */
export function updateInvitation(
  db: Db,
  args: {
    id: string;
    role?: Exclude<UserRole, "visitor"> | undefined;
    days?: number | undefined;
    now: Date;
  },
): void {
  db.transaction((tx) => {
    const invitation = tx.select().from(invitations).where(eq(invitations.id, args.id)).get();
    if (!invitation) throw new AppError("not-found", { status: 404 });
    if (invitation.usedAt) throw new AppError("invitation-used", { status: 409 });
    tx.update(invitations)
      .set({
        role: args.role ?? invitation.role,
        expiresAt: args.days
          ? new Date(args.now.getTime() + args.days * dayMs)
          : invitation.expiresAt,
      })
      .where(eq(invitations.id, invitation.id))
      .run();
  });
}

/** Takes an invitation back. @throws AppError 404. */
export function deleteInvitation(db: Db, args: { id: string }): void {
  const { changes } = db.delete(invitations).where(eq(invitations.id, args.id)).run();
  if (changes === 0) throw new AppError("not-found", { status: 404 });
}

/** True while somebody can still use the code. */
export function isInvitationOpen(db: Db, code: string, now: Date): boolean {
  return openInvitation(db, code, now) !== undefined;
}

/**
 * Makes the account that an invitation is for, and uses it up, in one step.
 *
 * @throws AppError 409 when it was used, taken back or is too old; 422 when the name is taken.
 */
export function acceptInvitation(
  db: Db,
  args: { code: string; username: string; passwordHash: string; now: Date },
): { id: string; sessionVersion: number } {
  return db.transaction((tx) => {
    const invitation = openInvitation(tx, args.code, args.now);
    if (!invitation || invitation.role === "visitor") {
      throw new AppError("invitation-over", { status: 409 });
    }
    const made = createUser(tx, {
      username: args.username,
      passwordHash: args.passwordHash,
      role: invitation.role,
      now: args.now,
    });
    tx.update(invitations)
      .set({ usedAt: args.now, usedBy: made.id })
      .where(eq(invitations.id, invitation.id))
      .run();
    return made;
  });
}
