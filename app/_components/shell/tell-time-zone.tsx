"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

interface TellTimeZoneProps {
  /**
   * The time zone that the page around was drawn with, where it shows days: it is drawn again when it is another.
   * The cookie does not tell: the page before may have written it after this one was asked for.
   */
  drawnIn?: string;
}

/** Tells the server (lib/web/time-zone.ts) in a cookie where its viewer's days begin. */
export function TellTimeZone({ drawnIn }: TellTimeZoneProps) {
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    if (timeZone === drawnIn) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser
    document.cookie = `time-zone=${encodeURIComponent(timeZone)}; path=/; max-age=31536000; samesite=lax`;
    if (drawnIn !== undefined) router.refresh();
  }, [router, drawnIn]);
  return null;
}
