"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import { adminAction } from "@/lib/web/action";
import { mendFileModes } from "./commands";

/** Takes the right to read Vigilio's private files from everybody else on this machine. */
export const mendFileModesAction = adminAction(z.unknown(), async (_, { db }) => {
  await mendFileModes({ db, env: env() });
});
