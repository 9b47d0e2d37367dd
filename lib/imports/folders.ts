import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { isAbsolute, normalize } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
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
const real = (path: string) => realpath(path).catch(() => normalize(path));

/** Vigilio's own folders, with links resolved: films in them are its own already. */
export async function ownFolders({ dataDir, mediaDir, downloadsDir }: OwnFolders) {
  return [...new Set(await Promise.all([dataDir, mediaDir, downloadsDir].map(real)))];
}

/** A share that is away keeps whoever looks at it waiting: nobody has to wait with it. */
const slowAfterMs = 5000;

async function look(path: string): Promise<Reason | null> {
  const found = await stat(path).catch(() => null);
  if (!found) return reason("import-folder-missing", { path });
  if (!found.isDirectory()) return reason("import-folder-is-file", { path });
  return access(path, constants.R_OK | constants.X_OK).then(
    () => null,
    () => reason("import-folder-unreadable", { path }),
  );
}

/** That a folder is there and can be looked into; null when it can. */
export async function faultOfFolder(path: string): Promise<Reason | null> {
  if (!isAbsolute(path)) return reason("import-folder-relative", { path });
  const tooLong = new AbortController();
  const slow = wait(slowAfterMs, reason("import-folder-slow", { path }), {
    ...{ signal: tooLong.signal, ref: false },
  }).catch(() => null);
  try {
    return await Promise.race([look(path), slow]);
  } finally {
    tooLong.abort();
  }
}

/**
 * What speaks against taking films from a folder that a person names in the settings; null when
 * nothing does. The environment may name any: whoever sets it has the machine.
 */
export async function faultOfImportFolder(path: string, env: OwnFolders): Promise<Reason | null> {
  const fault = await faultOfFolder(path);
  if (fault) return fault;
  const found = await realpath(path);
  if (found === "/") return reason("import-folder-root");
  if (systemFolders.some((folder) => isWithin(found, folder))) {
    return reason("import-folder-system", { path });
  }
  const own = (await ownFolders(env)).find((one) => isWithin(found, one) || isWithin(one, found));
  return own === undefined ? null : reason("import-folder-own", { path, own });
}

/** True for a path, links resolved, that lies in one of the import folders, or is one. */
export async function isInImportFolder(path: string, folders: readonly string[]) {
  return (await Promise.all(folders.map(real))).some((folder) => isWithin(path, folder));
}
