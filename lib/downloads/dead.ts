import type { Reason } from "@/lib/errors";

/** Since when a torrent shows no sign of life; kept in its row. */
export interface Signs {
  metadataSince: Date | null;
  seedlessSince: Date | null;
}

/** What one look at a torrent tells of it. */
export interface Look {
  state: string;
  hasMetadata: boolean;
  isComplete: boolean;
  progress: number;
  /** Connected now. */
  seeds: number;
  /** Whole copies among everybody who is connected; null when qBittorrent does not say. */
  availability: number | null;
}

export interface DeadLimits {
  /** Null: never by that. */
  deadMetadataMinutes: number | null;
  deadNoSeedsHours: number | null;
}

/** Signs are believed only after they were watched for a while: Vigilio may just have started. */
const leastWatchedMs = 2 * 60_000;

const running = new Set(["downloading", "stalled"]);

/**
 * Signs after a look. Only what runs is waited for: a torrent that is paused, queued or checked is
 * not asking anybody, and starts from the beginning. Whoever sends anything is a sign of life, and
 * so are people who have the whole of it among them.
 */
export function signsAfter(known: Signs & { progress: number }, look: Look, now: Date): Signs {
  const asks = look.state === "metadata" && !look.hasMetadata;
  const isAlone = look.seeds === 0 && (look.availability === null || look.availability < 1);
  const stands =
    running.has(look.state) &&
    look.hasMetadata &&
    !look.isComplete &&
    isAlone &&
    look.progress <= known.progress;
  return {
    metadataSince: asks ? (known.metadataSince ?? now) : null,
    seedlessSince: stands ? (known.seedlessSince ?? now) : null,
  };
}

/**
 * Why a release counts as dead; null while it does not.
 *
 * @param watchedMs how long this process has seen it without a sign of life.
 */
export function deadReason(
  signs: Signs,
  limits: DeadLimits,
  { now, watchedMs }: { now: Date; watchedMs: number },
): Reason | null {
  const isOver = (since: Date | null, limitMs: number) =>
    since !== null &&
    now.getTime() - since.getTime() >= limitMs &&
    watchedMs >= Math.min(limitMs, leastWatchedMs);
  const { deadMetadataMinutes: minutes, deadNoSeedsHours: hours } = limits;
  if (minutes !== null && isOver(signs.metadataSince, minutes * 60_000)) {
    return { code: "torrent-metadata-late" };
  }
  if (hours !== null && isOver(signs.seedlessSince, hours * 3_600_000)) {
    return { code: "torrent-no-seeds-long" };
  }
  return null;
}
