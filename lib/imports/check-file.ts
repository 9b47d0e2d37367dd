import { constants } from "node:fs";
import { access, lstat, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { StoredImportPart } from "@/db/schema";
import { type Reason, reason } from "@/lib/errors";
import { isInImportFolder } from "./folders";

export type ImportMode = "link" | "copy" | "move";

interface Wanted {
  /** Of the scan, with its links resolved when it was scanned. */
  folder: string;
  parts: readonly StoredImportPart[];
  mode: ImportMode;
}

const may = (path: string, how: number) =>
  access(path, how).then(
    () => true,
    () => false,
  );

/** Why a part may not be taken; null when it is the very file that was scanned. */
async function faultOf(path: string, part: StoredImportPart, mode: ImportMode) {
  const found = await lstat(path, { bigint: true }).catch(() => null);
  if (!found) return reason("import-file-gone");
  // No folder on the way to it may have become a link to somewhere else.
  const isItself = found.isFile() && (await realpath(path).catch(() => null)) === path;
  if (!isItself) return reason("import-file-changed");
  const isSame =
    `${found.dev}:${found.ino}` === part.identity &&
    Number(found.size) === part.sizeBytes &&
    Number(found.mtimeMs) === part.modifiedMs;
  if (!isSame) return reason("import-file-changed");
  if (!(await may(path, constants.R_OK))) return reason("import-file-unreadable");
  if (mode === "move" && !(await may(dirname(path), constants.W_OK))) {
    return reason("import-move-refused");
  }
  return null;
}

/**
 * Looks at the files of a film once more, right before they are taken: they have to lie in a folder
 * that films may still be taken from, and to be the files that a person saw.
 *
 * @param folders import folders as the settings have them now.
 * @returns their absolute paths in order, or why they are left alone.
 */
export async function checkFiles(
  { folder, parts, mode }: Wanted,
  folders: readonly string[],
): Promise<{ paths: string[] } | { fault: Reason }> {
  if (!(await isInImportFolder(folder, folders))) {
    return { fault: reason("import-folder-closed") };
  }
  const paths: string[] = [];
  for (const part of parts) {
    const path = join(folder, part.path);
    // Names come from a directory listing and never hold "..": a row that does was not written by us.
    if (!path.startsWith(`${folder}/`)) return { fault: reason("import-file-changed") };
    const fault = await faultOf(path, part, mode);
    if (fault) return { fault };
    paths.push(path);
  }
  return { paths };
}
