"use client";

import { useEffect, useState } from "react";
import type { DownloadItem } from "@/lib/downloads/schema";
import { type EventFields, listen } from "../live/event-stream";

const names = [
  ...(["progress", "speedBytesPerSecond", "etaSeconds", "seeds", "peers", "ratio"] as const),
];
type Figures = Partial<Pick<DownloadItem, (typeof names)[number]>>;

/** The figures among an event's fields; a time left may be told to be unknown. */
function figuresIn(fields: EventFields): Figures {
  return Object.fromEntries(
    names
      .filter((name) => typeof fields[name] === "number" || fields[name] === null)
      .map((name) => [name, fields[name]]),
  );
}

/** Torrents whose figures follow the stream: the page is drawn anew when anything else changes. */
export function useFigures(downloads: readonly DownloadItem[]): readonly DownloadItem[] {
  const [seen, setSeen] = useState<{ of: unknown; figures: ReadonlyMap<string, Figures> }>({
    of: downloads,
    figures: new Map(),
  });
  // What the page says is newer than what was told before it was drawn.
  if (seen.of !== downloads) setSeen({ of: downloads, figures: new Map() });
  useEffect(
    () =>
      listen({
        names: ["download"],
        onEvent(_, fields) {
          const { id } = fields;
          if (typeof id !== "string") return;
          setSeen((before) => ({
            ...before,
            figures: new Map(before.figures).set(id, {
              ...before.figures.get(id),
              ...figuresIn(fields),
            }),
          }));
        },
        onConnection() {},
      }),
    [],
  );
  return downloads.map((download) => ({ ...download, ...seen.figures.get(download.id) }));
}
