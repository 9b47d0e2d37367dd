import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Found {
  pid: number;
  parent: number;
  what: "qbittorrent" | "ffmpeg";
}

const read = (path: string) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

/** True while a process is there and not just waiting for its parent to look. */
export function isAlive(pid: number): boolean {
  const state = /^State:\s+(\S)/m.exec(read(`/proc/${pid}/status`))?.[1];
  return state !== undefined && state !== "Z";
}

/**
 * The programs that work for a data folder: told by what they were started with, whoever is their
 * parent now.
 */
export function programsOf(dataDir: string): Found[] {
  const profile = `--profile=${join(dataDir, "qbittorrent")}`;
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).flatMap((pid) => {
    const args = read(`/proc/${pid}/cmdline`).split("\0");
    const isQbittorrent = args.includes(profile);
    const mark = read(`/proc/${pid}/environ`)
      .split("\0")
      .find((entry) => entry.startsWith("VIGILIO_RUN="));
    const isFfmpeg = mark?.endsWith(`|${dataDir}`) ?? false;
    if ((!isQbittorrent && !isFfmpeg) || !isAlive(pid)) return [];
    const parent = Number(/^PPid:\s*(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
    return [{ pid, parent, what: isQbittorrent ? ("qbittorrent" as const) : ("ffmpeg" as const) }];
  });
}

/** Those that no living Vigilio answers for. */
export function orphansOf(dataDir: string, vigilioPid: number | null): Found[] {
  return programsOf(dataDir).filter(({ parent }) => parent !== vigilioPid);
}
