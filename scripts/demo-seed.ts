// npm run demo:seed: fills the server's data folder with a library to show, of 60 invented films
// that are made on the spot. Nothing is fetched. Vigilio has to be stopped meanwhile.
import { existsSync } from "node:fs";
import { openDatabase } from "@/db/client";
import { lockFolder } from "@/db/lock";
import type { Connection } from "@/lib/db";
import type { Env } from "@/lib/env";
import type { DemoOwner } from "@/tests/offline/demo-owner";
import { serverEnvironment } from "./data-folder";
import { ensurePrograms } from "./prepare/programs.mjs";
import { command, root, StepError } from "./prepare/step.mjs";

/** Movies of a database, however old it is. */
function moviesIn(databasePath: string): number {
  if (!existsSync(databasePath)) return 0;
  const { $client: client } = openDatabase(databasePath);
  try {
    const table = "select 1 from sqlite_master where type = 'table' and name = 'movies'";
    if (!client.prepare(table).get()) return 0;
    const found = client.prepare("select count(*) as count from movies").get();
    return (found as { count: number }).count;
  } finally {
    client.close();
  }
}

/** @throws StepError for a folder in which somebody's own films are. */
function refuseMovies({ databasePath, dataDir }: Env): void {
  const count = moviesIn(databasePath);
  if (count === 0) return;
  throw new StepError(
    `there is a library in ${dataDir} already (movies: ${count}). A demo belongs into a folder of its own: set VIGILIO_DATA_DIR to another one.`,
  );
}

await command("There is no demo library", async () => {
  process.chdir(root);
  const env = serverEnvironment();
  await ensurePrograms();
  // What makes the films reads these, and loggers are made when modules load: films of the library
  // fail on purpose.
  for (const name of ["FFMPEG_PATH", "FFPROBE_PATH"] as const) {
    if (env.values[name]) process.env[name] = env.values[name];
  }
  process.env.LOG_LEVEL = "silent";
  const { fillFolder } = await import("@/tests/offline/seed-library");
  const { demoOwner } = await import("@/tests/offline/demo-owner");

  const lock = lockFolder(env.dataDir, 0);
  if (!lock) throw new StepError(`Vigilio works in ${env.dataDir}. Stop it first.`);
  try {
    refuseMovies(env);
    const now = new Date();
    const owners: DemoOwner[] = [];
    await fillFolder(env, {
      now,
      say: (step) => console.log(`${step} …`),
      async owner(db: Connection) {
        const owner = await demoOwner(db, env, now);
        owners.push(owner);
        return owner.id;
      },
    });
    console.log(`60 films are in ${env.dataDir}.`);
    const made = owners[0]?.made;
    if (made) {
      console.log(`Its admin, told this once: ${made.username} / ${made.password}`);
    }
    console.log("Show them: DEMO=true npm start, or npm run demo -- on.");
  } finally {
    lock.release();
  }
});
