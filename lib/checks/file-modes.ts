import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "@/lib/env";
import type { FileFacts } from "./files";

/** What holds keys, hashes of passwords and everybody's history. */
function privatePaths({ dataDir, databasePath, backupsDir }: Env): string[] {
  const backups = (() => {
    try {
      return readdirSync(backupsDir).filter((name) => name.endsWith(".db"));
    } catch {
      // No folder, no backups.
      return [];
    }
  })();
  return [
    join(dataDir, "secrets.json"),
    ...["", "-wal", "-shm"].map((ending) => `${databasePath}${ending}`),
    ...backups.map((name) => join(backupsDir, name)),
  ];
}

/** Who may read the files that are nobody else's business; those that are not there are left out. */
export function fileFacts(env: Env): FileFacts[] {
  return privatePaths(env).flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat ? [{ path, mode: stat.mode & 0o777 }] : [];
  });
}

/** Takes the right to read them from everybody but the owner. @throws Error of another's files. */
export function tightenFiles(env: Env): void {
  for (const { path, mode } of fileFacts(env)) {
    if ((mode & 0o077) !== 0) chmodSync(path, mode & 0o700);
  }
}
