import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { makeFolders, readEnv } from "@/lib/env";
import { films } from "../upstreams/films";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";
import { makeClips } from "./clips";
import { fillLibrary, filmsInLibrary } from "./fill-library";
import { addPeople } from "./household";
import { storePictures } from "./pictures";
import { makeReleases, type Releases } from "./releases";

export interface SeedOptions {
  /** An empty folder, or one that does not exist yet. */
  dataDir: string;
  now: Date;
  /** Web seeds that the torrents name; without them nobody answers, and downloads wait. */
  seeds?: { fastUrl: string; slowUrl: string };
  /** Told what is being done. */
  say?: (step: string) => void;
}

const nobody = "http://127.0.0.1:9/";

/** Where what the library is made from lies in its data folder. */
export const offlineFolder = (dataDir: string) => join(dataDir, "offline");
export const seedFolder = (dataDir: string) => join(offlineFolder(dataDir), "seed");

/**
 * Makes a data folder with a library of 60 films in every state, by the product's own functions and
 * job runner, with a stand-in for TMDB. Nothing is left running. Should it be cut off, the folder
 * has no database yet and can be filled anew.
 */
export async function seedLibrary({
  dataDir,
  now,
  seeds = { fastUrl: nobody, slowUrl: nobody },
  say = () => {},
}: SeedOptions): Promise<Releases> {
  const root = process.cwd();
  const tmdb = await startTmdb();
  const env = readEnv(
    {
      VIGILIO_DATA_DIR: dataDir,
      TMDB_API_KEY: tmdbKeys.v3,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      SUBTITLE_LANGUAGES: "en,tr",
    },
    root,
  );
  // The database gets its name when all of it is there.
  const databasePath = `${env.databasePath}.seeding`;
  for (const end of ["", "-wal", "-shm"]) await rm(`${databasePath}${end}`, { force: true });
  for (const left of [offlineFolder(dataDir), env.imagesDir, env.mediaDir]) {
    await rm(left, { recursive: true, force: true });
  }
  makeFolders(env);
  await mkdir(seedFolder(dataDir), { recursive: true });
  migrateDatabase({
    databasePath,
    migrationsDir: join(root, "db/migrations"),
  });
  const db = openDatabase(databasePath);
  try {
    const inLibrary = films.filter(({ number }) => filmsInLibrary.includes(number));
    say("Drawing posters and backdrops, making films");
    const [pictures, clips] = await Promise.all([
      storePictures(db, { films: inLibrary, imagesDir: env.imagesDir, now }),
      makeClips(offlineFolder(dataDir)),
    ]);
    say("Making torrents");
    const releases = await makeReleases({ dataDir, clips, ...seeds });
    const adminId = await addPeople(db, new Date(now.getTime() - 100 * 86_400_000));
    say("Filling the library");
    await fillLibrary({ db, env, clips, releases, pictures, adminId, handOver: now });
    db.$client.pragma("wal_checkpoint(TRUNCATE)");
    db.$client.pragma("journal_mode = DELETE");
    db.$client.close();
    await rename(databasePath, env.databasePath);
    return releases;
  } finally {
    if (db.$client.open) db.$client.close();
    await tmdb.close();
  }
}
