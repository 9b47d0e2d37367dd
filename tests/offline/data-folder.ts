import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { offlineFolder } from "./seed-library";

const noted = z.object({
  /** Ports that the torrents of this folder name. */
  ports: z.object({ fast: z.number().int(), slow: z.number().int() }),
  apiToken: z.string(),
  pausedInfoHash: z.string(),
  offered: z.array(
    z.object({
      title: z.string(),
      imdbId: z.string(),
      note: z.string(),
      source: z.union([
        z.object({ path: z.string(), url: z.string() }),
        z.object({ magnet: z.string() }),
      ]),
    }),
  ),
});

/** What must be known of a seeded folder when it is used again. */
export type OfflineNotes = z.output<typeof noted>;

const notesPath = (dataDir: string) => join(offlineFolder(dataDir), "notes.json");

export const newApiToken = () => randomBytes(24).toString("hex");

/** The notes of a folder that was seeded to its end; null of any other. */
export async function readNotes(dataDir: string): Promise<OfflineNotes | null> {
  const text = await readFile(notesPath(dataDir), "utf8").catch(() => null);
  if (text === null) return null;
  return noted.safeParse(JSON.parse(text)).data ?? null;
}

/** Written last: from then on the folder is used again. */
export async function writeNotes(dataDir: string, notes: OfflineNotes): Promise<void> {
  const part = `${notesPath(dataDir)}.part`;
  await writeFile(part, JSON.stringify(notes, null, 2), { mode: 0o600 });
  await rename(part, notesPath(dataDir));
}

/**
 * Empties a folder for a new library.
 *
 * @throws Error for a folder with anything in it that was not made for working offline: somebody's
 *   own library is never touched.
 */
export async function emptyFolder(dataDir: string): Promise<void> {
  const names = await readdir(dataDir).catch(() => []);
  if (names.length > 0 && !existsSync(offlineFolder(dataDir))) {
    throw new Error(
      `${dataDir} holds something else. Name another folder with --data, or empty it yourself.`,
    );
  }
  // The mark goes last.
  for (const name of names.filter((name) => name !== "offline")) {
    await rm(join(dataDir, name), { recursive: true, force: true });
  }
  await rm(offlineFolder(dataDir), { recursive: true, force: true });
  await mkdir(offlineFolder(dataDir), { recursive: true });
}
