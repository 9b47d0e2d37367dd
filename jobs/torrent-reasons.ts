import { type Reason, reason } from "@/lib/errors";
import type { Torrent, TorrentFault } from "@/lib/services/qbittorrent/map";

/** So long without an answer and most likely nobody shares it any more. */
const lateMetadataMs = 10 * 60_000;
/** So long without a byte and another release is the better choice. */
const longStallMs = 24 * 3_600_000;

/** What a fault of qBittorrent's own means, as its log tells; null when the log does not. */
export function faultReason(fault: TorrentFault | null): Reason {
  switch (fault?.kind) {
    case "disk-full":
      return reason("torrent-error-disk-full");
    case "not-permitted":
      return reason("torrent-error-not-permitted");
    case "read-only":
      return reason("torrent-error-read-only");
    case "path-missing":
      return reason("torrent-error-path-missing");
    case "disk-error":
      return reason("torrent-error-disk");
    default:
      return reason("torrent-error");
  }
}

/**
 * Why a torrent that is in order does not get on, in words; null while it does. Each state but
 * loading is a wait, and no wait is silent.
 *
 * @param dead why its release counts as dead, where it does.
 */
export function waitReason(torrent: Torrent, now: Date, dead: Reason | null): Reason | null {
  const lastSign = torrent.lastActivityAt ?? torrent.addedAt;
  const silentMs = now.getTime() - lastSign.getTime();
  const isSilentForLong = torrent.state === "stalled" && silentMs > longStallMs;
  if (dead && !isSilentForLong) return dead;
  switch (torrent.state) {
    case "metadata": {
      const waitedMs = now.getTime() - torrent.addedAt.getTime();
      return reason(
        waitedMs > lateMetadataMs ? "torrent-metadata-late" : "torrent-metadata-pending",
      );
    }
    case "stalled":
      if (isSilentForLong) return reason("torrent-stalled-long");
      return reason(torrent.seeds > 0 ? "torrent-stalled" : "torrent-no-seeds");
    case "paused":
      return reason("torrent-paused");
    case "queued":
      return reason("torrent-queued");
    case "checking":
      return reason("torrent-checking");
    case "moving":
      return reason("torrent-moving");
    default:
      return null;
  }
}
