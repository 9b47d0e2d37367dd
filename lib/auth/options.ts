import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { database } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { signInInput } from "@/lib/users/schema";
import { peerAddress } from "@/lib/web/peer";
import { secrets } from "./secrets";
import { sessionCookie, sessionCookieName, sessionSeconds } from "./session-token";
import { endSession, userOfClaims } from "./sessions";
import { signIn } from "./sign-in";

const log = logFor("auth");

interface SessionToken {
  sid?: unknown;
  sub?: unknown;
  ver?: unknown;
}

function claimsOf(token: SessionToken) {
  const { sid, sub, ver } = token;
  if (typeof sid !== "string" || typeof sub !== "string" || typeof ver !== "number") return null;
  return { sessionId: sid, userId: sub, sessionVersion: ver };
}

/** What `authorize` hands to the `jwt` callback. */
interface SignedIn {
  id: string;
  sid: string;
  ver: number;
}

/**
 * next-auth's endpoints (/api/auth/…), on the same sign-in, cookie and session rows as the pages.
 *
 * @param secure whether the visitor came by https.
 */
export function authOptions(secure: boolean): NextAuthOptions {
  return {
    secret: secrets().session,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: secure,
    cookies: { sessionToken: { name: sessionCookieName, options: sessionCookie(secure) } },
    providers: [
      Credentials({
        credentials: { username: {}, password: { type: "password" } },
        async authorize(credentials, request): Promise<SignedIn | null> {
          const parsed = signInInput.safeParse(credentials);
          if (!parsed.success) return null;
          const sent = new Headers(request.headers as Record<string, string>);
          try {
            const claims = await signIn(database(), {
              username: parsed.data.username,
              password: parsed.data.password,
              address: peerAddress(sent),
              userAgent: sent.get("user-agent"),
              now: new Date(),
            });
            return { id: claims.userId, sid: claims.sessionId, ver: claims.sessionVersion };
          } catch (error) {
            // next-auth shows the message in an address: a code is all that may stand there.
            if (error instanceof AppError) throw new Error(error.reason.code);
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (user) {
          const { id, sid, ver } = user as SignedIn;
          return { sub: id, sid, ver };
        }
        const claims = claimsOf(token);
        if (!claims || !userOfClaims(database(), claims, new Date())) {
          throw new Error("the session has ended");
        }
        return token;
      },
      session({ session, token }) {
        const claims = claimsOf(token);
        const user = claims && userOfClaims(database(), claims, new Date());
        return user ? { ...session, user: { name: user.username } } : { expires: session.expires };
      },
    },
    events: {
      signOut({ token }) {
        const claims = claimsOf(token);
        if (claims) endSession(database(), claims);
      },
    },
    logger: {
      error: (code) => log.warn({ code }, "next-auth"),
      warn: (code) => log.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}
