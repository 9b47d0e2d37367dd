import { type WireMainData, type WireTorrent, wireTorrent } from "./wire";

/** The state of all torrents, put together from `sync/maindata`, of which each answer is a part. */
export class MergedState {
  #torrents = new Map<string, Partial<WireTorrent>>();
  #freeSpaceBytes: number | null = null;
  /** Number of the last answer, sent with the next question. 0 asks for everything. */
  rid = 0;

  /** Forgets everything, so that the next question asks for all. */
  reset(): void {
    this.#torrents.clear();
    this.rid = 0;
  }

  apply(data: WireMainData): void {
    if (data.full_update) this.#torrents.clear();
    for (const hash of data.torrents_removed ?? []) this.#torrents.delete(hash);
    for (const [hash, changes] of Object.entries(data.torrents ?? {})) {
      this.#torrents.set(hash, { ...this.#torrents.get(hash), ...changes });
    }
    this.#freeSpaceBytes = data.server_state?.free_space_on_disk ?? this.#freeSpaceBytes;
    this.rid = data.rid;
  }

  /** Bytes free where qBittorrent saves by default; null when it did not say. */
  get freeSpaceBytes(): number | null {
    return this.#freeSpaceBytes;
  }

  /** All torrents, or null when a part is missing and everything has to be asked for again. */
  torrents(): Map<string, WireTorrent> | null {
    const whole = new Map<string, WireTorrent>();
    for (const [hash, parts] of this.#torrents) {
      const parsed = wireTorrent.safeParse(parts);
      if (!parsed.success) return null;
      whole.set(hash, parsed.data);
    }
    return whole;
  }
}
