"use client";

import { RefreshCw } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { mendFileModesAction } from "@/lib/checks/actions";
import type { CheckArea } from "@/lib/checks/schema";
import { CommandButton } from "../ui/command-button";
import { Spinner } from "../ui/spinner";
import { type Outcome, useCommand } from "../ui/use-command";

/**
 * Looks anew. Through the API: a look may wait half a minute for something that hangs, and server
 * actions of a page go one after the other.
 */
async function runChecks(wanted: {
  areas?: CheckArea[];
  sourceId?: string;
}): Promise<Outcome<null>> {
  const answer = await fetch("/api/v1/checks/run", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(wanted),
  });
  return answer.ok ? { ok: true, data: null } : { ok: false, problem: await answer.json() };
}

/** Looks at everything anew, sources included. */
export function CheckAllAgain() {
  const t = useTranslations("checks");
  return (
    <CommandButton tone="primary" command={() => runChecks({})} said={t("checked")}>
      <RefreshCw aria-hidden className="size-5" />
      {t("againAll")}
    </CommandButton>
  );
}

/** Looks at one area anew. */
export function CheckAgain({ area }: { area: CheckArea }) {
  const t = useTranslations("checks");
  return (
    <CommandButton
      tone="quiet"
      square
      label={t("againFor", { area: t(`area.${area}`) })}
      command={() => runChecks({ areas: [area] })}
      said={t("checked")}
    >
      <RefreshCw aria-hidden className="size-5" />
    </CommandButton>
  );
}

/** Asks one source. */
export function TestSource({ id, name }: { id: string; name: string }) {
  const t = useTranslations("checks");
  return (
    <CommandButton
      label={t("testFor", { name })}
      command={() => runChecks({ sourceId: id })}
      said={t("checked")}
    >
      {t("test")}
    </CommandButton>
  );
}

/** Takes the right to read private files from others. */
export function MendFiles() {
  const t = useTranslations("checks");
  return (
    <CommandButton command={() => mendFileModesAction({})} said={t("mended")}>
      {t("mendFiles")}
    </CommandButton>
  );
}

/** Looks anew by itself when the page opens and what it shows is old; says so meanwhile. */
export function CheckWhenOld({ areas }: { areas: CheckArea[] }) {
  const t = useTranslations("checks");
  const { pending, run } = useCommand();
  const hasRun = useRef(false);

  useEffect(() => {
    if (hasRun.current || areas.length === 0) return;
    hasRun.current = true;
    run(() => runChecks({ areas }));
  }, [areas, run]);

  return (
    <p role="status" className="flex min-h-6 items-center gap-2 text-caption text-faint">
      {pending && (
        <>
          <Spinner />
          {t("checking")}
        </>
      )}
    </p>
  );
}
