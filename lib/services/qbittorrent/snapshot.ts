import type { Torrent } from "./map";

export const vigilioCategory = "vigilio";
export const vigilioTagPrefix = "vigilio-";

const ownTags = (torrent: Torrent) =>
  torrent.tags.filter((tag) => tag.startsWith(vigilioTagPrefix));
const isVigilios = (torrent: Torrent) =>
  torrent.category === vigilioCategory || ownTags(torrent).length > 0;

/**
 * Vigilio's torrents, most often in one small request: those of our category. Everything is listed
 * only when one that was there before is missing, since a person may have given it a category of
 * their own (then its tag still says whose it is), and the first time.
 *
 * Not with `sync/maindata`: qBittorrent 5.1 goes on listing a hybrid under its old hash there after
 * its metadata came, and now and then crashes over it.
 */
export function createSnapshot(
  list: (query: { category?: string }) => Promise<Torrent[]>,
): () => Promise<Torrent[]> {
  let known: Set<string> | null = null;
  let hasStrays = false;
  let polling: Promise<Torrent[]> | null = null;

  const take = async (): Promise<Torrent[]> => {
    let torrents: Torrent[] = [];
    if (known && !hasStrays) torrents = await list({ category: vigilioCategory });
    const found = new Set(torrents.flatMap(ownTags));
    if (known === null || hasStrays || [...known].some((tag) => !found.has(tag))) {
      torrents = (await list({})).filter(isVigilios);
    }
    known = new Set(torrents.flatMap(ownTags));
    hasStrays = torrents.some((torrent) => torrent.category !== vigilioCategory);
    return torrents;
  };

  return () => {
    polling ??= take().finally(() => {
      polling = null;
    });
    return polling;
  };
}
