import { asItCame, type Timing } from "@/lib/subtitles/timing";
import { remember, remembered } from "./remembered";

/** What became of a change: for the household, or on this device alone. */
export type TimingState = "untouched" | "saving" | "saved" | "failed" | "kept";

/** A press of a button follows a press: only the last is sent. */
const settleMs = 700;

function isTiming(value: unknown): value is Timing {
  if (typeof value !== "object" || value === null) return false;
  const { offsetMs, speed } = value as Partial<Timing>;
  return Number.isFinite(offsetMs) && Number.isFinite(speed) && (speed ?? 0) > 0;
}

const isSame = (a: Timing, b: Timing) => a.offsetMs === b.offsetMs && a.speed === b.speed;

/** What was kept on this device, as long as the household's is what it was then. */
function keptTiming(id: string, household: Timing): Timing | null {
  try {
    const kept: unknown = JSON.parse(remembered(`timing.${id}`) ?? "null");
    if (!isTiming(kept) || !isTiming((kept as { instead?: unknown }).instead)) return null;
    const { offsetMs, speed, instead } = kept as Timing & { instead: Timing };
    return isSame(instead, household) ? { offsetMs, speed } : null;
  } catch {
    return null;
  }
}

export interface Timings {
  /** The household's, as the page knows it now. */
  offer(id: string, household: Timing): void;
  of(id: string): Timing;
  state(id: string): TimingState;
  /** Takes a person's change, and saves it for whom they may. */
  set(id: string, timing: Timing): void;
  /** Saves at once what still waits. */
  flush(): void;
}

interface Entry {
  household: Timing;
  wanted: Timing;
  state: TimingState;
}

/**
 * Delay and speed of subtitles. Who may mend subtitles mends them for everybody; what others set is
 * kept on their device, until the household's changes.
 *
 * @param onChange called with the subtitle whose timing or state is another now.
 */
export function subtitleTimings(
  mayMend: boolean,
  onChange: (id: string, timing: Timing) => void,
): Timings {
  const entries = new Map<string, Entry>();
  let waiting: { id: string; timer: ReturnType<typeof setTimeout> } | null = null;
  const unknown: Entry = { household: asItCame, wanted: asItCame, state: "untouched" };

  const change = (id: string, entry: Entry) => {
    entries.set(id, entry);
    onChange(id, entry.wanted);
  };
  const send = async (id: string, entry: Entry) => {
    const sent = entry.wanted;
    let isSaved = false;
    try {
      const answer = await fetch(`/api/v1/subtitles/${id}`, {
        method: "PATCH",
        keepalive: true,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ offsetMs: sent.offsetMs, speed: sent.speed }),
      });
      isSaved = answer.ok;
    } catch {
      // Offline: it holds on this page, and the page says that it isn't saved.
    }
    const now = entries.get(id);
    // Changed again meanwhile: that change says what became of it.
    if (!now || !isSame(now.wanted, sent)) return;
    const household = isSaved ? sent : now.household;
    change(id, { household, wanted: now.wanted, state: isSaved ? "saved" : "failed" });
  };
  const flush = () => {
    if (!waiting) return;
    clearTimeout(waiting.timer);
    const { id } = waiting;
    waiting = null;
    const entry = entries.get(id);
    if (entry) void send(id, entry);
  };

  return {
    offer(id, household) {
      const known = entries.get(id);
      if (known && isSame(known.household, household)) return;
      // A change that is on its way is newer than what the page was drawn with.
      if (known?.state === "saving") return;
      const kept = mayMend ? null : keptTiming(id, household);
      const entry: Entry = {
        ...{ household, wanted: kept ?? household },
        state: kept ? "kept" : "untouched",
      };
      if (known) change(id, entry);
      else entries.set(id, entry);
    },
    of: (id) => (entries.get(id) ?? unknown).wanted,
    state: (id) => (entries.get(id) ?? unknown).state,
    set(id, timing) {
      const { household } = entries.get(id) ?? unknown;
      if (waiting && waiting.id !== id) flush();
      if (mayMend) {
        if (waiting) clearTimeout(waiting.timer);
        waiting = { id, timer: setTimeout(flush, settleMs) };
        change(id, { household, wanted: timing, state: "saving" });
        return;
      }
      const isKept = !isSame(timing, household);
      const value = isKept ? JSON.stringify({ ...timing, instead: household }) : null;
      remember(`timing.${id}`, value);
      change(id, { household, wanted: timing, state: isKept ? "kept" : "untouched" });
    },
    flush,
  };
}
