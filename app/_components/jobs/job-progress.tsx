"use client";

import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { listen } from "../live/event-stream";
import { ProgressBar } from "../ui/progress-bar";
import { percentText, workLeft } from "../words/measures";

interface Figures {
  /** As the page was drawn, 0 to 1; null while it cannot be told. */
  progress: number | null;
  remainingSeconds: number | null;
}

interface JobProgressProps extends Figures {
  jobId: string;
  name: string;
}

/** How far a job is, which follows by itself: the page around it stays as it is. */
export function JobProgress({ jobId, name, progress, remainingSeconds }: JobProgressProps) {
  const t = useTranslations("jobActions");
  const locale = useLocale();
  const drawn = `${progress} ${remainingSeconds}`;
  const [seen, setSeen] = useState<Figures & { drawn: string }>({
    progress,
    remainingSeconds,
    drawn,
  });
  if (seen.drawn !== drawn) setSeen({ progress, remainingSeconds, drawn });
  useEffect(
    () =>
      listen({
        names: ["job"],
        onEvent(_, fields) {
          if (fields.id !== jobId) return;
          setSeen((before) => ({
            ...before,
            ...(typeof fields.progress === "number" && { progress: fields.progress }),
            ...(typeof fields.remainingSeconds === "number" && {
              remainingSeconds: fields.remainingSeconds,
            }),
          }));
        },
        onConnection() {},
      }),
    [jobId],
  );
  return (
    <div className="grid gap-2">
      <ProgressBar value={seen.progress} label={name} />
      {seen.progress !== null && (
        <p data-numbers className="flex flex-wrap gap-x-4 text-caption text-faint">
          <span className="font-medium text-text">{percentText(seen.progress, locale)}</span>
          {seen.remainingSeconds !== null && (
            <span>{t("left", { time: workLeft(seen.remainingSeconds, locale) })}</span>
          )}
        </p>
      )}
    </div>
  );
}
