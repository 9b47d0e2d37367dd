import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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
 * spoil it. Every process is looked at, and not only the one whose number stands in the pid file:
 * that is written a moment after the start, and numbers are used again. What counts is that it was
 * started with this profile.
 *
 * @throws when the Vigilio that started it is still alive: then the data folder is in use.
 */
export async function endOrphan(profileDir: string, killAfterMs: number): Promise<void> {
  const pids = await processesOn(profileDir);
  for (const pid of pids) {
    const parent = await parentOf(pid);
    if (parent !== null && parent !== process.pid && (await isVigilio(parent))) {
      throw new Error(
        `another Vigilio (process ${parent}) runs a qBittorrent on ${profileDir}: stop it, or give this one a data folder of its own`,
      );
    }
  }
  await Promise.all(
    pids.map((pid) => {
      log.warn({ pid }, "ending a qBittorrent that was left behind");
      return endProcess(pid, killAfterMs, () => runsOn(pid, profileDir));
    }),
  );
  await removePid(profileDir);
}

/** Processes on a profile: all that /proc shows, or, where there is none, none. */
async function processesOn(profileDir: string): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  const found: number[] = [];
  for (const pid of names.filter((name) => /^\d+$/.test(name)).map(Number)) {
    if (pid !== process.pid && (await runsOn(pid, profileDir))) found.push(pid);
  }
  return found;
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
