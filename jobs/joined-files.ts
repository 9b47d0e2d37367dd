import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { StoredPart } from "@/db/schema";

/**
 * Where the parts of a film are put together: in the media folder, on the disk of what is made of
 * it. The file lies there, as the version's source, until the film is published.
 */
export function joinFolder(mediaDir: string, versionId: string): string {
  return join(mediaDir, ".joined", versionId);
}

/** True when a version's source is what its parts were joined to, and not an original. */
export function isJoined(
  mediaDir: string,
  version: { id: string; sourcePath: string | null },
): boolean {
  return version.sourcePath?.startsWith(`${joinFolder(mediaDir, version.id)}/`) ?? false;
}

/** Removes what was joined; with `move`, the parts that it was made of go, too. */
export async function removeJoined(
  mediaDir: string,
  version: { id: string; importMode: string | null; sourceParts: StoredPart[] | null },
): Promise<void> {
  if (version.importMode === "move") {
    for (const { path } of version.sourceParts ?? []) await rm(path, { force: true });
  }
  await rm(joinFolder(mediaDir, version.id), { recursive: true, force: true });
}
