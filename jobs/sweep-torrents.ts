import { holdsFiles } from "@/lib/backups/restored";
import { knownDownloadIds } from "@/lib/downloads/mutations";
import { UpstreamError } from "@/lib/errors";
import { isRandomId } from "@/lib/ids";
import { logFor } from "@/lib/log";
import { vigilioTagPrefix } from "@/lib/services/qbittorrent/client";
import { settingsOf } from "@/lib/settings/data";
import type { ScheduleContext } from "./schedule";

const log = logFor("sweep");

/**
 * Removes torrents of Vigilio's own qBittorrent that no row knows, with what they loaded: one that
 * was added in the moment in which its movie was deleted, for instance. In a person's qBittorrent
 * nothing is removed: its torrents may belong to another Vigilio.
 */
export async function sweepTorrents({ db, env, services }: ScheduleContext): Promise<void> {
  if (settingsOf(db, env).qbittorrentUrl !== null) return;
  // After a restore a torrent that is not known may be what the library has of a film.
  if (holdsFiles(db)) return;
  try {
    const client = services.qbittorrent();
    const torrents = await client.snapshot();
    // Asked after the list was read: a row is there before its torrent is.
    const known = knownDownloadIds(db);
    for (const { hash, tags } of torrents) {
      const ids = tags
        .filter((tag) => tag.startsWith(vigilioTagPrefix))
        .map((tag) => tag.slice(vigilioTagPrefix.length))
        .filter(isRandomId);
      if (ids.length === 0 || ids.some((id) => known.has(id))) continue;
      await client.delete(hash, { deleteFiles: true });
      log.info({ tags }, "a torrent that no movie knows was removed");
    }
  } catch (error) {
    // It does not answer now: its health says so, and the next look comes.
    if (!(error instanceof UpstreamError)) throw error;
  }
}
