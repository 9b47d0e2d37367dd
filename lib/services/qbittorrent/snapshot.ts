import type { Torrent } from "./map";

export const vigilioCategory = "vigilio";
export const vigilioTagPrefix = "vigilio-";
/** Of the torrents that folder-proof.ts adds for a moment. */
export const checkTagPrefix = "vigilio-check-";

/** A torrent that is known to be there: by its tag, and should that be gone, by its hashes. */
export interface ExpectedTorrent {
  tag: string;
  /** 40 digits (any), or 64 (version 2). */
  hashes: readonly string[];
}

const ownTags = (torrent: Torrent) =>
  torrent.tags.filter((tag) => tag.startsWith(vigilioTagPrefix));
const isCheck = (torrent: Torrent) => torrent.tags.some((tag) => tag.startsWith(checkTagPrefix));
const isVigilios = (torrent: Torrent) =>
  torrent.category === vigilioCategory || ownTags(torrent).length > 0;

/** True when one of these hashes is the torrent's, version 2 whole or cut to 40 digits. */
export function hasHash(torrent: Torrent, hashes: readonly string[]): boolean {
  const own = [torrent.hash, torrent.infoHashV1, torrent.infoHashV2];
  return hashes.some((hash) => {
    const wanted = hash.toLowerCase();
    return own.includes(wanted) || own.includes(wanted.slice(0, 40));
  });
}

/**
 * Vigilio's torrents, most often in one small request: those of our category. Everything is listed
 * only when one that was there before or is expected is missing, since a person may have given it
 * another category (then its tag still says whose it is) or taken both away (then its hash does),
 * and the first time.
 *
 * Not with `sync/maindata`: qBittorrent 5.1 goes on listing a hybrid under its old hash there after
 * its metadata came, and now and then crashes over it.
 */
export function createSnapshot(
  list: (query: { category?: string }) => Promise<Torrent[]>,
): (expected?: readonly ExpectedTorrent[]) => Promise<Torrent[]> {
  let known: Set<string> | null = null;
  let hasStrays = false;
  let polling: Promise<Torrent[]> | null = null;

  const take = async (expected: readonly ExpectedTorrent[]): Promise<Torrent[]> => {
    let torrents: Torrent[] = [];
    if (known && !hasStrays) torrents = await list({ category: vigilioCategory });
    const found = new Set(torrents.flatMap(ownTags));
    const wanted = [...(known ?? []), ...expected.map(({ tag }) => tag)];
    if (known === null || hasStrays || wanted.some((tag) => !found.has(tag))) {
      const hashes = expected.flatMap((one) => one.hashes);
      torrents = (await list({})).filter(
        (torrent) => isVigilios(torrent) || hasHash(torrent, hashes),
      );
    }
    torrents = torrents.filter((torrent) => !isCheck(torrent));
    known = new Set(torrents.flatMap(ownTags));
    hasStrays = torrents.some((torrent) => torrent.category !== vigilioCategory);
    return torrents;
  };

  return (expected = []) => {
    polling ??= take(expected).finally(() => {
      polling = null;
    });
    return polling;
  };
}
