"use client";

import { Play } from "lucide-react";
import { useTranslations } from "use-intl";
import { runTickAction } from "@/lib/queue/actions";
import { CommandButton } from "../ui/command-button";

interface RunTickProps {
  name: string;
  /** What it does, in words. */
  label: string;
  isRunning: boolean;
}

/** Does now what happens by the clock. */
export function RunTick({ name, label, isRunning }: RunTickProps) {
  const t = useTranslations("jobActions");
  return (
    <CommandButton
      command={() => runTickAction({ name })}
      said={({ hasEnded }) => t(hasEnded ? "tickRan" : "tickRuns", { name: label })}
      label={t("runNowLabel", { name: label })}
      disabled={isRunning}
    >
      <Play aria-hidden className="size-5" />
      {t("runNow")}
    </CommandButton>
  );
}
