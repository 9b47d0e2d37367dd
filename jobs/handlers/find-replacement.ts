import { isFollowed } from "@/lib/downloads/held";
import { downloadById } from "@/lib/downloads/mutations";
import { findReplacement, takeReplacement } from "@/lib/downloads/replace";
import { isBeingReplaced, saveOffer, takenByItself } from "@/lib/downloads/replacements";
import { AppError, UpstreamError } from "@/lib/errors";
import { settingOf } from "@/lib/settings/data";
import { done, type Handler } from "../context";

/** After so many dead ones in a row a person is asked: perhaps nobody shares this film at all. */
const mostByItself = 3;
/** Links that can't be followed, before it is left to a person. */
const mostTries = 5;

/**
 * Looks for the next best release in the place of a dead one, and offers it; where a person wants
 * that, it is taken at once. A search that fails leaves everything as it is.
 */
export const findReplacementOf: Handler<"find-replacement"> = async (context, { downloadId }) => {
  const { db, env, now, signal, log } = context;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const download = downloadById(db, downloadId);
    if (!download?.deadSince || !isFollowed(db, downloadId)) return done;
    if (isBeingReplaced(db, downloadId)) return done;
    const search = { db, env, now, say: ({ code }: { code: string }) => code };
    const offer = await findReplacement(search, download, { signal });
    saveOffer(db, downloadId, offer, now());
    if (!offer.release || !settingOf(db, env, "replaceDeadReleases")) return done;
    if (takenByItself(db, download.movieId) >= mostByItself) return done;
    const offered = downloadById(db, downloadId);
    if (!offered) return done;
    try {
      await takeReplacement({ db, now: now() }, offered, "itself");
      log.info({ downloadId }, "a dead release is replaced");
      return done;
    } catch (error) {
      const isPassing = error instanceof UpstreamError && error.isTransient;
      if (isPassing || !(error instanceof AppError || error instanceof UpstreamError)) throw error;
      log.warn({ downloadId, why: error.message }, "a release could not be taken");
    }
  }
  return done;
};
