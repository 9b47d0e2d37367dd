"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Tells the server (lib/web/time-zone.ts) in a cookie where its viewer's days begin; once, and when they travel. */
export function TellTimeZone() {
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const pair = `time-zone=${encodeURIComponent(timeZone)}`;
    if (document.cookie.split("; ").includes(pair)) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser
    document.cookie = `${pair}; path=/; max-age=31536000; samesite=lax`;
    router.refresh();
  }, [router]);
  return null;
}
