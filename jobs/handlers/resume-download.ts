import { isFollowed } from "@/lib/downloads/held";
import { downloadById } from "@/lib/downloads/mutations";
import { UpstreamError } from "@/lib/errors";
import { done, type Handler, later } from "../context";

const againAfterMs = 15_000;

/**
 * Lets a torrent go on that was stopped while its movie lay in the bin. It is asked for as long as
 * qBittorrent does not answer: nothing else would ever start it. One that is gone, or whose files
 * are still to be chosen, is left to the ticks of the downloads.
 */
export const resumeDownload: Handler<"resume-download"> = async (context, { downloadId }) => {
  const { db, services } = context;
  const download = downloadById(db, downloadId);
  if (!download) return done;
  try {
    const client = services.qbittorrent();
    const torrent = await client.findByTag(download.tag);
    const isHeldForFiles = torrent?.hasMetadata && !download.files;
    if (!torrent || isHeldForFiles || !isFollowed(db, downloadId)) return done;
    await client.start(torrent.hash);
    return done;
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.service !== "qbittorrent") throw error;
    return later(context, againAfterMs, error.reason);
  }
};
