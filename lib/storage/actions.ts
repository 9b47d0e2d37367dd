"use server";

import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { settingOf } from "@/lib/settings/data";
import { adminAction } from "@/lib/web/action";
import { reasonText } from "@/lib/web/words";
import { binVersions, deleteOriginals } from "./commands";
import { chosenDownloads, chosenVersions } from "./schema";

/** Puts versions into the bin. */
export const binVersionsAction = adminAction(
  chosenVersions,
  async ({ versionIds }, { db, now, locale }) => {
    const days = settingOf(db, env(), "binDays");
    if (days === 0) throw new AppError("bin-off", { status: 409 });
    const { done, refused } = await binVersions({ db, env: env(), now }, versionIds);
    return { done, refused: refused.map((reason) => reasonText(reason, locale)), days };
  },
);

/** Deletes what was downloaded, of films that play from a file of their own. */
export const deleteOriginalsAction = adminAction(
  chosenDownloads,
  ({ downloadIds }, { db, now }) => ({
    done: deleteOriginals({ db, env: env(), now }, downloadIds),
    refused: [],
  }),
);
