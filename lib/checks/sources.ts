import type { Source } from "@/lib/sources/data";
import type { Check } from "./schema";

const area = "sources";
const hourMs = 3_600_000;

type SourceFacts = Pick<
  Source,
  "id" | "name" | "enabled" | "answeredAt" | "averageMs" | "failuresInRow" | "lastError"
> & { pausedUntil: Date | null };

/** How each source that is switched on answered lately. */
export function checkSources(sources: readonly SourceFacts[], now: Date): Check[] {
  const asked = sources.filter(({ enabled }) => enabled);
  if (asked.length > 0) return asked.map((source) => checkSource(source, now));
  const href = "/manage/sources";
  return [{ area, name: "sources", state: "fine", told: "sources-none", href }];
}

function checkSource(source: SourceFacts, now: Date): Check {
  const { id, name, answeredAt, averageMs, failuresInRow, lastError, pausedUntil } = source;
  const about = {
    area,
    name: "source",
    subject: { id, name },
    href: `/manage/sources/${id}`,
    mend: "source",
  } as const;
  const detail = lastError ? { detail: lastError } : {};
  if (pausedUntil && pausedUntil > now) {
    const hours = Math.ceil((pausedUntil.getTime() - now.getTime()) / hourMs);
    return { ...about, state: "look", told: "source-rests", values: { hours }, ...detail };
  }
  if (failuresInRow > 0) {
    const values = { times: failuresInRow };
    return { ...about, state: "broken", told: "source-fails", values, ...detail };
  }
  if (!answeredAt) return { ...about, state: "fine", told: "source-new" };
  const values = {
    hours: Math.floor(Math.max(0, now.getTime() - answeredAt.getTime()) / hourMs),
    seconds: Math.round((averageMs ?? 0) / 100) / 10,
  };
  return { ...about, state: "fine", told: "source-fine", values };
}
