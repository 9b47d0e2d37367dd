import { z } from "zod";
import { tokenScopes, userRoles } from "@/db/schema/people";

/** Same letters, same account: composed form, as the environment's variable allows them. */
const usernameInput = z
  .string()
  .trim()
  .normalize("NFC")
  .min(1)
  .max(40)
  .regex(/^[\p{L}\p{N}._@-]+$/u, "username-malformed");

/** A new password: length is what counts (NIST SP 800-63B, 5.1.1.2). */
const newPasswordInput = z.string().min(8).max(200);

/** A password that somebody claims to have: any text, but not a novel. */
const passwordInput = z.string().min(1).max(1000);

export const signInInput = z.object({
  username: z.string().trim().normalize("NFC").min(1).max(100),
  password: passwordInput,
  next: z.string().max(2000).optional(),
});

export const setupInput = z.object({
  username: usernameInput,
  password: newPasswordInput,
  code: z.string().trim().max(100).optional(),
});

export const invitationAcceptInput = z.object({
  code: z.string().max(100),
  username: usernameInput,
  password: newPasswordInput,
});

export const passwordResetInput = z.object({
  code: z.string().max(100),
  password: newPasswordInput,
});

export const passwordChangeInput = z.object({
  currentPassword: passwordInput,
  newPassword: newPasswordInput,
});

/** Roles that a person can be given; visitors are made by demo mode alone. */
const assignableRole = z.enum(["admin", "member"]);

export const userCreateInput = z.object({
  username: usernameInput,
  password: newPasswordInput,
  role: assignableRole.default("member"),
  mustChangePassword: z.boolean().default(true),
});

export const userUpdateInput = z
  .object({
    role: assignableRole,
    disabled: z.boolean(),
    /** A new password, to be changed at the next sign-in. */
    password: newPasswordInput,
  })
  .partial();

/** More than anybody understands. */
export const mostLanguages = 8;

const rowId = z.string().regex(/^[0-9a-f]{16}$/);

const language = z.string().max(35);
const languagesInput = z.array(language).max(mostLanguages);

/** How subtitles look to a person; names that are missing are the house's look. */
export const subtitleLook = z
  .object({
    sizePercent: z.literal([75, 100, 125, 150, 200]),
    color: z.enum(["white", "yellow", "green", "cyan", "grey"]),
    background: z.enum(["none", "shade", "solid"]),
    edge: z.enum(["none", "outline", "shadow"]),
  })
  .partial();
export type SubtitleLook = z.output<typeof subtitleLook>;

export const preferencesInput = z
  .object({
    audioLanguage: z.string().max(35),
    subtitleLanguage: z.string().max(35).nullable(),
    locale: z.string().max(35).nullable(),
    audioLanguages: languagesInput.describe("BCP 47, liked best first"),
    subtitleLanguages: languagesInput.describe("BCP 47, liked best first"),
    subtitlesOn: z.boolean().describe("false: none but forced ones by themselves"),
    subtitleLook: subtitleLook,
  })
  .partial();

export type Preferences = z.output<typeof preferencesInput>;

const taste = z.array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)).max(mostLanguages);

/** What a person sets on the page of their account. */
export const tasteInput = z.object({ audioLanguages: taste, subtitleLanguages: taste }).partial();

/** A pick of sound and subtitle for one movie; what is not sent stays as it was. */
export const trackChoice = z.object({
  audio: z.object({ language, label: z.string().max(200) }).optional(),
  subtitle: z
    .object({
      id: rowId,
      language,
      forced: z.boolean(),
      hearingImpaired: z.boolean(),
    })
    .nullable()
    .optional()
    .describe("null: none"),
});
export type TrackChoice = z.output<typeof trackChoice>;

export const idParams = z.object({ id: rowId });

/** A language of messages/; empty where the browser is to decide. */
export const languageInput = z.object({ locale: z.string().max(35) });

export const userView = z.object({
  id: z.string(),
  username: z.string(),
  role: z.enum(userRoles),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable(),
});
export type UserView = z.output<typeof userView>;

export const ownView = z.object({
  id: z.string(),
  username: z.string(),
  role: z.enum(userRoles),
  mustChangePassword: z.boolean(),
  preferences: preferencesInput,
});

export const sessionView = z.object({
  id: z.string(),
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  isCurrent: z.boolean(),
});
export type SessionView = z.output<typeof sessionView>;

export const invitationCreateInput = z.object({
  role: assignableRole.default("member"),
  days: z.number().int().min(1).max(30).default(7),
});

export const invitationUpdateInput = z
  .object({
    role: assignableRole,
    days: z.number().int().min(1).max(30).describe("from now on"),
  })
  .partial();

export const invitationView = z.object({
  id: z.string(),
  role: z.enum(userRoles),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable(),
  usedBy: z.string().nullable().describe("user name"),
});
export type InvitationView = z.output<typeof invitationView>;

/** The code is shown once: the link is `/invitation/<code>`. */
export const invitationMade = invitationView.extend({ code: z.string(), path: z.string() });

/** The code is shown once: the link is `/reset/<code>`. */
export const resetLinkMade = z.object({
  username: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  code: z.string(),
  path: z.string(),
});

const tokenName = z.string().trim().min(1).max(80);
const tokenScope = z
  .enum(tokenScopes)
  .describe("read: every GET; add: also searching, adding and asking for movies; admin: all");

export const tokenUpdateInput = z.object({ name: tokenName, scope: tokenScope }).partial();

export const tokenCreateInput = z.object({
  name: tokenName,
  /** Never more than its person may, whatever it says. */
  scope: tokenScope.default("admin"),
  /** Absent or null: until it is removed. */
  days: z.number().int().min(1).max(3650).nullable().optional(),
});

export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(tokenScopes),
  username: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
});
export type TokenView = z.output<typeof tokenView>;
export type TokenScope = TokenView["scope"];

/** The token itself is shown once. */
export const tokenMade = tokenView.extend({ token: z.string() });
