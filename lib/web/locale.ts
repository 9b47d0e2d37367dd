import { pickLocale } from "./catalogue";

/** Keeps the language that somebody chose on this device while not signed in. */
export const languageCookieName = "vigilio.language";
/** A year. */
export const languageCookieSeconds = 365 * 24 * 60 * 60;

/** The language that this device was set to; undefined when it was not. */
export function deviceLocale(cookieHeader: string | null | undefined): string | undefined {
  const found = /(?:^|;\s*)vigilio\.language=([A-Za-z-]{2,35})(?:;|$)/.exec(cookieHeader ?? "");
  return found?.[1];
}

/**
 * The language to answer a request in: the choice of the person who asks, else what this device was
 * set to before anybody signed in, else the browser's.
 */
export function requestLocale(
  headers: Pick<Headers, "get">,
  user?: { preferences: { locale?: string | null } } | null,
): string {
  return pickLocale(
    headers.get("accept-language"),
    user?.preferences.locale || deviceLocale(headers.get("cookie")),
  );
}

const rightToLeft = ["ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/** Which way a language is written. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return rightToLeft.includes(locale.split("-")[0] ?? "") ? "rtl" : "ltr";
}
