import { constants } from "node:fs";
import { copyFile, link, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Where a version's file is made before it is published: in the media folder, so that the last step
 * is a rename and never a copy. Emptied when the work is over, and at the start for dead work.
 */
export function workFolder(mediaDir: string, versionId: string): string {
  return join(mediaDir, ".work", versionId);
}

export function workFile(mediaDir: string, version: { id: string; fileName: string }): string {
  return join(workFolder(mediaDir, version.id), `${version.fileName}.mp4`);
}

/** Where a published version lies. */
export function publishedFile(
  mediaDir: string,
  version: { folder: string; fileName: string },
): string {
  return join(mediaDir, version.folder, `${version.fileName}.mp4`);
}

/** Size in bytes; null when there is no such file. */
export async function fileSize(path: string): Promise<number | null> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
}

/**
 * The same file under another name without a second copy of its bytes; across disks, or where the
 * disk has no hard links, a copy (which shares blocks where the file system can).
 */
export async function linkOrCopy(from: string, to: string): Promise<"linked" | "copied"> {
  await mkdir(dirname(to), { recursive: true });
  await rm(to, { force: true });
  try {
    await link(from, to);
    return "linked";
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!["EXDEV", "EPERM", "ENOTSUP", "EMLINK", "ENOSYS"].includes(code)) throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    return "copied";
  }
}

/** Puts a finished file into its place. */
export async function moveIntoPlace(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}
