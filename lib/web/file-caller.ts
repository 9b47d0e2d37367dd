import { userFromCookieHeader } from "@/lib/auth/sessions";
import { verifyTicket } from "@/lib/auth/tickets";
import { bearerToken, type Caller, callerOfToken } from "@/lib/auth/tokens";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** What a request for a file brings along to say whose it is. */
export interface FileCredentials {
  authorization: string | null | undefined;
  cookie: string | null | undefined;
  /** `?ticket=`, and what it has to be for. */
  ticket?: { value: string; subject: string } | undefined;
}

/**
 * Who asks for a file outside /api: the bearer of a token, a signed-in device, or the holder of a
 * ticket for this file. A wrong token is refused even beside a good cookie.
 *
 * @throws AppError 401 for anyone else, 403 for who has to change their password first.
 */
export async function fileCaller(
  db: Db,
  credentials: FileCredentials,
  { env, now }: { env: Env; now: Date },
): Promise<Caller> {
  const caller = await callerOf(db, credentials, env, now);
  if (!caller) throw new AppError("sign-in-needed", { status: 401 });
  if (caller.mustChangePassword) throw new AppError("password-change-needed", { status: 403 });
  return caller;
}

async function callerOf(
  db: Db,
  { authorization, cookie, ticket }: FileCredentials,
  env: Env,
  now: Date,
): Promise<Caller | null> {
  // A reverse proxy's own password prompt adds "Basic": that is none of ours.
  if (authorization && !/^basic /i.test(authorization)) {
    const token = bearerToken(authorization);
    const environmentToken = env.values.VIGILIO_API_TOKEN;
    const caller = token ? callerOfToken(db, { token, environmentToken, now }) : null;
    if (!caller) throw new AppError("token-refused", { status: 401 });
    return caller;
  }
  const user = await userFromCookieHeader(db, cookie, now);
  if (user || !ticket) return user;
  return verifyTicket(db, { ticket: ticket.value, subject: ticket.subject, now });
}
