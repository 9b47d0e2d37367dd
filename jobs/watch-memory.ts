import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";

/** What was seen of one torrent at the ticks before: what comes and goes in a moment is not told. */
export interface Seen {
  /** Ticks in a row in which qBittorrent did not list it. */
  missed: number;
  /** Ticks in a row in which it waited. */
  waited: number;
  /** Ticks in a row in which the movie's file was not where it should be. */
  fileGone: number;
  hasSeenFile: boolean;
  /** It was told to look at its files again, and has not been complete since. */
  isRechecked: boolean;
  /** It has to be started when it has been checked. */
  startWhenChecked: boolean;
  /** Sign-in in which it was given to qBittorrent anew, since that had lost it. */
  givenAnewIn: number | null;
  /** When it was last asked whether its files may be deleted; milliseconds, null for never. */
  originalOfferedAt: number | null;
  /** Since when this process has seen it without a sign of life; milliseconds, null while it lives. */
  lifelessAt: number | null;
  /** qBittorrent stopped it over this; it is started again at `retryAt`, later each time. */
  fault: { why: Reason; retryAt: number; pauseMs: number; ticksInOrder: number } | null;
}

interface WatchMemory {
  /** Ticks in a row in which qBittorrent did not answer. */
  silent: number;
  /** Sign-in that the last answer came with. */
  generation: number | null;
  /** Before this, a torrent that is not listed may only not be loaded yet. */
  settledAt: number;
  seen: Map<string, Seen>;
}

/** Losing it costs a few ticks, no more: all that has to survive stands in the database. */
const memories = new WeakMap<Db, WatchMemory>();

export function memoryOf(db: Db): WatchMemory {
  const known = memories.get(db);
  if (known) return known;
  const made: WatchMemory = { silent: 0, generation: null, settledAt: 0, seen: new Map() };
  memories.set(db, made);
  return made;
}

export function seenOf(memory: WatchMemory, downloadId: string): Seen {
  const known = memory.seen.get(downloadId);
  if (known) return known;
  const made: Seen = {
    ...{ missed: 0, waited: 0, fileGone: 0 },
    ...{ hasSeenFile: false, isRechecked: false, startWhenChecked: false, fault: null },
    givenAnewIn: null,
    originalOfferedAt: null,
    lifelessAt: null,
  };
  memory.seen.set(downloadId, made);
  return made;
}
