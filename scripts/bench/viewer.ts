import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { addMovieRow, addVersionRow } from "@/tests/support/library";

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
    backupsDir: join(dataDir, "backups"),
    now: new Date(),
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
  const pairs = (response: Response) =>
    response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  const first = await fetch(`${vigilio.url}/api/auth/csrf`);
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const answer = await fetch(`${vigilio.url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: pairs(first).join("; "), origin: vigilio.url },
    body: new URLSearchParams({ ...viewer, csrfToken, json: "true" }),
  });
  const session = pairs(answer).find((pair) => pair.includes("session="));
  if (!session) throw new Error(`signing in failed: ${answer.status} ${await answer.text()}`);
  return session;
}
