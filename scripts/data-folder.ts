import { existsSync } from "node:fs";
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
