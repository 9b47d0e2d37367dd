"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const lookEveryMs = 3000;

/** Draws the page anew every few seconds: for as long as something on it is not right yet. */
export function LookAgain() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, lookEveryMs);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
