import type { Check } from "./schema";
import { quoted } from "./shell-text";

export interface FolderFacts {
  role: "data" | "media" | "downloads" | "backups" | "import";
  path: string;
  isThere: boolean;
  /** Code of what went wrong (EACCES, EROFS, ENOSPC), when a file was written or, of an import folder, read. */
  fault: string | null;
  freeBytes: number;
  totalBytes: number;
  /** Whose it is, and what they may (octal, such as 755). */
  ownerId: number;
  groupId: number;
  mode: string;
  /** Which disk it lies on. */
  deviceId: number;
}

/** Who Vigilio is on this machine. */
export interface ProcessFacts {
  userId: number;
  groupId: number;
}

const area = "disk";
/** Nothing new is begun below it; see jobs/check-health.ts. */
const leastFreeBytes = 1024 ** 3;
/** About one film, downloaded and prepared. */
const tightBytes = 15 * 1000 ** 3;

const gigabytes = (bytes: number) => Math.round(bytes / 1e8) / 10;

/** Whether Vigilio can write where it has to, read where it should, and has room. */
export function checkFolders(folders: readonly FolderFacts[], process: ProcessFacts): Check[] {
  const told = new Set<number>();
  const checks = folders.map((folder) => {
    // A disk that is nearly full is told once, by the first folder on it.
    const isTold = told.has(folder.deviceId);
    told.add(folder.deviceId);
    return checkFolder(folder, process, isTold);
  });
  const media = folders.find(({ role }) => role === "media");
  const downloads = folders.find(({ role }) => role === "downloads");
  if (media?.isThere && downloads?.isThere) {
    const told = media.deviceId === downloads.deviceId ? "disks-one" : "disks-two";
    checks.push({ area, name: "disks", state: "fine", told });
  }
  return checks;
}

function checkFolder(folder: FolderFacts, process: ProcessFacts, isDiskTold: boolean): Check {
  const { role, path, fault } = folder;
  const about = { area, name: `folder-${role}` } as const;
  const place = { path, userId: String(process.userId), groupId: String(process.groupId) };
  const mine = `${process.userId}:${process.groupId}`;
  if (!folder.isThere) {
    const make = `sudo mkdir -p ${quoted(path)} && sudo chown ${mine} ${quoted(path)}`;
    const command = role === "import" ? {} : { command: make };
    return { ...about, state: "broken", told: "folder-missing", values: { path }, ...command };
  }
  if (fault === "EROFS") {
    const command = `findmnt -T ${quoted(path)}`;
    return { ...about, state: "broken", told: "folder-read-only", values: { path }, command };
  }
  if (
    fault === "ENOSPC" ||
    (role !== "import" && !fault && !isDiskTold && folder.freeBytes < leastFreeBytes)
  ) {
    return { ...about, state: "broken", told: "folder-full", values: room(folder) };
  }
  if (fault === "EACCES" || fault === "EPERM") {
    const { ownerId, groupId, mode } = folder;
    const owner = { owner: `${ownerId}:${groupId}`, mode };
    const told = role === "import" ? "folder-unreadable" : "folder-denied";
    const values = { ...place, ...owner };
    return { ...about, state: "broken", told, values, command: permissionCommand(folder, mine) };
  }
  if (fault) {
    return { ...about, state: "broken", told: "folder-fails", values: { path, code: fault } };
  }
  if (role === "import") return { ...about, state: "fine", told: "folder-readable", values: place };
  const values = { ...place, ...room(folder) };
  const isTight = !isDiskTold && folder.freeBytes < tightBytes;
  return isTight
    ? { ...about, state: "look", told: "folder-tight", values }
    : { ...about, state: "fine", told: "folder-fine", values };
}

function room({ path, freeBytes, totalBytes }: FolderFacts) {
  return {
    path,
    freeGigabytes: gigabytes(freeBytes),
    totalGigabytes: gigabytes(totalBytes),
  };
}

/** What gives Vigilio the right: its own folder gets its bits back, another's gets a new owner. */
function permissionCommand({ role, path, ownerId }: FolderFacts, mine: string): string {
  if (role === "import") return `sudo chmod -R o+rX ${quoted(path)}`;
  const isOwn = mine.startsWith(`${ownerId}:`);
  return isOwn ? `sudo chmod -R u+rwX ${quoted(path)}` : `sudo chown -R ${mine} ${quoted(path)}`;
}
