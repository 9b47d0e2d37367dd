"use client";

import { WifiOff } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

interface ReconnectProps {
  title: string;
  description: string;
  retry: string;
  retriesItself: string;
}

const everyMs = 4000;

/** Says that there is no connection, and opens the page that was asked for as soon as there is. */
export function Reconnect({ title, description, retry, retriesItself }: ReconnectProps) {
  const [pending, setPending] = useState(false);

  const look = useCallback(async (signal?: AbortSignal) => {
    try {
      const answer = await fetch("/api/health", { cache: "no-store", signal });
      // A proxy in front of a server that is down answers too, but not with this.
      if (!answer.headers.get("content-type")?.includes("json")) return;
      if (window.location.pathname === "/offline") window.location.replace("/");
      else window.location.reload();
    } catch {
      // Still nobody there.
    }
  }, []);

  useEffect(() => {
    const stop = new AbortController();
    const lookAgain = () => void look(stop.signal);
    const timer = setInterval(() => {
      if (!document.hidden) lookAgain();
    }, everyMs);
    window.addEventListener("online", lookAgain, { signal: stop.signal });
    document.addEventListener("visibilitychange", lookAgain, { signal: stop.signal });
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [look]);

  async function pressed() {
    setPending(true);
    await look();
    setPending(false);
  }

  return (
    <EmptyState
      level={1}
      icon={WifiOff}
      title={title}
      action={
        <Button tone="primary" pending={pending} onClick={pressed}>
          {retry}
        </Button>
      }
    >
      {description} {retriesItself}
    </EmptyState>
  );
}
