import "server-only";
import { cookies, headers } from "next/headers";
import { languageCookieName, languageCookieSeconds } from "@/lib/web/locale";
import { isHttpsVisitor } from "@/lib/web/origin";
import {
  type SessionClaims,
  sealSession,
  sessionCookie,
  sessionCookieName,
  sessionSeconds,
} from "./session-token";

/** Puts a session into this visitor's cookie: in actions and route handlers. */
export async function giveSessionCookie(claims: SessionClaims): Promise<void> {
  const secure = isHttpsVisitor(await headers());
  const jar = await cookies();
  jar.set(sessionCookieName, await sealSession(claims), {
    ...sessionCookie(secure),
    maxAge: sessionSeconds,
  });
}

/** Takes the session cookie away. */
export async function dropSessionCookie(): Promise<void> {
  (await cookies()).delete(sessionCookieName);
}

/** Keeps the language of pages for this device, or with null forgets it. */
export async function keepDeviceLanguage(locale: string | null): Promise<void> {
  const jar = await cookies();
  if (locale === null) jar.delete(languageCookieName);
  else {
    const secure = isHttpsVisitor(await headers());
    const maxAge = languageCookieSeconds;
    jar.set(languageCookieName, locale, { ...sessionCookie(secure), maxAge });
  }
}
