"use client";

import { CircleCheck } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { Skeleton } from "../ui/skeleton";

interface Check {
  ok: boolean;
  detail?: string | null;
}

type State = "asking" | "unknown" | Record<string, Check>;

/** The checks of GET /api/health; null when the answer is not one. */
async function askHealth(signal: AbortSignal): Promise<Record<string, Check> | null> {
  const answer = await fetch("/api/health", { signal, cache: "no-store" });
  const health: unknown = await answer.json();
  if (typeof health !== "object" || health === null || !("checks" in health)) return null;
  return health.checks as Record<string, Check>;
}

/** Whether everything that adding needs is running, and what to do about what is not. */
export function ServiceCheck() {
  const t = useTranslations("addForm");
  const [state, setState] = useState<State>("asking");
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    const leaving = new AbortController();
    askHealth(leaving.signal).then(
      (checks) => setState(checks ?? "unknown"),
      () => {
        if (!leaving.signal.aborted) setState("unknown");
      },
    );
    return () => leaving.abort();
  }, [round]);

  if (state === "asking") return <Skeleton className="h-11" />;
  const again = (
    <Button
      onClick={() => {
        setState("asking");
        setRound(round + 1);
      }}
    >
      {t("checkAgain")}
    </Button>
  );
  if (state === "unknown") return <Notice title={t("checkUnknown")} action={again} />;
  const down = Object.entries(state).filter(([, check]) => !check.ok);
  if (down.length === 0) {
    return (
      <p className="flex h-11 items-center gap-2 text-faint">
        <CircleCheck aria-hidden className="size-5 text-lamp" />
        {t("allRunning")}
      </p>
    );
  }
  return (
    <Notice
      tone="danger"
      live
      title={t("down", { count: down.length })}
      action={
        <>
          {again}
          <LinkButton href="/manage/check">{t("openChecks")}</LinkButton>
        </>
      }
    >
      <ul className="grid gap-1">
        {down.map(([name, check]) => (
          <li key={name}>
            <span className="font-medium text-text">
              {t.has(`service.${name}`) ? t(`service.${name}`) : name}
            </span>
            {check.detail && <>: {check.detail}</>}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
