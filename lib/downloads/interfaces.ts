import { networkInterfaces } from "node:os";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { settingOf } from "@/lib/settings/data";

/** Network interfaces that have an address now; one without, such as a VPN that is down, is gone. */
export function interfaceNames(): string[] {
  return Object.entries(networkInterfaces())
    .filter(([, addresses]) => addresses && addresses.length > 0)
    .map(([name]) => name);
}

/**
 * The interface that BitTorrent may use alone, while it is gone; null when it is there, when any may
 * be used, and with a person's own qBittorrent, which may run on another machine.
 */
export function goneInterface(db: Db, env: Env): string | null {
  const name = settingOf(db, env, "bittorrentInterface");
  if (name === null || settingOf(db, env, "qbittorrentUrl") !== null) return null;
  return interfaceNames().includes(name) ? null : name;
}
