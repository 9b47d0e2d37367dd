import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { currentUser, requireUser } from "@/lib/auth/current-user";
import { secrets } from "@/lib/auth/secrets";
import { addressKey } from "@/lib/auth/throttle";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { isDemo, settingOf } from "@/lib/settings/data";
import { hasAdmin } from "@/lib/users/data";
import { peerAddress } from "@/lib/web/peer";
import { pageLocale, reasonText } from "@/lib/web/words";
import { arrivalOf } from "./arrivals";
import { bannerCookieName, visitHours } from "./visit";
import { whyNoVisit } from "./visitors";

/** Whom the banner of a demo is for; null where there is no demo, or it was closed. */
export async function loadDemoBanner(): Promise<{
  audience: "visitor" | "member" | "admin";
  visitHours: number;
} | null> {
  const [user, jar] = await Promise.all([currentUser(), cookies()]);
  if (jar.has(bannerCookieName) || !isDemo(database(), env())) return null;
  return { audience: user?.role ?? "visitor", visitHours };
}

/** For the page before a demo, which is for everybody: sends on who has no business there. */
export async function loadDemoDoor(): Promise<{
  /** In words; null when an account is to be had. */
  refusal: string | null;
  visitHours: number;
  canSignIn: boolean;
}> {
  const user = await currentUser();
  const db = database();
  if (user || !isDemo(db, env())) redirect("/");
  const address = addressKey(peerAddress(await headers()) ?? "");
  const arrivedFrom = arrivalOf(secrets().visit, address);
  const refusal = whyNoVisit(db, { arrivedFrom, now: new Date() });
  return {
    refusal: refusal && reasonText(refusal.reason, await pageLocale()),
    visitHours,
    canSignIn: hasAdmin(db),
  };
}

/** Whether what changes something is offered at all: in a demo it would be refused. */
export async function loadMayChange(): Promise<boolean> {
  await requireUser();
  return !isDemo(database(), env());
}

/** For the page that strangers see first, where the owner wants one. */
export async function loadLanding(): Promise<{ isDemo: boolean; canSignIn: boolean }> {
  const user = await currentUser();
  const db = database();
  if (user) redirect("/");
  const isOfDemo = isDemo(db, env());
  const isOwned = hasAdmin(db);
  if (!isOfDemo && !isOwned) redirect("/setup");
  if (!settingOf(db, env(), "landingPage")) redirect("/");
  return { isDemo: isOfDemo, canSignIn: isOwned };
}
