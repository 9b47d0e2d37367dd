"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { showToast } from "../ui/toast";

interface NothingToWatchProps {
  message: string;
  detail: string;
}

/**
 * Says why somebody who wanted to watch, or watched, is on the movie's page: the last version may
 * have been deleted meanwhile. `/watch` leads here with `from=watch`.
 */
export function NothingToWatch({ message, detail }: NothingToWatchProps) {
  const path = usePathname();
  useEffect(() => {
    if (new URLSearchParams(window.location.search).get("from") !== "watch") return;
    window.history.replaceState(null, "", path);
    showToast({ message, detail });
  }, [path, message, detail]);
  return null;
}
