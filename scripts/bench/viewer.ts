import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { signIn as signInAs } from "@/tests/support/sign-in";

/** A folder for everything that a benchmark writes; it goes when the process ends. */
export function scratchFolder(): string {
  const dir = mkdtempSync(join(process.env.BENCH_DIR || tmpdir(), "vigilio-bench-"));
  process.once("exit", () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The account of somebody who watches. */
export const viewer = { username: "viewer", password: "a password for benchmarks" };

/** What Vigilio's environment says so that the account is there. */
export const viewerEnv = {
  VIGILIO_ADMIN_USERNAME: viewer.username,
  VIGILIO_ADMIN_PASSWORD: viewer.password,
};

/**
 * Makes a data folder whose database knows movies that are ready.
 *
 * @returns for each movie the file that has to be put in place, and where it is streamed.
 */
export function libraryOf(dataDir: string, count: number): { path: string; streamPath: string }[] {
  mkdirSync(dataDir, { recursive: true });
  const databasePath = join(dataDir, "vigilio.db");
  migrateDatabase({
    databasePath,
    migrationsDir: "db/migrations",
  });
  const db = openDatabase(databasePath);
  try {
    return Array.from({ length: count }, (_, number) => {
      const movieId = addMovieRow(db, { title: `Film ${number}`, genreNames: ["Drama"] });
      const { folder, fileName } = addVersionRow(db, { movieId });
      mkdirSync(join(dataDir, "media", folder), { recursive: true });
      return {
        path: join(dataDir, "media", folder, `${fileName}.mp4`),
        streamPath: `/media/${fileName}.mp4`,
      };
    });
  } finally {
    db.$client.close();
  }
}

/** Signs in as a browser does. @returns the Cookie header of a viewer. */
export async function signIn(vigilio: { url: string }): Promise<string> {
  const { name, value } = await signInAs(vigilio, viewer);
  return `${name}=${value}`;
}
