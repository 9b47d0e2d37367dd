import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, idColumn, json, moment } from "./columns";

export const userRoles = ["admin", "member", "visitor"] as const;
export type UserRole = (typeof userRoles)[number];

/** What an API token may do: read; also add movies; or all that its person may. */
export const tokenScopes = ["read", "add", "admin"] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** How a person wants subtitles to look; names that are missing are the house's look. */
interface StoredSubtitleLook {
  sizePercent?: 75 | 100 | 125 | 150 | 200;
  color?: "white" | "yellow" | "green" | "cyan" | "grey";
  background?: "none" | "shade" | "solid";
  edge?: "none" | "outline" | "shadow";
}

/** What a person chose for their own watching; parsed by lib/users/schema.ts. */
export interface StoredPreferences {
  audioLanguage?: string;
  subtitleLanguage?: string | null;
  /** A language of messages/; null: as the browser. */
  locale?: string | null;
  audioLanguages?: string[];
  subtitleLanguages?: string[];
  subtitlesOn?: boolean;
  subtitleLook?: StoredSubtitleLook;
}

export const users = sqliteTable(
  "users",
  {
    id: idColumn(),
    username: text("username").notNull(),
    passwordHash: text("password_hash"),
    role: text("role", { enum: userRoles }).notNull(),
    /** Raised when a password changes: every session made before ends. */
    sessionVersion: integer("session_version").notNull().default(1),
    mustChangePassword: flag("must_change_password").notNull().default(false),
    disabledAt: moment("disabled_at"),
    /** Set for demo visitors only: when the account is deleted. */
    expiresAt: moment("expires_at"),
    preferences: json<StoredPreferences>("preferences").notNull().default({}),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [uniqueIndex("users_username").on(sql`lower(${table.username})`)],
);

/** One row per signed-in device. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: idColumn(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionVersion: integer("session_version").notNull(),
    userAgent: text("user_agent"),
    address: text("address"),
    createdAt: moment("created_at").notNull(),
    lastSeenAt: moment("last_seen_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

export const apiTokens = sqliteTable("api_tokens", {
  id: idColumn(),
  userId: text("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  name: text("name").notNull(),
  /** SHA-256 of the token, in hex: the token itself is shown once and never stored. */
  tokenHash: text("token_hash").notNull().unique(),
  scope: text("scope", { enum: tokenScopes }).notNull().default("admin"),
  createdAt: moment("created_at").notNull(),
  lastUsedAt: moment("last_used_at"),
  expiresAt: moment("expires_at"),
});

export const invitations = sqliteTable("invitations", {
  id: idColumn(),
  codeHash: text("code_hash").notNull().unique(),
  role: text("role", { enum: userRoles }).notNull(),
  createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  usedAt: moment("used_at"),
  usedBy: text("used_by").references(() => users.id, { onDelete: "set null" }),
});

/** Links with which somebody who lost their password chooses another; each works once. */
export const passwordResets = sqliteTable(
  "password_resets",
  {
    id: idColumn(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** SHA-256 of the code, in hex: the code itself is shown once and never stored. */
    codeHash: text("code_hash").notNull().unique(),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    /** Another link, another password or a shut account came before it was used. */
    replacedAt: moment("replaced_at"),
  },
  (table) => [index("password_resets_user").on(table.userId)],
);

/** Failed sign-ins by account and by address; lib/auth reads it before it looks at a password. */
export const signInFailures = sqliteTable("sign_in_failures", {
  /** `account:<lower-case name>` or `address:<ip>`. */
  key: text("key").primaryKey(),
  failures: integer("failures").notNull(),
  lastFailedAt: moment("last_failed_at").notNull(),
  blockedUntil: moment("blocked_until"),
});
