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

const regionTag = /^([a-z]{2,3})-([a-z]{2}|\d{3})$/i;

/**
 * A language with the region that the browser names for it, so that dates and numbers are written as
 * there: "en" and Accept-Language "en-GB,en" make "en-GB". The words stay those of the language.
 */
export function withRegion(locale: string, acceptLanguage: string | null): string {
  if (locale.includes("-")) return locale;
  for (const part of (acceptLanguage ?? "").slice(0, 500).split(",")) {
    const [, language, region] = regionTag.exec(part.split(";")[0]?.trim() ?? "") ?? [];
    if (region && language?.toLowerCase() === locale && isRegion(region)) {
      return `${locale}-${region.toUpperCase()}`;
    }
  }
  return locale;
}

const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const isRegion = (region: string) => regions.of(region.toUpperCase()) !== undefined;

const rightToLeft = ["ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/** Which way a language is written. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return rightToLeft.includes(locale.split("-")[0] ?? "") ? "rtl" : "ltr";
}
