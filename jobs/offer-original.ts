import type { FollowedDownload } from "@/lib/downloads/mutations";
import { enqueue } from "@/lib/queue/enqueue";
import type { Torrent } from "@/lib/services/qbittorrent/map";
import type { WatchContext } from "./watch-downloads";
import { memoryOf, seenOf } from "./watch-memory";

/** What was looked at and kept is not looked at again with every tick. */
const askAgainMs = 10 * 60_000;

/**
 * Asks for what was downloaded to be deleted, when a person wants that: once its movie plays, and
 * its torrent has given back what its limits say, or was taken away.
 *
 * @param torrent null for one that qBittorrent does not have any more.
 */
export function offerOriginal(
  { db, services, now }: WatchContext,
  download: FollowedDownload,
  torrent: Torrent | null,
): void {
  const isOver = torrent ? torrent.hasSeededEnough : download.reason?.code === "torrent-gone-after";
  if (!isOver || !download.completedAt || download.version.status !== "ready") return;
  if (!services.deleteOriginals()) return;
  const seen = seenOf(memoryOf(db), download.id);
  const at = now();
  if (seen.originalOfferedAt && at.getTime() - seen.originalOfferedAt < askAgainMs) return;
  seen.originalOfferedAt = at.getTime();
  const payload = { downloadId: download.id, movieId: download.movieId };
  enqueue(db, "delete-original", payload, { now: at });
}
