import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { isAbsolute, normalize } from "node:path";
import type { Env } from "@/lib/env";
import { type Reason, reason } from "@/lib/errors";

/** Where the system itself lives: no film is there, and much that is nobody's business. */
const systemFolders =
  "/bin /boot /dev /etc /lib /lib32 /lib64 /proc /run /sbin /snap /sys /usr".split(" ");

type OwnFolders = Pick<Env, "dataDir" | "mediaDir" | "downloadsDir">;

/** True for a folder itself and for everything below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** A path with its links resolved; as it is where there is nothing. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return normalize(path);
  }
}

/** Vigilio's own folders, with links resolved: films in them are its own already. */
export function ownFolders({ dataDir, mediaDir, downloadsDir }: OwnFolders): string[] {
  return [...new Set([dataDir, mediaDir, downloadsDir].map(real))];
}

/** That a folder is there and can be looked into; null when it can. */
export function faultOfFolder(path: string): Reason | null {
  if (!isAbsolute(path)) return reason("import-folder-relative", { path });
  try {
    if (!statSync(path).isDirectory()) return reason("import-folder-is-file", { path });
  } catch {
    return reason("import-folder-missing", { path });
  }
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
    return null;
  } catch {
    return reason("import-folder-unreadable", { path });
  }
}

/**
 * What speaks against taking films from a folder that a person names in the settings; null when
 * nothing does. The environment may name any: whoever sets it has the machine.
 */
export function faultOfImportFolder(path: string, env: OwnFolders): Reason | null {
  const fault = faultOfFolder(path);
  if (fault) return fault;
  const found = real(path);
  if (found === "/") return reason("import-folder-root");
  if (systemFolders.some((folder) => isWithin(found, folder))) {
    return reason("import-folder-system", { path });
  }
  const own = ownFolders(env).find((one) => isWithin(found, one) || isWithin(one, found));
  return own === undefined ? null : reason("import-folder-own", { path, own });
}

/** The import folder that a path lies in, both with links resolved; null when it lies in none. */
export function importFolderOf(path: string, folders: readonly string[]): string | null {
  const found = folders.map(real).find((folder) => isWithin(path, folder));
  return found ?? null;
}
