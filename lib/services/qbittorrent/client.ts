import type { z } from "zod";
import { UpstreamError } from "@/lib/errors";
import { addTorrent } from "./add";
import { QbittorrentApi } from "./api";
import type { Qbittorrent } from "./contract";
import { createFolderProof } from "./folder-proof";
import { oneHash, oneTag } from "./keys";
import { faultIn, type Torrent, toFile, toTorrent } from "./map";
import { type PathPair, toLocal } from "./paths";
import { isAtLeast, QbittorrentSession } from "./session";
import { createSnapshot, hasHash } from "./snapshot";
import {
  wireFiles,
  wireLog,
  wireMainData,
  wirePieceStates,
  wirePreferences,
  wireProperties,
  wireTorrentList,
} from "./wire";

export { vigilioCategory, vigilioTagPrefix } from "./snapshot";

/**
 * A client of the WebUI API of one qBittorrent.
 *
 * @param options.url address of the WebUI, without /api; a path of a reverse proxy is kept.
 * @param options.timeoutMs for one answer, 10 s unless said otherwise.
 * @param options.pathMap where qBittorrent sees other paths than Vigilio does.
 */
export function createQbittorrent(options: {
  url: string;
  username: string;
  password: string;
  timeoutMs?: number | undefined;
  pathMap?: PathPair[] | undefined;
}): Qbittorrent {
  const session = new QbittorrentSession({ ...options, timeoutMs: options.timeoutMs ?? 10_000 });
  const api = new QbittorrentApi(session);
  const pathMap = options.pathMap ?? [];

  const ours = (torrent: Torrent): Torrent => ({
    ...torrent,
    savePath: toLocal(torrent.savePath, pathMap),
    contentPath: torrent.contentPath === null ? null : toLocal(torrent.contentPath, pathMap),
  });

  const list = async (query: { tag?: string; category?: string }): Promise<Torrent[]> => {
    const rows = parse(wireTorrentList, await api.listTorrents(query));
    return rows.map((row) => ours(toTorrent(row.hash, row)));
  };

  const findByTag = async (tag: string): Promise<Torrent | null> =>
    // A version that does not know the filter would answer with all: look again.
    (await list({ tag })).find((torrent) => torrent.tags.includes(tag)) ?? null;

  const findByHash: Qbittorrent["findByHash"] = async ({ infoHashV1, infoHashV2 }) => {
    const hashes = [infoHashV1, infoHashV2].filter((hash) => hash != null);
    return (await list({})).find((torrent) => hasHash(torrent, hashes)) ?? null;
  };

  const snapshot = createSnapshot(list);

  /** A command whose name depends on the version, which may change under us with a new session. */
  const renamed = async (call: () => Promise<unknown>): Promise<void> => {
    await api.readVersion();
    const before = session.generation;
    try {
      await call();
    } catch (error) {
      const isGone = error instanceof UpstreamError && error.fault === "not-found";
      if (!isGone || session.generation === before) throw error;
      await api.readVersion();
      await call();
    }
  };

  const post = async (path: string, fields: Record<string, string>): Promise<void> => {
    await session.send({ method: "POST", path, body: new URLSearchParams(fields) });
  };

  const add: Qbittorrent["add"] = (request) =>
    addTorrent(session, { findByTag, findByHash, pathMap }, request);
  const recheck = async (hash: string) => {
    await api.recheckTorrent(oneHash(hash));
  };
  const remove: Qbittorrent["delete"] = async (hash, { deleteFiles }) => {
    await api.removeTorrent(oneHash(hash), deleteFiles);
  };
  const folder = createFolderProof({
    add,
    findByTag,
    recheck,
    delete: remove,
    deleteTag: (tag) => post("/torrents/deleteTags", { tags: oneTag(tag) }),
    generation: async () => {
      await session.ready();
      return session.generation;
    },
  });

  const version: Qbittorrent["version"] = async () => {
    const appVersion = (await api.getAppVersion()).trim();
    const { apiVersion } = session;
    // 4.5.0, the first that can stop a magnet when its metadata is there.
    return { appVersion, apiVersion, isSupported: isAtLeast(apiVersion, "2.8.18") };
  };

  return {
    get generation() {
      return session.generation;
    },
    async check() {
      const found = await version();
      folder.throwIfRefuted();
      return found;
    },
    version,
    proveFolder: (dir, options) => folder.prove(dir, options),
    add,
    findByTag,
    findByHash,
    snapshot,
    async files(hash) {
      return parse(wireFiles, await api.torrentFiles(oneHash(hash))).map(toFile);
    },
    async setPriority(hash, indexes, priority) {
      if (indexes.length === 0) return;
      await api.setFilePriority(oneHash(hash), indexes.map(String), priority);
    },
    start: (hash) => renamed(() => api.startTorrent(oneHash(hash))),
    stop: (hash) => renamed(() => api.stopTorrent(oneHash(hash))),
    forceStart: async (hash, on) =>
      post("/torrents/setForceStart", { hashes: oneHash(hash), value: String(on) }),
    delete: remove,
    setShareLimits: async (hash, { ratio, seedingMinutes }) =>
      // Each version demands more of these; what one does not know it ignores. -1 is no limit.
      post("/torrents/setShareLimits", {
        hashes: oneHash(hash),
        ratioLimit: String(ratio ?? -1),
        seedingTimeLimit: String(seedingMinutes ?? -1),
        inactiveSeedingTimeLimit: "-1",
        shareLimitAction: "Stop",
        shareLimitsMode: "Default",
      }),
    recheck,
    async addTag(hash, tag) {
      await api.addTorrentTags(oneHash(hash), oneTag(tag));
    },
    async setCategory(hash, category) {
      // One that exists answers with a conflict, which is as good.
      await session.send({
        method: "POST",
        path: "/torrents/createCategory",
        body: new URLSearchParams({ category, savePath: "" }),
        accepts: [409],
      });
      await post("/torrents/setCategory", { hashes: oneHash(hash), category });
    },
    async errorOf(name) {
      const kinds = { normal: "false", info: "false", warning: "true", critical: "true" };
      return faultIn(parse(wireLog, await api.request("/log/main", "GET", kinds)), name);
    },
    async preferences() {
      return parse(wirePreferences, await api.getPreferences());
    },
    async setPreferences(values) {
      await api.setPreferences(values);
      const now = parse(wirePreferences, await api.getPreferences());
      // Passwords are never read back.
      const lost = Object.keys(values).filter((key) => key in now && now[key] !== values[key]);
      const unknown = Object.keys(values).filter((key) => !(key in now) && !/password/.test(key));
      if (lost.length + unknown.length > 0) {
        const names = [...lost, ...unknown].join(", ");
        throw new UpstreamError("qbittorrent", "refused", `did not take ${names}`);
      }
    },
    async pieceStates(hash) {
      const { piece_size } = parse(wireProperties, await api.torrentProperties(oneHash(hash)));
      const states = parse(wirePieceStates, await api.torrentPieceStates(oneHash(hash)));
      return { pieceSizeBytes: Math.max(piece_size, 0), have: states.map((piece) => piece === 2) };
    },
    async freeSpaceBytes() {
      await session.ready();
      // In a session of its own that has seen nothing before: see snapshot.ts.
      const fresh = new QbittorrentSession(session.options);
      const answer = await new QbittorrentApi(fresh).getSyncMainData(0);
      await fresh.send({ method: "POST", path: "/auth/logout" });
      return parse(wireMainData, answer).server_state?.free_space_on_disk ?? null;
    },
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new UpstreamError("qbittorrent", "broken", `answer is not as expected at ${where}`);
}
