"use client";

import { useLinkStatus } from "next/link";

/**
 * A thin line along the lower edge of a link (which has to be `relative`) while its page is on the
 * way. It waits 80 ms, so that what is there at once does not flicker.
 */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden
      className={`absolute inset-x-2 bottom-1 h-0.5 rounded-full bg-current transition-opacity ${
        pending ? "animate-pulse opacity-90 delay-75" : "opacity-0"
      }`}
    />
  );
}
