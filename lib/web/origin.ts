import { env } from "@/lib/env";

/** What decides which addresses are ours: VIGILIO_URL and VIGILIO_TRUST_PROXY. */
export interface AddressRules {
  publicUrl: string | undefined;
  trustProxy: boolean;
}

type HeaderSource = Pick<Headers, "get">;

function hostOf(url: string | null | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  return new URL(url).host;
}

/**
 * True when a browser sent the request from a page of ours. `Sec-Fetch-Site` decides where it is
 * sent; older browsers send `Origin` alone, whose host must be one that we are called by. Without
 * either (a script with a stolen cookie, an odd client) the answer is no.
 */
export function isSameOrigin(headers: HeaderSource, rules: AddressRules): boolean {
  const site = headers.get("sec-fetch-site");
  if (site) return site === "same-origin";
  const origin = hostOf(headers.get("origin"));
  if (!origin) return false;
  const ours = [headers.get("host"), hostOf(rules.publicUrl)];
  if (rules.trustProxy) ours.push(headers.get("x-forwarded-host")?.split(",")[0]?.trim());
  return ours.includes(origin);
}

/** True when the visitor came by https: what VIGILIO_URL says, or a proxy that is trusted. */
export function isHttps(headers: HeaderSource, rules: AddressRules): boolean {
  if (rules.publicUrl) return rules.publicUrl.startsWith("https:");
  if (!rules.trustProxy) return false;
  return headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}

/**
 * The address that a device elsewhere reaches us by, without a slash at the end: VIGILIO_URL, else
 * the host that we were called by.
 */
export function publicOrigin(headers: HeaderSource, rules: AddressRules): string {
  if (rules.publicUrl) return new URL(rules.publicUrl).origin;
  const forwarded = rules.trustProxy
    ? headers.get("x-forwarded-host")?.split(",")[0]?.trim()
    : undefined;
  const scheme = isHttps(headers, rules) ? "https" : "http";
  return `${scheme}://${forwarded || headers.get("host") || "localhost"}`;
}

/** A path on this server to go on to; `/` for anything that could lead elsewhere. */
export function safePath(text: string | null | undefined): string {
  if (!text || text.length > 2000 || !/^\/(?![/\\])/.test(text)) return "/";
  const base = "http://vigilio.invalid";
  if (!URL.canParse(text, base)) return "/";
  const url = new URL(text, base);
  // The parser drops tabs and line ends and turns backslashes: what it read is what is used.
  // `/.//host` becomes `//host`, which a browser reads as another server.
  if (url.origin !== base || url.pathname.startsWith("//")) return "/";
  return url.pathname + url.search + url.hash;
}

/** `isHttps` by this process's own rules. */
export function isHttpsVisitor(headers: HeaderSource): boolean {
  const { VIGILIO_URL: publicUrl, VIGILIO_TRUST_PROXY: trustProxy = false } = env().values;
  return isHttps(headers, { publicUrl, trustProxy });
}
