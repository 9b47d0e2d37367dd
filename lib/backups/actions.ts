"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import { runtime } from "@/lib/queue/runtime";
import { adminAction } from "@/lib/web/action";
import { restoreChangesOf } from "./changes";
import { makeBackup } from "./make";
import { backupPlaceOf } from "./place";
import { saveBackupProblem } from "./problem";
import { restoreNow } from "./restore-now";
import { releaseHeld } from "./restored";
import { backupParams } from "./schema";

/** Makes a backup now. */
export const makeBackupAction = adminAction(z.unknown(), async (_, { db, now }) => {
  const { name } = await makeBackup(db, { ...backupPlaceOf(env()), reason: "by-hand", now });
  saveBackupProblem(db, null, now);
  return { name };
});

/** What restoring a backup would change. */
export const restoreChangesAction = adminAction(backupParams, ({ name }, { db }) =>
  restoreChangesOf(db, name, backupPlaceOf(env())),
);

/** Restores a backup: the library is as it was then. */
export const restoreBackupAction = adminAction(backupParams, ({ name }) => restoreNow(name));

/** Lets go of the files that were kept after a restore, and removes them. */
export const deleteHeldFilesAction = adminAction(z.unknown(), (_, { db, now }) => {
  releaseHeld(db, now);
  runtime()?.sweep();
  return null;
});
