import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createQbittorrent } from "@/lib/services/qbittorrent/client";
import type { Qbittorrent } from "@/lib/services/qbittorrent/contract";
import { startManaged } from "@/lib/services/qbittorrent/managed";
import type { ProfileSettings } from "@/lib/services/qbittorrent/profile";

export interface TestQbittorrent {
  url: string;
  username: string;
  password: string;
  client: Qbittorrent;
  profileDir: string;
  downloadsDir: string;
  /** For `addPeers` of another one. */
  peerAddress: string;
  readonly pid: number | null;
  /** Tells it of peers; there is no tracker and no DHT in tests. */
  addPeers(hash: string, peers: string[]): Promise<void>;
  /** What a person may do in qBittorrent's own interface. */
  setCategory(hash: string, category: string): Promise<void>;
  /** Anything else of its API: path below /api/v2 without a slash, and the fields. */
  post(path: string, fields: Record<string, string>): Promise<void>;
  /** Ends it and removes all that it wrote. */
  stop(): Promise<void>;
}

/**
 * A real qbittorrent-nox that speaks to loopback alone: no DHT, no local discovery, no router.
 *
 * @param settings more of qBittorrent.conf: section, key, value.
 * @param binaryPath QBITTORRENT_NOX_PATH, else what is on PATH.
 */
export async function startQbittorrent(
  settings: ProfileSettings = {},
  binaryPath = process.env.QBITTORRENT_NOX_PATH || "qbittorrent-nox",
): Promise<TestQbittorrent> {
  const root = mkdtempSync(join(tmpdir(), "vigilio-qbittorrent-"));
  const profileDir = join(root, "profile");
  const downloadsDir = join(root, "downloads");
  mkdirSync(downloadsDir);
  const peerPort = await freePort();
  const managed = await startManaged({
    binaryPath,
    profileDir,
    downloadsDir,
    settings: {
      ...settings,
      BitTorrent: {
        "Session\\Port": String(peerPort),
        "Session\\InterfaceAddress": "127.0.0.1",
        "Session\\DHTEnabled": "false",
        "Session\\LSDEnabled": "false",
        "Session\\PeXEnabled": "false",
        ...settings.BitTorrent,
      },
      Network: { PortForwardingEnabled: "false", ...settings.Network },
    },
  });
  const { url, username, password } = managed;
  const access = { url, username, password };
  const post = async (path: string, fields: Record<string, string>) => {
    const login = await fetch(`${url}/api/v2/auth/login`, {
      method: "POST",
      body: new URLSearchParams({ username, password }),
    });
    const cookie = login.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const body = new URLSearchParams(fields);
    const headers = { cookie };
    const answer = await fetch(`${url}/api/v2/${path}`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  return {
    ...access,
    client: createQbittorrent(access),
    profileDir,
    downloadsDir,
    peerAddress: `127.0.0.1:${peerPort}`,
    get pid() {
      return managed.pid;
    },
    addPeers: (hash, peers) => post("torrents/addPeers", { hashes: hash, peers: peers.join("|") }),
    post,
    setCategory: (hash, category) => post("torrents/setCategory", { hashes: hash, category }),
    async stop() {
      await managed.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
