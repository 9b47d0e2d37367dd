import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { secrets } from "./secrets";

export const sessionCookieName = "vigilio.session";

/** 90 days: how long a device stays signed in. */
export const sessionSeconds = 90 * 24 * 60 * 60;

const sessionClaims = z.object({
  sid: z.string(),
  sub: z.string(),
  ver: z.number().int(),
});

/** What the cookie says; worth nothing until the database agrees (lib/auth/sessions.ts). */
export interface SessionClaims {
  sessionId: string;
  userId: string;
  sessionVersion: number;
}

/** The claims as next-auth's token, encrypted with the session key. */
export function sealSession(claims: SessionClaims): Promise<string> {
  return encode({
    token: { sid: claims.sessionId, sub: claims.userId, ver: claims.sessionVersion },
    secret: secrets().session,
    maxAge: sessionSeconds,
  });
}

/**
 * Cookies that were opened lately. A player sends its cookie with each of hundreds of ranges, and
 * deriving the key and decrypting cost more than the rest of its check. Nothing is trusted longer
 * for it: the database says each time whether the session still holds, and until when.
 */
const opened = new Map<string, { secret: string; claims: SessionClaims }>();
const mostOpened = 200;

/** Reads a cookie's value; null when it is not ours, was tampered with or is too old. */
export async function openSession(token: string): Promise<SessionClaims | null> {
  const secret = secrets().session;
  const known = opened.get(token);
  if (known?.secret === secret) return known.claims;
  try {
    const parsed = sessionClaims.safeParse(await decode({ token, secret }));
    if (!parsed.success) return null;
    const { sid, sub, ver } = parsed.data;
    const claims = { sessionId: sid, userId: sub, sessionVersion: ver };
    const [oldest] = opened.size >= mostOpened ? opened.keys() : [];
    if (oldest !== undefined) opened.delete(oldest);
    opened.set(token, { secret, claims });
    return claims;
  } catch {
    // Any text can stand in a cookie: what cannot be decrypted is nobody's session.
    return null;
  }
}

/** One cookie of a Cookie header (RFC 6265, 4.2.1); undefined when it is absent. */
export function cookieValue(header: string | null | undefined, name: string): string | undefined {
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** Attributes of the session cookie; `secure` when the visitor's address is https. */
export function sessionCookie(secure: boolean) {
  return { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
}

/** The cookie as a Set-Cookie header (RFC 6265, 4.1), where there is no cookie jar at hand. */
export function sessionCookieHeader(sealed: string, secure: boolean): string {
  const attributes = `Path=/; Max-Age=${sessionSeconds}; HttpOnly; SameSite=Lax`;
  return `${sessionCookieName}=${sealed}; ${attributes}${secure ? "; Secure" : ""}`;
}
