import { createHash, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { apiTokens, type TokenScope } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";

/**
 * Makes an API token for its owner, who it acts as: in all that they may do, unless its scope is
 * smaller. It is returned once; its hash is kept.
 */
export function createApiToken(
  db: Db,
  args: { userId: string; name: string; scope?: TokenScope; days: number | null; now: Date },
): { id: string; token: string; expiresAt: Date | null } {
  const id = randomId();
  // A prefix of its own, so that scanners of published code recognise it.
  const token = `vigilio_${randomBytes(32).toString("base64url")}`;
  const expiresAt = args.days ? new Date(args.now.getTime() + args.days * 86_400_000) : null;
  db.insert(apiTokens)
    .values({
      id,
      userId: args.userId,
      name: args.name,
      scope: args.scope ?? "admin",
      tokenHash: createHash("sha256").update(token).digest("hex"),
      createdAt: args.now,
      expiresAt,
    })
    .run();
  return { id, token, expiresAt };
}

/** Changes what a token is called or may do; it stays the same token. @throws AppError 404. */
export function updateApiToken(
  db: Db,
  args: { id: string; name?: string | undefined; scope?: TokenScope | undefined },
): void {
  const token = db.select().from(apiTokens).where(eq(apiTokens.id, args.id)).get();
  if (!token) throw new AppError("not-found", { status: 404 });
  db.update(apiTokens)
    .set({ name: args.name ?? token.name, scope: args.scope ?? token.scope })
    .where(eq(apiTokens.id, token.id))
    .run();
}

/** Removes a token: what uses it is refused from now on. @throws AppError 404. */
export function deleteApiToken(db: Db, args: { id: string }): void {
  const { changes } = db.delete(apiTokens).where(eq(apiTokens.id, args.id)).run();
  if (changes === 0) throw new AppError("not-found", { status: 404 });
}
