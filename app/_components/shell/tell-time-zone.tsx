"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * Tells the server (lib/web/time-zone.ts) in a cookie where its viewer's days begin; once, and when they travel.
 * @param drawnIn the time zone that this page was drawn with: the cookie alone does not tell, since the page before
 *   may have written it after this one was asked for.
 */
export function TellTimeZone({ drawnIn }: { drawnIn: string }) {
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    if (timeZone === drawnIn) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser
    document.cookie = `time-zone=${encodeURIComponent(timeZone)}; path=/; max-age=31536000; samesite=lax`;
    router.refresh();
  }, [router, drawnIn]);
  return null;
}
