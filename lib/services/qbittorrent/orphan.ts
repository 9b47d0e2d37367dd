import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { logFor } from "@/lib/log";

const log = logFor("qbittorrent");
const pollPauseMs = 50;

const pidPathOf = (profileDir: string) => join(profileDir, "qbittorrent.pid");

/** The argument that ties a process to its profile. */
export const profileArgument = (profileDir: string) => `--profile=${profileDir}`;

/** Remembers which process runs on this profile, so that the next start can find it. */
export async function writePid(profileDir: string, pid: number): Promise<void> {
  const path = pidPathOf(profileDir);
  await writeFile(`${path}.new`, `${pid}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export async function removePid(profileDir: string): Promise<void> {
  await rm(pidPathOf(profileDir), { force: true });
}

/**
 * Ends the qBittorrent that a Vigilio left behind when it was killed: two on one profile would
 * spoil it. The number in the pid file is believed only when that process was started with this
 * profile (numbers are used again).
 *
 * @throws when the Vigilio that started it is still alive: then the data folder is in use.
 */
export async function endOrphan(profileDir: string, killAfterMs: number): Promise<void> {
  const text = await readFile(pidPathOf(profileDir), "utf8").catch(() => "");
  const pid = Number(text.trim());
  if (!Number.isInteger(pid) || pid < 2 || !(await runsOn(pid, profileDir))) return;
  const parent = await parentOf(pid);
  if (parent !== null && parent !== process.pid && (await isVigilio(parent))) {
    throw new Error(
      `another Vigilio (process ${parent}) runs a qBittorrent on ${profileDir}: stop it, or give this one a data folder of its own`,
    );
  }
  log.warn({ pid }, "ending a qBittorrent that was left behind");
  await endProcess(pid, killAfterMs, () => runsOn(pid, profileDir));
  await removePid(profileDir);
}

/** SIGTERM, and SIGKILL when that is not enough in time. */
async function endProcess(
  pid: number,
  killAfterMs: number,
  isAlive: () => Promise<boolean>,
): Promise<void> {
  const killAt = performance.now() + killAfterMs;
  send(pid, "SIGTERM");
  let wasKilled = false;
  while (await isAlive()) {
    if (!wasKilled && performance.now() > killAt) {
      wasKilled = true;
      send(pid, "SIGKILL");
    }
    await wait(pollPauseMs);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** True for a living process that was started with this profile. A zombie has no arguments. */
async function runsOn(pid: number, profileDir: string): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return text.split("\0").includes(profileArgument(profileDir));
}

async function parentOf(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const parent = /^PPid:\s*(\d+)$/m.exec(text)?.[1];
  return parent === undefined ? null : Number(parent);
}

/** What adopts orphans is an init; what started a qBittorrent for itself is a Node.js. */
async function isVigilio(pid: number): Promise<boolean> {
  if (pid <= 1) return false;
  const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return /(^|\/)node\0|next-server/.test(text) || /\bnode$/.test(text.split("\0")[0] ?? "");
}
