import { count, desc, eq, max, ne, sql } from "drizzle-orm";
import { apiTokens, invitations, sessions, users } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import type { Page, PageQuery } from "@/lib/web/page-query";
import type { InvitationView, SessionView, TokenView, UserView } from "./schema";

/** True once somebody owns this server. */
export function hasAdmin(db: Db): boolean {
  return db.select({ id: users.id }).from(users).where(eq(users.role, "admin")).get() !== undefined;
}

/** A user by name, however it is written. */
export function userNamed(db: Db, username: string) {
  return db.select().from(users).where(sql`lower(${users.username}) = lower(${username})`).get();
}

const iso = (at: Date | null) => at?.toISOString() ?? null;

const userColumns = {
  id: users.id,
  username: users.username,
  role: users.role,
  disabledAt: users.disabledAt,
  mustChangePassword: users.mustChangePassword,
  createdAt: users.createdAt,
  lastSeenAt: max(sessions.lastSeenAt),
};

function toUserView(row: {
  id: string;
  username: string;
  role: UserView["role"];
  disabledAt: Date | null;
  mustChangePassword: boolean;
  createdAt: Date;
  lastSeenAt: Date | null;
}): UserView {
  const { disabledAt, createdAt, lastSeenAt, ...rest } = row;
  return {
    ...rest,
    disabled: disabledAt !== null,
    createdAt: createdAt.toISOString(),
    lastSeenAt: iso(lastSeenAt),
  };
}

/** A demo's visitors are nobody's business, and would hide who stays. */
const stays = ne(users.role, "visitor");

/** Everybody with an account, oldest first; without a demo's visitors. */
export function listUsers(db: Db, { page, pageSize }: PageQuery): Page<UserView> {
  const rows = db
    .select(userColumns)
    .from(users)
    .leftJoin(sessions, eq(sessions.userId, users.id))
    .where(stays)
    .groupBy(users.id)
    .orderBy(users.createdAt, users.id)
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  const total = db.select({ total: count() }).from(users).where(stays).get()?.total ?? 0;
  return { items: rows.map(toUserView), page, pageSize, total };
}

/** One account, or undefined. */
export function userOf(db: Db, id: string): UserView | undefined {
  const row = db
    .select(userColumns)
    .from(users)
    .leftJoin(sessions, eq(sessions.userId, users.id))
    .where(eq(users.id, id))
    .groupBy(users.id)
    .get();
  return row && toUserView(row);
}

/** Devices on which a person is signed in, last used first. */
export function listSessions(
  db: Db,
  args: { userId: string; currentSessionId: string | null; now: Date },
): SessionView[] {
  return db
    .select({ session: sessions })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      sql`${sessions.userId} = ${args.userId} and ${sessions.sessionVersion} = ${users.sessionVersion} and ${sessions.expiresAt} > ${args.now.getTime()}`,
    )
    .orderBy(desc(sessions.lastSeenAt))
    .all()
    .map(({ session }) => ({
      id: session.id,
      userAgent: session.userAgent,
      address: session.address,
      createdAt: session.createdAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
      isCurrent: session.id === args.currentSessionId,
    }));
}

const invitationsWithNames = (db: Db) =>
  db
    .select({ invitation: invitations, usedBy: users.username })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.usedBy));

function toInvitationView(
  { id, role, createdAt, expiresAt, usedAt }: typeof invitations.$inferSelect,
  usedBy: string | null,
): InvitationView {
  return {
    ...{ id, role, usedBy },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: iso(usedAt),
  };
}

/** One invitation, or undefined. */
export function invitationOf(db: Db, id: string): InvitationView | undefined {
  const row = invitationsWithNames(db).where(eq(invitations.id, id)).get();
  return row && toInvitationView(row.invitation, row.usedBy);
}

/** Invitations, newest first; used and expired ones too. */
export function listInvitations(db: Db, { page, pageSize }: PageQuery): Page<InvitationView> {
  const rows = invitationsWithNames(db)
    .orderBy(desc(invitations.createdAt))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  return {
    items: rows.map(({ invitation, usedBy }) => toInvitationView(invitation, usedBy)),
    page,
    pageSize,
    total: db.select({ total: count() }).from(invitations).get()?.total ?? 0,
  };
}

function toTokenView(token: typeof apiTokens.$inferSelect, username: string): TokenView {
  const { id, name, scope } = token;
  return {
    ...{ id, name, scope, username },
    createdAt: token.createdAt.toISOString(),
    lastUsedAt: iso(token.lastUsedAt),
    expiresAt: iso(token.expiresAt),
  };
}

const tokensWithNames = (db: Db) =>
  db
    .select({ token: apiTokens, username: users.username })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId));

/** One API token, or undefined. */
export function tokenOf(db: Db, id: string): TokenView | undefined {
  const row = tokensWithNames(db).where(eq(apiTokens.id, id)).get();
  return row && toTokenView(row.token, row.username);
}

/** API tokens of everybody, newest first; never the tokens themselves, which nobody has. */
export function listTokens(db: Db, { page, pageSize }: PageQuery): Page<TokenView> {
  const rows = tokensWithNames(db)
    .orderBy(desc(apiTokens.createdAt))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  return {
    items: rows.map(({ token, username }) => toTokenView(token, username)),
    page,
    pageSize,
    total: db.select({ total: count() }).from(apiTokens).get()?.total ?? 0,
  };
}
