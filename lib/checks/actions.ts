"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import { adminAction } from "@/lib/web/action";
import { mendFileModes, runChecks } from "./commands";
import { runChecksInput } from "./schema";

/** Looks at everything anew, or at what is named. */
export const runChecksAction = adminAction(runChecksInput, async (wanted, { db }) => {
  await runChecks({ db, env: env() }, wanted ?? {});
});

/** Takes the right to read Vigilio's private files from everybody else on this machine. */
export const mendFileModesAction = adminAction(z.unknown(), async (_, { db }) => {
  await mendFileModes({ db, env: env() });
});
