import { movieById } from "@/lib/movies/metadata";
import { record } from "@/lib/movies/timeline";
import { versionById } from "@/lib/versions/mutations";
import { done, type Handler } from "../context";
import { keepEmbedded } from "../subtitles/embedded";
import { fetchFromOpenSubtitles } from "../subtitles/open-subtitles";
import { keepSidecars } from "../subtitles/sidecars";

/**
 * Finds a version's subtitles, best source first: those inside the file and those beside it (all of
 * them, whatever language), then OpenSubtitles for each language of the household that is still
 * missing. Everything that was found is kept when a later source fails, and is not done again.
 */
export const findSubtitles: Handler<"find-subtitles"> = async (context, { versionId, movieId }) => {
  const { db, now } = context;
  const version = versionById(db, versionId);
  const movie = movieById(db, movieId);
  if (!version || !movie) return done;
  record(db, { movieId, versionId, stage: "subtitles", state: "active", at: now() });

  const fps = await keepEmbedded(context, version);
  context.progress(0.5);
  await keepSidecars(context, version, fps);
  context.progress(0.6);
  const outcome = await fetchFromOpenSubtitles(context, { version, movie, fps });
  if (outcome.kind === "later") {
    const { reason } = outcome;
    record(db, { movieId, versionId, stage: "subtitles", state: "waiting", reason, at: now() });
  }
  return outcome;
};
