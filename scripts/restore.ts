// npm run restore: lists the backups. npm run restore -- NAME: restores one, while Vigilio is stopped.
import { parseArgs } from "node:util";
import { sizeText } from "@/app/_components/words/measures";
import { lockFolder } from "@/db/lock";
import { listBackups } from "@/lib/backups/data";
import { dropHalfBackups } from "@/lib/backups/make";
import { backupPlaceOf } from "@/lib/backups/place";
import { takeWishedRestore, wishRestore } from "@/lib/backups/restore";
import type { Env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { reasonText } from "@/lib/web/catalogue";
import { checkDataFolder, serverEnvironment } from "./data-folder";
import { command, root, StepError } from "./prepare/step.mjs";

async function list(env: Env): Promise<void> {
  const backups = await listBackups(backupPlaceOf(env));
  if (backups.length === 0) {
    console.log(`There is no backup in ${env.backupsDir} yet.`);
    return;
  }
  for (const { name, movies, people, sizeBytes, isNewer } of backups) {
    const contents = `${movies} movies, ${people} people, ${sizeText(sizeBytes, "en")}`;
    console.log(`${name.padEnd(40)}  ${contents}${isNewer ? ", made by a newer Vigilio" : ""}`);
  }
  console.log("\nRestore one, while Vigilio is stopped: npm run restore -- NAME");
}

async function restore(env: Env, name: string): Promise<void> {
  const lock = lockFolder(env.dataDir, 0);
  if (!lock) {
    throw new StepError(
      `Vigilio works in ${env.dataDir}. Restore in Settings, Backups; or stop it first.`,
    );
  }
  try {
    const place = backupPlaceOf(env);
    dropHalfBackups(place.backupsDir);
    wishRestore(name, place);
    const done = await takeWishedRestore({ ...place, now: new Date() });
    console.log(`Restored ${name}. No film was deleted: start Vigilio again.`);
    if (done?.before) console.log(`What was there before: npm run restore -- ${done.before}`);
  } finally {
    lock.release();
  }
}

await command("Nothing was restored", async () => {
  process.chdir(root);
  const { positionals } = parseArgs({ allowPositionals: true });
  const env = serverEnvironment();
  checkDataFolder(env);
  const [name] = positionals;
  try {
    await (name ? restore(env, name) : list(env));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new StepError(reasonText(error.reason, "en"));
  }
});
