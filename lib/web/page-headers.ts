/**
 * What a page's content security policy allows: scripts with this request's nonce and what they
 * load, styles from here (components set some inline), pictures and film from here, and nothing of
 * any other host. Development adds what the bundler's own client needs.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // The player's style sheet holds its icons.
    "font-src 'self' data:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The other headers that every page carries. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
};

/** The page that was asked for, to come back to after sign-in; without the framework's own names. */
export function pathOfPage(url: URL): string {
  const query = new URLSearchParams(url.search);
  query.delete("_rsc");
  const text = query.toString();
  return text ? `${url.pathname}?${text}` : url.pathname;
}
