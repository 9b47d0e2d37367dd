import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Env } from "@/lib/env";
import { logFor } from "@/lib/log";
import { type Managed, startManaged } from "@/lib/services/qbittorrent/managed";

const log = logFor("qbittorrent");

/** Pause before a start that failed is tried again, doubled each time. */
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

const notInstalled =
  "qbittorrent-nox is not installed: nothing can be downloaded. On Debian or Ubuntu: apt-get install qbittorrent-nox";

/** Where qbittorrent-nox lies: as named, else on PATH. @throws Error when it is not installed. */
export async function findBinary(named: string | undefined): Promise<string> {
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
  throw new Error(notInstalled);
}

export interface ManagedQbittorrent {
  /** Null until it is up. */
  access(): { url: string; username: string; password: string } | null;
  /** Gives up a start that is under way; resolves when no qBittorrent of ours runs any more. */
  stop(): Promise<void>;
}

/**
 * Runs Vigilio's own qbittorrent-nox; nothing waits for it, its health says how it is. A start that
 * fails (not installed yet, its folder still in use by a Vigilio that is ending) is tried again
 * with growing pauses until it succeeds or `stop` is called.
 */
export function runManagedQbittorrent(env: Env): ManagedQbittorrent {
  const giveUp = new AbortController();
  let managed: Managed | null = null;

  const start = async () =>
    startManaged({
      binaryPath: await findBinary(env.values.QBITTORRENT_NOX_PATH),
      profileDir: join(env.dataDir, "qbittorrent"),
      downloadsDir: env.downloadsDir,
      signal: giveUp.signal,
    });

  const keepTrying = async () => {
    let said: string | undefined;
    for (let pauseMs = firstPauseMs; !giveUp.signal.aborted; ) {
      try {
        managed = await start();
        log.info("qbittorrent-nox is up");
        return;
      } catch (error) {
        if (giveUp.signal.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        // Said once: the health check goes on saying it for as long as it lasts.
        if (message !== said) log.error({ error: message }, "qbittorrent-nox could not be started");
        said = message;
      }
      await wait(pauseMs, undefined, { signal: giveUp.signal }).catch(() => {});
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  };
  const trying = keepTrying();

  return {
    access: () =>
      managed ? { url: managed.url, username: managed.username, password: managed.password } : null,
    async stop() {
      giveUp.abort(new Error("Vigilio stops"));
      await trying;
      await managed?.stop();
    },
  };
}
