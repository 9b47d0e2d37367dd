import {
  checkOpenSubtitles,
  checkTmdb,
  type OpenSubtitlesFacts,
  type ServiceFault,
} from "@/lib/checks/online";
import { UpstreamError } from "@/lib/errors";
import { settingsOf } from "@/lib/settings/data";
import type { Look } from "./context";

/** What a service did in the place of an answer. */
function faultOf(error: unknown): ServiceFault {
  if (!(error instanceof UpstreamError)) throw error;
  return { kind: error.fault, reason: error.reason };
}

/** Shows TMDB the key. */
export const lookAtTmdb: Look = async ({ services }) => {
  const tmdb = services.tmdb();
  const startedAt = performance.now();
  const verdict = tmdb ? await tmdb.verifyKey() : true;
  return [
    checkTmdb({
      hasKey: tmdb !== null,
      elapsedMs: performance.now() - startedAt,
      fault: verdict === true ? null : faultOf(verdict),
    }),
  ];
};

/** Asks OpenSubtitles what is left today; with a key alone, for the subtitles of any film. */
export const lookAtOpenSubtitles: Look = async ({ db, env, services, now }) => {
  const client = services.openSubtitles();
  const hasAccount = settingsOf(db, env).openSubtitlesUsername !== null;
  const facts: OpenSubtitlesFacts = {
    ...{ hasKey: client !== null, hasAccount, fault: null, quota: null },
    now: now(),
  };
  try {
    if (client && !hasAccount) await client.search({ imdbId: "tt0015864", languages: ["en"] });
    if (client && hasAccount) {
      const { remainingDownloads: remaining, allowedDownloads: allowed } = await client.userInfo();
      const resetAt = client.quota()?.resetAt ?? null;
      if (remaining !== null) facts.quota = { remaining, allowed, resetAt };
    }
  } catch (error) {
    facts.fault = faultOf(error);
  }
  return [checkOpenSubtitles(facts)];
};
