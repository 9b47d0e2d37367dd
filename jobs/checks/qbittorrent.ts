import { checkQbittorrent, type QbittorrentFacts } from "@/lib/checks/qbittorrent";
import { AppError, UpstreamError } from "@/lib/errors";
import type { Qbittorrent } from "@/lib/services/qbittorrent/contract";
import { toRemote } from "@/lib/services/qbittorrent/paths";
import { settingsOf } from "@/lib/settings/data";
import { findBinary } from "../managed-qbittorrent";
import type { Look } from "./context";

/** A file of Vigilio's has to be seen and taken away by qBittorrent. */
async function folderFault(
  client: Qbittorrent,
  dir: string,
): Promise<"unseen" | "read-only" | null> {
  try {
    await client.proveFolder(dir, { isAnew: true });
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.reason.code === "qbittorrent-folder-read-only" ? "read-only" : "unseen";
  }
}

/** Asks the very qBittorrent that downloads, through the sign-in that it is used with. */
export const lookAtQbittorrent: Look = async ({ db, env, services }) => {
  const { qbittorrentUrl, qbittorrentPathMap } = settingsOf(db, env);
  const isOwn = qbittorrentUrl === null;
  const facts: QbittorrentFacts = {
    kind: isOwn ? "own" : "external",
    host: isOwn ? null : new URL(qbittorrentUrl).host,
    binaryPath: isOwn ? await findBinary(env.values.QBITTORRENT_NOX_PATH).catch(() => null) : null,
    fault: null,
    elapsedMs: 0,
    version: null,
    isSupported: false,
    folder: null,
  };
  const startedAt = performance.now();
  try {
    const client = services.qbittorrent();
    const { appVersion, isSupported } = await client.version();
    facts.elapsedMs = performance.now() - startedAt;
    Object.assign(facts, { version: appVersion, isSupported });
    const local = env.downloadsDir;
    const remote = toRemote(local, isOwn ? [] : qbittorrentPathMap);
    if (isSupported) facts.folder = { local, remote, fault: await folderFault(client, local) };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    facts.fault = error.fault;
  }
  return checkQbittorrent(facts);
};
