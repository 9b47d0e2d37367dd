import { createHmac, timingSafeEqual } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { users } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { secrets } from "./secrets";
import { type CurrentUser, currentUserColumns, usableAccount } from "./sessions";

const ticketLifeMs = 12 * 60 * 60 * 1000;

/** When a ticket that is signed now ends, to the second. */
export function ticketExpiry(now: Date): Date {
  return new Date(Math.floor((now.getTime() + ticketLifeMs) / 1000) * 1000);
}

function signature(parts: { expires: string; userId: string; version: number; subject: string }) {
  return createHmac("sha256", secrets().ticket)
    .update(JSON.stringify([parts.expires, parts.userId, parts.version, parts.subject]))
    .digest("base64url");
}

/**
 * A ticket for players that hold no cookie: AirPlay, another player, a download. It opens one file
 * for 12 hours and ends with the sessions of its owner.
 *
 * @param args.subject what it opens: a version's file name (its stream, tracks and previews) or
 *   `subtitles/<id>`.
 */
export function signTicket(args: {
  subject: string;
  userId: string;
  sessionVersion: number;
  now: Date;
}): string {
  const expires = (ticketExpiry(args.now).getTime() / 1000).toString(36);
  const { userId, sessionVersion: version, subject } = args;
  return [expires, userId, version, signature({ expires, userId, version, subject })].join(".");
}

/** Whose ticket it is; null when it is not ours, for something else, too old or revoked. */
export function verifyTicket(
  db: Db,
  args: { ticket: string; subject: string; now: Date },
): CurrentUser | null {
  const parts = /^([0-9a-z]{1,9})\.([0-9a-f]{16})\.(\d{1,9})\.([\w-]{43})$/.exec(args.ticket);
  if (!parts) return null;
  const [, expires = "", userId = "", versionText = "", given = ""] = parts;
  const version = Number(versionText);
  const right = signature({ expires, userId, version, subject: args.subject });
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(right))) return null;
  if (Number.parseInt(expires, 36) * 1000 <= args.now.getTime()) return null;
  const user = db
    .select(currentUserColumns)
    .from(users)
    .where(and(eq(users.id, userId), eq(users.sessionVersion, version), usableAccount(args.now)))
    .get();
  return user ? { ...user, sessionId: null } : null;
}
