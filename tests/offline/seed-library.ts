import { existsSync } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import type { Connection } from "@/lib/db";
import { type Env, makeFolders, readEnv } from "@/lib/env";
import { films } from "../upstreams/films";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";
import { makeClips } from "./clips";
import { fillLibrary, filmsInLibrary } from "./fill-library";
import { addPeople } from "./household";
import { storePictures } from "./pictures";
import { makeReleases, type Releases } from "./releases";

interface Seeding {
  now: Date;
  /** Web seeds that the torrents name; without them nobody answers, and downloads wait. */
  seeds?: { fastUrl: string; slowUrl: string };
  /** Told what is being done. */
  say?: (step: string) => void;
}

export interface SeedOptions extends Seeding {
  /** An empty folder, or one that does not exist yet. */
  dataDir: string;
}

interface FillOptions extends Seeding {
  /** Makes whom the library belongs to, or finds them; their id. */
  owner(db: Connection): Promise<string>;
}

const nobody = "http://127.0.0.1:9/";

/** Where what the library is made from lies in its data folder. */
export const offlineFolder = (dataDir: string) => join(dataDir, "offline");
export const seedFolder = (dataDir: string) => join(offlineFolder(dataDir), "seed");

/** Makes a data folder for working offline, with an admin and a member. */
export async function seedLibrary({ dataDir, ...seeding }: SeedOptions): Promise<Releases> {
  const env = readEnv({ VIGILIO_DATA_DIR: dataDir }, process.cwd());
  for (const left of [env.databasePath, env.imagesDir, env.mediaDir]) {
    await rm(left, { recursive: true, force: true });
  }
  const since = new Date(seeding.now.getTime() - 100 * 86_400_000);
  return fillFolder(env, { ...seeding, owner: (db) => addPeople(db, since) });
}

/** What a household has set stays out: the library is the same everywhere, and asks nobody. */
function withStandIns(env: Env, tmdb: { apiUrl: string; imageUrl: string }): Env {
  const values = {
    TMDB_API_KEY: tmdbKeys.v3,
    TMDB_API_URL: tmdb.apiUrl,
    TMDB_IMAGE_URL: tmdb.imageUrl,
    SUBTITLE_LANGUAGES: ["en", "tr"],
    DELETE_ORIGINAL_FILES: false,
  };
  return { ...env, values: { ...env.values, ...values } };
}

/** A database under another name to work on: what there is already, or an empty one. */
async function databaseBeside(path: string, migrationsDir: string): Promise<string> {
  const beside = `${path}.seeding`;
  for (const end of ["", "-wal", "-shm"]) await rm(`${beside}${end}`, { force: true });
  if (existsSync(path)) {
    const db = openDatabase(path);
    db.$client.pragma("wal_checkpoint(TRUNCATE)");
    db.$client.close();
    await copyFile(path, beside);
  }
  migrateDatabase({ databasePath: beside, migrationsDir });
  return beside;
}

/**
 * Fills a data folder without movies with a library of 60 films in every state, by the product's own
 * functions and job runner, with a stand-in for TMDB. Nothing is left running. Should it be cut off,
 * the database is as it was, and the folder can be filled anew.
 */
export async function fillFolder(
  of: Env,
  { now, owner, seeds = { fastUrl: nobody, slowUrl: nobody }, say = () => {} }: FillOptions,
): Promise<Releases> {
  const { dataDir } = of;
  const tmdb = await startTmdb();
  const env = withStandIns(of, tmdb);
  let db: Connection | undefined;
  try {
    await rm(offlineFolder(dataDir), { recursive: true, force: true });
    makeFolders(env);
    await mkdir(seedFolder(dataDir), { recursive: true });
    // The database gets its name when all of it is there.
    const migrationsDir = join(process.cwd(), "db/migrations");
    const databasePath = await databaseBeside(env.databasePath, migrationsDir);
    db = openDatabase(databasePath);
    const inLibrary = films.filter(({ number }) => filmsInLibrary.includes(number));
    say("Drawing posters and backdrops, making films");
    const [pictures, clips] = await Promise.all([
      storePictures(db, { films: inLibrary, imagesDir: env.imagesDir, now }),
      makeClips(offlineFolder(dataDir)),
    ]);
    say("Making torrents");
    const releases = await makeReleases({ dataDir, clips, ...seeds });
    const adminId = await owner(db);
    say("Filling the library");
    await fillLibrary({ db, env, clips, releases, pictures, adminId, handOver: now });
    db.$client.pragma("wal_checkpoint(TRUNCATE)");
    db.$client.pragma("journal_mode = DELETE");
    db.$client.close();
    for (const end of ["-wal", "-shm"]) await rm(`${env.databasePath}${end}`, { force: true });
    await rename(databasePath, env.databasePath);
    return releases;
  } finally {
    if (db?.$client.open) db.$client.close();
    await tmdb.close();
  }
}
