import { rm } from "node:fs/promises";
import { join } from "node:path";
import { downloadById, originalDeleted } from "@/lib/downloads/mutations";
import { reason } from "@/lib/errors";
import { versionById } from "@/lib/versions/mutations";
import { done, type Handler, later } from "../context";
import { fileSize, publishedFile } from "../work-files";

const againAfterMs = 15_000;

/**
 * Deletes what was downloaded, torrent and files together, once it is not needed: the setting says
 * so now or a person asked for it, the version plays from a file of its own that is there whole, and
 * the torrent is not going to seed any more. Everything is looked at again here, since hours may lie
 * between.
 */
export const deleteOriginal: Handler<"delete-original"> = async (
  context,
  { downloadId, isAsked = false },
) => {
  const { db, env, services, now } = context;
  const download = downloadById(db, downloadId);
  if (!download || !(isAsked || services.deleteOriginals())) return done;
  const version = versionById(db, download.versionId);
  if (version?.status !== "ready") return done;
  const sizeBytes = await fileSize(publishedFile(env.mediaDir, version));
  if (sizeBytes === null || sizeBytes !== version.sizeBytes) {
    context.log.warn({ versionId: version.id }, "the published file is not whole: nothing deleted");
    return done;
  }

  const client = services.qbittorrent();
  const { infoHashV1, infoHashV2 } = download;
  const torrent =
    (await client.findByTag(download.tag)) ?? (await client.findByHash({ infoHashV1, infoHashV2 }));
  if (torrent && !torrent.hasSeededEnough) return done;
  // It may only just be starting: whoever follows the downloads says when a torrent is really gone.
  if (!torrent && download.reason?.code !== "torrent-gone-after") {
    return later(context, againAfterMs, reason("torrent-not-listed"));
  }
  if (torrent) await client.delete(torrent.hash, { deleteFiles: true });
  await rm(join(env.downloadsDir, download.id), { recursive: true, force: true });
  originalDeleted(db, download, now());
  context.log.info({ downloadId, versionId: version.id }, "the original was deleted");
  return done;
};
