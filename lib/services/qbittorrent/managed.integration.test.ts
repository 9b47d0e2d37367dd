import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "@/tests/support/until";
import { createQbittorrent } from "./client";
import { type Managed, startManaged } from "./managed";
import { configPathOf } from "./profile";

const binaryPath = process.env.QBITTORRENT_NOX_PATH || "qbittorrent-nox";
let root: string;
let running: Managed[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vigilio-managed-"));
});
afterEach(async () => {
  await Promise.all(running.map((managed) => managed.stop()));
  running = [];
  rmSync(root, { recursive: true, force: true });
});

const profileDir = () => join(root, "profile");
const pidFile = () => join(profileDir(), "qbittorrent.pid");
const options = () => ({
  binaryPath,
  profileDir: profileDir(),
  downloadsDir: join(root, "down loads, üé電"),
  settings: {
    BitTorrent: { "Session\\InterfaceAddress": "127.0.0.1", "Session\\DHTEnabled": "false" },
    Network: { PortForwardingEnabled: "false" },
  },
});

async function start(more: Partial<Parameters<typeof startManaged>[0]> = {}): Promise<Managed> {
  const managed = await startManaged({ ...options(), ...more });
  running.push(managed);
  return managed;
}

/** A zombie is gone too: it only waits for its parent to look. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe("a qBittorrent of our own", () => {
  it("answers on loopback to its password alone, and ends when told", async () => {
    const lines: string[] = [];
    const managed = await start({ onLine: (line) => lines.push(line) });
    expect(managed.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${managed.url}/api/v2/app/version`)).status).toBe(403);
    const client = createQbittorrent(managed);
    expect(await client.check()).toMatchObject({ isSupported: true });
    expect(await client.preferences()).toMatchObject({
      save_path: join(root, "down loads, üé電"),
      web_ui_address: "127.0.0.1",
      bypass_local_auth: false,
      auto_tmm_enabled: false,
      temp_path_enabled: false,
      queueing_enabled: true,
      dht: false,
    });

    expect(statSync(configPathOf(profileDir())).mode & 0o077).toBe(0);
    expect(statSync(profileDir()).mode & 0o077).toBe(0);
    expect(lines.join("\n")).not.toContain(managed.password);
    expect(readFileSync(configPathOf(profileDir()), "utf8")).not.toContain(managed.password);

    const pid = managed.pid ?? 0;
    expect(isAlive(pid)).toBe(true);
    expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toContain("VITEST");
    await Promise.all([managed.stop(), managed.stop()]);
    expect(isAlive(pid)).toBe(false);
    expect(managed.pid).toBeNull();
    expect(existsSync(pidFile())).toBe(false);
  });

  it("does not ban the only address that there is", async () => {
    const managed = await start();
    for (let n = 0; n < 7; n += 1) {
      const wrong = createQbittorrent({ ...managed, password: `wrong ${n}` });
      await expect(wrong.check()).rejects.toMatchObject({ fault: "credentials" });
    }
    expect(await createQbittorrent(managed).check()).toMatchObject({ isSupported: true });
  });

  it("comes back after it was killed, at the same address with the same password", async () => {
    const exits: unknown[] = [];
    const managed = await start({ onExit: (exit) => exits.push(exit) });
    const before = managed.pid ?? 0;
    const { url, password } = managed;
    process.kill(before, "SIGKILL");
    await until("started again", () => managed.pid !== null && managed.pid !== before);
    await until("answers", () =>
      createQbittorrent({ url, username: managed.username, password })
        .check()
        .catch(() => null),
    );
    expect(exits).toEqual([{ code: null, signal: "SIGKILL", restartInMs: 1000 }]);
    expect(readFileSync(pidFile(), "utf8").trim()).toBe(String(managed.pid));
  });

  it("keeps what a person changed, and takes a new password", async () => {
    const first = await start();
    const changed = { dl_limit: 1024 * 300, max_active_downloads: 9, temp_path_enabled: true };
    await createQbittorrent(first).setPreferences(changed);
    await first.stop();
    const second = await start();
    expect(second.password).not.toBe(first.password);
    expect(await createQbittorrent(second).preferences()).toMatchObject({
      dl_limit: 1024 * 300,
      max_active_downloads: 9,
      // Vigilio relies on this one.
      temp_path_enabled: false,
    });
  });

  it("ends what a killed Vigilio left running, and starts its own", async () => {
    // Another process starts it, and is killed without a chance to end it.
    const script = join(root, "other.mts");
    writeFileSync(
      script,
      `import { startManaged } from ${JSON.stringify(join(process.cwd(), "lib/services/qbittorrent/managed.ts"))};
       const managed = await startManaged(${JSON.stringify(options())});
       console.log("ready", managed.pid);
       setInterval(() => {}, 1000);`,
    );
    const other = spawn(process.execPath, ["--import", "tsx", script], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TSX_TSCONFIG_PATH: join(process.cwd(), "tsconfig.json") },
    });
    let printed = "";
    other.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    const orphan = Number(
      await until("the other one is ready", () => /ready (\d+)/.exec(printed)?.[1]),
    );

    // While that Vigilio lives, its qBittorrent is not ours to end.
    await expect(startManaged(options())).rejects.toThrow("another Vigilio");
    expect(isAlive(orphan)).toBe(true);

    other.kill("SIGKILL");
    await once(other, "exit");
    expect(isAlive(orphan)).toBe(true);
    const managed = await start();
    expect(isAlive(orphan)).toBe(false);
    expect(await createQbittorrent(managed).check()).toMatchObject({ isSupported: true });
  });

  it("leaves a stranger alone whose number stands in an old pid file", async () => {
    const stranger = spawn("sleep", ["60"]);
    try {
      const first = await start();
      await first.stop();
      writeFileSync(pidFile(), String(stranger.pid));
      await start();
      expect(isAlive(stranger.pid ?? 0)).toBe(true);
    } finally {
      stranger.kill("SIGKILL");
    }
  });

  it("gives a start up when told, leaving nothing behind", async () => {
    const silent = join(root, "silent.sh");
    writeFileSync(silent, "#!/bin/sh\nexec sleep 60\n", { mode: 0o755 });
    const giveUp = new AbortController();
    const starting = start({ binaryPath: silent, signal: giveUp.signal });
    const pid = Number(
      await until("started", () => existsSync(pidFile()) && readFileSync(pidFile(), "utf8")),
    );
    giveUp.abort(new Error("given up"));
    await expect(starting).rejects.toThrow("given up");
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(pidFile())).toBe(false);
  });

  it("says what is missing when there is no qbittorrent-nox", async () => {
    await expect(start({ binaryPath: join(root, "nothing") })).rejects.toMatchObject({
      service: "qbittorrent",
      fault: "unreachable",
      message: expect.stringContaining("ENOENT"),
    });
  });

  it("says what it printed when it can't start", async () => {
    const broken = join(root, "broken.sh");
    writeFileSync(broken, "#!/bin/sh\necho the disk is on fire >&2\nexit 3\n", { mode: 0o755 });
    await expect(start({ binaryPath: broken })).rejects.toThrow("the disk is on fire");
  });
});
