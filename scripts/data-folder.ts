import { existsSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { migrationStateOf } from "@/db/migrate";
import type { Connection } from "@/lib/db";
import { type Env, readEnv, variables } from "@/lib/env";
import { setting } from "./prepare/settings.mjs";
import { root, StepError } from "./prepare/step.mjs";

/** The environment as the server reads it: with what stands in .env files. */
export function serverEnvironment(): Env {
  return readEnv(
    Object.fromEntries(Object.keys(variables).map((name) => [name, setting(name)])),
    root,
  );
}

/** @throws StepError where no Vigilio ever worked: a command then reads another folder than meant. */
export function checkDataFolder({ dataDir, backupsDir }: Env): void {
  if (existsSync(backupsDir)) return;
  throw new StepError(
    `there is no Vigilio in ${dataDir}. Set VIGILIO_DATA_DIR to the folder that the server uses.`,
  );
}

/**
 * Works on the server's database, whether or not the server runs.
 *
 * @throws StepError where there is none, or another version of Vigilio made it.
 */
export async function withDatabase(
  env: Env,
  work: (db: Connection) => void | Promise<void>,
): Promise<void> {
  checkDataFolder(env);
  if (!existsSync(env.databasePath)) {
    throw new StepError(`there is no database in ${env.dataDir}: start Vigilio once.`);
  }
  const db = openDatabase(env.databasePath);
  try {
    const { applied, known } = migrationStateOf(db.$client, join(root, "db/migrations"));
    if (applied !== known) {
      throw new StepError(
        "the database belongs to another version of Vigilio. Start this one once, then try again.",
      );
    }
    await work(db);
  } finally {
    db.$client.close();
  }
}
