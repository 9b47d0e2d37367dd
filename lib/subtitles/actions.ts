"use server";

import { adminAction } from "@/lib/web/action";
import { refreshSubtitles } from "./refresh";
import { refreshInput } from "./schema";

/** Looks for the subtitles of the chosen movies again; uploads stay. */
export const refreshSubtitlesAction = adminAction(refreshInput, ({ movieIds }, { db, now }) => {
  const { jobIds } = refreshSubtitles(db, { movieIds, now });
  return { jobs: jobIds.length };
});
