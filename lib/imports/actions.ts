"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import { connect } from "@/lib/settings/connect";
import { saveSettings } from "@/lib/settings/mutations";
import { adminAction } from "@/lib/web/action";
import { changeMatch, importChosen, refuseBadFolders, startScan } from "./commands";
import { matchAgain } from "./mutations";
import { changeMatchInput, importInput, scanInput, scanParams } from "./schema";

/** Paths, one a line. */
const foldersForm = z.object({
  importDirs: z
    .string()
    .max(50_000)
    .transform((text) => {
      const paths = text.split("\n").map((line) => line.trim());
      return [...new Set(paths.filter((path) => path !== ""))];
    }),
});

/** Saves which folders films may be taken from. */
export const changeImportFoldersAction = adminAction(foldersForm, async (patch, { db, now }) => {
  await refuseBadFolders(patch, env());
  saveSettings(db, { patch, env: env(), now });
  return null;
});

/** Begins to look through an import folder; the scan's id. */
export const startScanAction = adminAction(scanInput, async ({ folder }, { db, user, now }) => {
  const asker = { id: user.id, isAdmin: true };
  const { scanId } = await startScan({ db, env: env(), user: asker, now }, folder);
  return { scanId };
});

/** Asks TMDB about what it could not be asked about before, or tries a scan that failed again. */
export const matchAgainAction = adminAction(scanParams, ({ id }, { db, now }) => {
  matchAgain(db, id, now);
  return null;
});

/** Says which film a file is. */
export const changeMatchAction = adminAction(changeMatchInput, async (input, { db, now }) => {
  await changeMatch({ db, services: connect(db, env()), now }, input);
  return null;
});

/** Takes files of a scan into the library, in the background. */
export const importFilesAction = adminAction(
  importInput.safeExtend(scanParams.shape),
  async ({ id, ...input }, { db, user, now }) => {
    const context = { db, env: env(), services: connect(db, env()), now };
    await importChosen({ ...context, user: { id: user.id, isAdmin: true } }, id, input);
    return null;
  },
);
