import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isRandomId } from "@/lib/ids";
import { done, type Handler } from "../context";

/** A download's folder is named by its id, which is in its tag. */
function downloadFolder(tag: string): string | null {
  const id = tag.replace(/^vigilio-/, "");
  return isRandomId(id) ? id : null;
}

/**
 * Removes what a deleted movie or version left: version folders, pictures, torrents with their
 * files. Names come from rows that are gone, so each is held against the form that ours have.
 */
export const removeLeftovers: Handler<"remove-leftovers"> = async (context, payload) => {
  const { env, services, signal } = context;
  for (const folder of payload.folders.filter(isRandomId)) {
    await rm(join(env.mediaDir, folder), { recursive: true, force: true });
  }
  for (const id of payload.imageIds.filter(isRandomId)) {
    await rm(join(env.imagesDir, id), { recursive: true, force: true });
  }
  for (const { tag } of payload.downloads) {
    signal.throwIfAborted();
    // By its tag, not by a hash that was noted: a hybrid's changes.
    const client = services.qbittorrent();
    const torrent = await client.findByTag(tag);
    if (torrent) await client.delete(torrent.hash, { deleteFiles: true });
    const folder = downloadFolder(tag);
    if (folder) await rm(join(env.downloadsDir, folder), { recursive: true, force: true });
  }
  return done;
};
