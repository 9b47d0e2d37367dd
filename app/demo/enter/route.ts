import { secrets } from "@/lib/auth/secrets";
import {
  cookieValue,
  sealSession,
  sessionCookie,
  sessionCookieHeader,
} from "@/lib/auth/session-token";
import { startSession } from "@/lib/auth/sessions";
import { addressKey } from "@/lib/auth/throttle";
import { arrivalOf } from "@/lib/demo/arrivals";
import { enterQuery } from "@/lib/demo/schema";
import { probeCookieName } from "@/lib/demo/visit";
import { welcomeVisitor, whyNoVisit } from "@/lib/demo/visitors";
import { env } from "@/lib/env";
import { isDemo } from "@/lib/settings/data";
import { apiRoute } from "@/lib/web/api";
import { isHttpsVisitor, safePath } from "@/lib/web/origin";
import { peerAddress } from "@/lib/web/peer";

const spec = {
  method: "GET",
  path: "/demo/enter",
  summary: "Gives a browser that keeps cookies an account for some hours, in a demo",
  role: "anyone",
  query: enterQuery,
  answers: { 303: null },
} as const;

/** As long as the way here and back takes. */
const probeSeconds = 300;

function goTo(location: string, ...cookies: string[]): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "x-robots-tag": "noindex" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** A browser that fetches ahead of its person, who may never come. */
function isAhead(headers: Headers): boolean {
  return /prefetch|prerender/.test(headers.get("sec-purpose") ?? headers.get("purpose") ?? "");
}

/**
 * The way into a demo. A first call gets a cookie and comes again; only with that cookie is an
 * account made, so that crawlers and scripts that keep none cost nothing. Whoever gets none is told
 * why at /demo, and nobody is sent around twice.
 */
export const GET = apiRoute(spec, ({ db, user, query, request: { headers }, now }) => {
  const next = safePath(query.next);
  // Who is signed in already, or comes when the demo is over.
  if (user || !isDemo(db, env())) return goTo(next);
  const onward = new URLSearchParams(next === "/" ? {} : { next });
  if (isAhead(headers)) return goTo(`/demo?${onward}`);

  const { httpOnly, sameSite, secure } = sessionCookie(isHttpsVisitor(headers));
  const probe = (seconds: number) =>
    `${probeCookieName}=1; Path=/demo; Max-Age=${seconds}${httpOnly ? "; HttpOnly" : ""}; SameSite=${sameSite}${secure ? "; Secure" : ""}`;
  if (cookieValue(headers.get("cookie"), probeCookieName) === undefined) {
    if (query.again) return goTo(`/demo?${onward}${onward.size > 0 ? "&" : ""}cookies=none`);
    onward.set("again", "1");
    return goTo(`/demo/enter?${onward}`, probe(probeSeconds));
  }
  const address = peerAddress(headers);
  const arrival = { arrivedFrom: arrivalOf(secrets().visit, addressKey(address ?? "")), now };
  if (whyNoVisit(db, arrival)) return goTo(`/demo?${onward}`);
  const claims = db.transaction((tx) => {
    const { id: userId, sessionVersion } = welcomeVisitor(tx, arrival);
    const userAgent = headers.get("user-agent");
    // Not the address: nobody has to know where a visitor came from.
    return startSession(tx, { userId, sessionVersion, userAgent, address: null, now });
  });
  return sealSession(claims).then((sealed) =>
    goTo(next, sessionCookieHeader(sealed, secure), probe(0)),
  );
});
