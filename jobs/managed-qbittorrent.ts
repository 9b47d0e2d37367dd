import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Env } from "@/lib/env";
import { logFor } from "@/lib/log";
import { type Managed, startManaged } from "@/lib/services/qbittorrent/managed";

const log = logFor("qbittorrent");

async function findBinary(named: string | undefined): Promise<string | null> {
  const candidates = named
    ? [named]
    : (process.env.PATH ?? "").split(delimiter).map((dir) => join(dir, "qbittorrent-nox"));
  for (const path of candidates) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}

export interface ManagedQbittorrent {
  /** Null until it is up. */
  access(): { url: string; username: string; password: string } | null;
  stop(): Promise<void>;
}

/** Runs Vigilio's own qbittorrent-nox; nothing waits for it, its health says how it is. */
export function runManagedQbittorrent(env: Env): ManagedQbittorrent {
  let managed: Managed | null = null;
  const starting = (async () => {
    const binaryPath = await findBinary(env.values.QBITTORRENT_NOX_PATH);
    if (!binaryPath) {
      log.error(
        "qbittorrent-nox is not installed: nothing can be downloaded. On Debian or Ubuntu: apt-get install qbittorrent-nox",
      );
      return;
    }
    managed = await startManaged({
      binaryPath,
      profileDir: join(env.dataDir, "qbittorrent"),
      downloadsDir: env.downloadsDir,
    });
    log.info("qbittorrent-nox is up");
  })().catch((error) => log.error({ err: error }, "qbittorrent-nox could not be started"));
  return {
    access: () =>
      managed ? { url: managed.url, username: managed.username, password: managed.password } : null,
    async stop() {
      await starting;
      await managed?.stop();
    },
  };
}
