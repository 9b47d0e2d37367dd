import { saveInterfaceHold } from "@/lib/downloads/interface-hold";
import type { FollowedDownload } from "@/lib/downloads/mutations";
import { type Reason, reason } from "@/lib/errors";
import { logFor } from "@/lib/log";
import type { Qbittorrent } from "@/lib/services/qbittorrent/contract";
import type { Torrent } from "@/lib/services/qbittorrent/map";
import type { WatchContext } from "./watch-downloads";

const log = logFor("downloads");

/** Why a torrent that is held waits; null for any other. */
export function heldReason({ interfaceHold }: FollowedDownload): Reason | null {
  return interfaceHold && reason("torrent-interface-gone", { name: interfaceHold.name });
}

/**
 * Stops a torrent while the network interface that BitTorrent may use alone is gone, and lets it go
 * on when that is back, or another may be used. What a person paused stays paused: only what is
 * stopped here is noted, in its row, and goes on.
 *
 * @param gone name of the interface; null while nothing is in the way.
 */
export async function watchInterface(
  { db, now }: WatchContext,
  client: Qbittorrent,
  {
    download,
    torrent,
    gone,
  }: { download: FollowedDownload; torrent: Torrent; gone: string | null },
): Promise<void> {
  const { interfaceHold: hold } = download;
  if (gone === null) {
    if (!hold) return;
    // Until its files are chosen nothing may flow: the step that chooses them starts it.
    const isForFiles = torrent.hasMetadata && !download.files;
    if (!isForFiles && torrent.state === "paused") {
      await client.start(torrent.hash);
      if (hold.wasForced) await client.forceStart(torrent.hash, true);
    }
    saveInterfaceHold(db, download.id, null, now());
    log.info({ downloadId: download.id }, "the network interface is back");
    return;
  }
  // One that stands in an error moves nothing, and is looked at when it is started again.
  if (torrent.state === "paused" || torrent.failure) return;
  // Noted first: should this end here, it is known that no person stopped it.
  const wasForced = torrent.isForced || (hold?.wasForced ?? false);
  saveInterfaceHold(db, download.id, { name: gone, wasForced }, now());
  if (torrent.isForced) await client.forceStart(torrent.hash, false);
  await client.stop(torrent.hash);
  if (!hold) log.warn({ downloadId: download.id, interface: gone }, "stopped: it is gone");
}
