"use client";

import { WifiOff } from "lucide-react";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

interface ReconnectProps {
  title: string;
  /** What is wrong: with the device, with the server, or nobody knows yet. */
  reasons: Record<"unknown" | "device" | "server", string>;
  retry: string;
  retriesItself: string;
  /** Before the time of the last look. */
  lastLook: string;
}

function onNetwork(changed: () => void) {
  const names = ["online", "offline"] as const;
  for (const name of names) window.addEventListener(name, changed);
  return () => {
    for (const name of names) window.removeEventListener(name, changed);
  };
}

/** What the browser knows of its network; on the server nobody does. */
function useReason(): keyof ReconnectProps["reasons"] {
  return useSyncExternalStore(
    onNetwork,
    () => (navigator.onLine ? "server" : "device"),
    () => "unknown",
  );
}

const everyMs = 4000;

const timeText = (at: Date) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium" }).format(at);

/** Says that there is no connection, and opens the page that was asked for as soon as there is. */
export function Reconnect({ title, reasons, retry, retriesItself, lastLook }: ReconnectProps) {
  const [pending, setPending] = useState(false);
  const [lookedAt, setLookedAt] = useState<Date | null>(null);
  const reason = useReason();

  const look = useCallback(async (signal?: AbortSignal) => {
    try {
      const answer = await fetch("/api/health", { cache: "no-store", signal });
      // A proxy in front of a server that is down answers too, but not with this.
      if (!answer.headers.get("content-type")?.includes("json")) return;
      if (window.location.pathname === "/offline") window.location.replace("/");
      else window.location.reload();
    } catch {
      // Still nobody there.
    } finally {
      if (!signal?.aborted) setLookedAt(new Date());
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
      <span className="block">{reasons[reason]}</span>
      <span className="mt-3 block">{retriesItself}</span>
      <span data-numbers className="block min-h-[1.55em]">
        {lookedAt && `${lastLook} ${timeText(lookedAt)}`}
      </span>
    </EmptyState>
  );
}
