import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { logFor } from "@/lib/log";

const log = logFor("ffmpeg");

/** In the environment of every program that is started here: whose it is. */
const markName = "VIGILIO_RUN";
const goneWithinMs = 2_000;

/** On globalThis: a module is evaluated several times in one Next.js process. */
const shared = globalThis as { vigilioRunHome?: string };

/** Where process ids mean what they mean to us: those of another container are other processes. */
function pidNamespace(): string | null {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
}

/**
 * When a process began, in the system's clock ticks (field 22 of /proc/<pid>/stat, see proc(5)):
 * with the id it names one process for ever, since ids are used again. Null when it is gone; a
 * zombie counts as gone.
 */
function startOf(pid: number): string | null {
  try {
    // The name in brackets may itself hold spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** Says whose data folder (absolute) the programs of this process work for. */
export function ownRuns(home: string): void {
  shared.vigilioRunHome = home;
}

/** What goes into the environment of a program that is started; nothing where there is no /proc. */
export function runMark(): Record<string, string> {
  const namespace = pidNamespace();
  const start = startOf(process.pid);
  const home = shared.vigilioRunHome;
  if (!namespace || !start || !home) return {};
  return { [markName]: [namespace, process.pid, start, home].join("|") };
}

/** The mark of a living process; undefined for one that has none, or that is not ours to look at. */
function markOf(
  pid: number,
): { namespace: string; owner: number; start: string; home: string } | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return undefined;
  }
  const mark = text.split("\0").find((entry) => entry.startsWith(`${markName}=`));
  const [namespace = "", owner = "", start = "", ...home] =
    mark?.slice(markName.length + 1).split("|") ?? [];
  return mark ? { namespace, owner: Number(owner), start, home: home.join("|") } : undefined;
}

/** Programs that a Vigilio on our data folder started and did not live to end. */
function orphanRuns(): number[] {
  const namespace = pidNamespace();
  const home = shared.vigilioRunHome;
  if (!namespace || !home) return [];
  const pids = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter((pid) => {
    const mark = markOf(pid);
    if (mark?.home !== home || mark.namespace !== namespace) return false;
    return startOf(mark.owner) !== mark.start && startOf(pid) !== null;
  });
}

/**
 * Ends ffmpeg and ffprobe that a killed Vigilio left running: nobody waits for what they make. A
 * process is ours by the mark in its environment, and left behind when the process that the mark
 * names is gone; nothing else is touched. Resolves when they are gone, or after two seconds.
 *
 * @returns how many were ended. Without /proc (outside Linux) none is found.
 */
export async function endOrphanRuns(): Promise<number> {
  const orphans = orphanRuns();
  for (const pid of orphans) {
    log.warn({ pid }, "ending a program that was left behind");
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
  const giveUpAt = performance.now() + goneWithinMs;
  while (orphans.some((pid) => startOf(pid) !== null) && performance.now() < giveUpAt) {
    await wait(20);
  }
  return orphans.length;
}
