import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What is measured is read from /proc, so benchmarks need Linux. */

/** Clock ticks per second, in which /proc counts processor time. */
const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/**
 * Processor time that a process has used since it began, in user and kernel mode, all threads,
 * without its children: fields 14 and 15 of /proc/<pid>/stat.
 */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name in parentheses, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

export interface Memory {
  /** Resident: every page that is mapped, also what others share. */
  rssMegabytes: number;
  /** The same with shared pages divided among those who share them: these may be added up. */
  pssMegabytes: number;
}

/** Memory of a process, from /proc/<pid>/smaps_rollup. Megabytes are 1,000,000 bytes. */
export function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const megabytes = (field: string) =>
    (Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(text)?.[1]) * 1024) / 1e6;
  return { rssMegabytes: megabytes("Rss"), pssMegabytes: megabytes("Pss") };
}

/** Resident megabytes alone, cheaply enough to be asked for all the time. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}

function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return null;
  }
}

/** The program's name as the kernel has it, at most 15 letters; empty when it has ended. */
export function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

/** Processes that a process started, and those that these started. */
export function descendantsOf(pid: number): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((name) => [Number(name), parentOf(Number(name))]));
  const found: number[] = [];
  const look = (parent: number) => {
    for (const [child, of] of parents) {
      if (of !== parent) continue;
      found.push(child);
      look(child);
    }
  };
  look(pid);
  return found;
}

/** Remembers the most resident memory that a process had while something went on. */
export function watchMemory(pid: number): { stop(): number } {
  let most = residentMegabytes(pid);
  const timer = setInterval(() => {
    most = Math.max(most, residentMegabytes(pid));
  }, 50);
  return {
    stop() {
      clearInterval(timer);
      return Math.max(most, residentMegabytes(pid));
    },
  };
}
