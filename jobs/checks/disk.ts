import { access, constants, readdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkFolders, type FolderFacts } from "@/lib/checks/disk";
import type { Env } from "@/lib/env";
import { randomId } from "@/lib/ids";
import type { Look } from "./context";

/** Writes a file and takes it away, or only reads: the one sure way to know. */
async function tried(path: string, isReadOnly: boolean): Promise<string | null> {
  const probe = join(path, `.vigilio-check-${randomId()}`);
  try {
    await access(path, constants.X_OK);
    if (isReadOnly) {
      await readdir(path);
      return null;
    }
    await writeFile(probe, "vigilio", { flag: "wx" });
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "?";
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

/** Everything about a folder that decides whether it can be used. */
export async function folderFacts(role: FolderFacts["role"], path: string): Promise<FolderFacts> {
  try {
    const found = await stat(path);
    const { uid, gid, mode, dev } = found;
    const { bavail, blocks, bsize } = await statfs(path);
    return {
      ...{ role, path, isThere: true },
      fault: found.isDirectory() ? await tried(path, role === "import") : "ENOTDIR",
      freeBytes: bavail * bsize,
      totalBytes: blocks * bsize,
      ownerId: uid,
      groupId: gid,
      mode: (mode & 0o777).toString(8).padStart(3, "0"),
      deviceId: dev,
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "?";
    const isThere = code !== "ENOENT" && code !== "ENOTDIR";
    return {
      ...{ role, path, isThere, fault: code, freeBytes: 0, totalBytes: 0 },
      ...{ ownerId: -1, groupId: -1, mode: "?", deviceId: -1 },
    };
  }
}

function foldersOf(env: Env): [FolderFacts["role"], string][] {
  return [
    ["data", env.dataDir],
    ["media", env.mediaDir],
    ["downloads", env.downloadsDir],
    ["backups", env.backupsDir],
    ...(env.values.VIGILIO_IMPORT_DIRS ?? []).map((path): [FolderFacts["role"], string] => [
      "import",
      path,
    ]),
  ];
}

/** Tries every folder that Vigilio works in. */
export const lookAtDisk: Look = async ({ env }) => {
  const folders = await Promise.all(foldersOf(env).map((one) => folderFacts(...one)));
  const userId = process.geteuid?.() ?? 0;
  const groupId = process.getegid?.() ?? 0;
  return checkFolders(folders, { userId, groupId });
};
