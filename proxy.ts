import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy, pageHeaders, pathOfPage } from "@/lib/web/page-headers";

/** Puts the security headers on pages. It never authorises: every loader and action does. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from here.
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  headers.set("x-vigilio-path", pathOfPage(request.nextUrl));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(pageHeaders)) response.headers.set(name, value);
  return response;
}

export const config = {
  // Answers that are no pages set their own headers, and their bodies are not to pass here.
  matcher: ["/((?!api/|media/|images/|subtitles/|_next/static/|_next/image|icons/).*)"],
};
