/** After this long without use a visitor of a demo, and all that they did, is deleted. */
export const visitHours = 3;
export const visitMs = visitHours * 3_600_000;

/** Tells that a browser keeps cookies: only then is there an account for it. */
export const probeCookieName = "vigilio.visit";

/** Says that the banner was closed; it goes with the browser's session. */
export const bannerCookieName = "vigilio.demo-banner";

/** Where somebody without an account goes on from, and comes to afterwards. */
export function visitPath(next: string): string {
  return next === "/" ? "/demo/enter" : `/demo/enter?next=${encodeURIComponent(next)}`;
}
