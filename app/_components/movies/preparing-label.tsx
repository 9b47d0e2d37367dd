"use client";

import { useEffect, useState } from "react";
import { listen } from "../live/event-stream";
import { percentText } from "../words/measures";

interface PreparingLabelProps {
  movieId: string;
  locale: string;
  /** Downloading, being prepared. */
  label: string;
  /** As the page was drawn, 0 to 1; null while it cannot be told. */
  progress: number | null;
}

/**
 * A stage with its percentage, which follows by itself: the page around it is drawn anew only when
 * the stage changes.
 */
export function PreparingLabel({ movieId, locale, label, progress }: PreparingLabelProps) {
  const [shown, setShown] = useState(progress);
  const [drawn, setDrawn] = useState(progress);
  if (progress !== drawn) {
    setDrawn(progress);
    setShown(progress);
  }
  useEffect(
    () =>
      listen({
        names: ["movie"],
        onEvent(_, fields) {
          if (fields.id === movieId && typeof fields.progress === "number")
            setShown(fields.progress);
        },
        onConnection() {},
      }),
    [movieId],
  );
  return (
    <>
      <span className="min-w-0 grow truncate">{label}</span>
      {shown !== null && (
        <>
          <span data-numbers className="shrink-0">
            {percentText(shown, locale)}
          </span>
          <span
            aria-hidden
            className="absolute inset-x-0 bottom-0 h-1 origin-left bg-lamp transition-transform duration-500 rtl:origin-right"
            style={{ transform: `scaleX(${shown})` }}
          />
        </>
      )}
    </>
  );
}
