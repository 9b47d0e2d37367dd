import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { database } from "@/lib/db";
import { visitPath } from "@/lib/demo/visit";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isDemo, settingOf } from "@/lib/settings/data";
import { hasAdmin } from "@/lib/users/data";
import { safePath } from "@/lib/web/origin";
import { openSession, sessionCookieName } from "./session-token";
import { type CurrentUser, userOfClaims } from "./sessions";

/** Who asks, or null: for server components and actions, read once per request. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const token = (await cookies()).get(sessionCookieName)?.value;
  const claims = token ? await openSession(token) : null;
  return claims && userOfClaims(database(), claims, new Date());
});

/** Where somebody who is not signed in goes on, to come back to `path` afterwards. */
function wayIn(path: string): string {
  const db = database();
  const mayVisit = isDemo(db, env());
  // In a demo nothing can be set up, and who looks around needs no owner.
  if (!mayVisit && !hasAdmin(db)) return "/setup";
  if (/^\/($|\?)/.test(path) && settingOf(db, env(), "landingPage")) return "/welcome";
  if (mayVisit) return visitPath(path);
  return path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`;
}

/**
 * Who asks. A stranger is sent to setup while nobody owns this server, else to sign-in and then
 * back; in a demo to get an account for some hours. Somebody with a password that others know is
 * sent to change it.
 */
export async function requireUser(): Promise<CurrentUser> {
  const user = await currentUser();
  if (!user) redirect(wayIn(safePath((await headers()).get("x-vigilio-path"))));
  if (user.mustChangePassword) redirect("/password");
  return user;
}

/** An admin. A member sees that the page is not theirs; a visitor signs in first. */
export async function requireAdmin(): Promise<CurrentUser> {
  const user = await requireUser();
  if (user.role !== "admin") throw new AppError("admins-only", { status: 403 });
  return user;
}
