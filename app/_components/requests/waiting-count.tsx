"use client";

import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { listen } from "../live/event-stream";

/** How many requests wait for an admin; nothing while none does. It follows by itself. */
export function WaitingCount({ count, className = "" }: { count: number; className?: string }) {
  const t = useTranslations("live");
  const [shown, show] = useState(count);
  useEffect(() => show(count), [count]);
  useEffect(
    () =>
      listen({
        names: ["request"],
        onEvent(_, { waiting }) {
          if (typeof waiting === "number") show(waiting);
        },
        onConnection() {},
      }),
    [],
  );
  if (shown === 0) return null;
  return (
    <span
      data-numbers
      className={`grid h-5 min-w-5 place-items-center rounded-full bg-lamp px-1.5 text-caption leading-none font-semibold text-lamp-ink ${className}`}
    >
      <span aria-hidden>{shown}</span>
      <span className="sr-only">{t("requestsWaiting", { count: shown })}</span>
    </span>
  );
}
