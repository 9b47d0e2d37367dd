import { type Reason, UpstreamError } from "@/lib/errors";
import { movieById } from "@/lib/movies/metadata";
import { lastEvent, record } from "@/lib/movies/timeline";
import { rereadSubtitles } from "@/lib/subtitles/reread";
import { versionById } from "@/lib/versions/mutations";
import { done, type Handler } from "../context";
import { keepEmbedded } from "../subtitles/embedded";
import { fetchFromOpenSubtitles } from "../subtitles/open-subtitles";
import { keepSidecars } from "../subtitles/sidecars";

/**
 * Finds a version's subtitles, best source first: those inside the file and those beside it (all of
 * them, whatever language), then OpenSubtitles for each language of the household that is still
 * missing. What is there already is read anew. Everything that was found is kept when a later source fails, and is not done again.
 */
export const findSubtitles: Handler<"find-subtitles"> = async (context, { versionId, movieId }) => {
  const { db, env, now } = context;
  const version = versionById(db, versionId);
  const movie = movieById(db, movieId);
  if (!version || !movie) return done;
  const tell = (state: "active" | "waiting", reason: Reason | null) =>
    record(db, { movieId, versionId, stage: "subtitles", state, reason, at: now() });
  // What it waits for stays said while it is only tried again.
  const last = lastEvent(db, movieId, "subtitles");
  if (last?.state !== "waiting" || last.versionId !== versionId) tell("active", null);

  await rereadSubtitles(db, { versionId, mediaDir: env.mediaDir, now: now() });
  const fps = await keepEmbedded(context, version);
  context.progress(0.5);
  await keepSidecars(context, version, fps);
  context.progress(0.6);
  try {
    const outcome = await fetchFromOpenSubtitles(context, { version, movie, fps });
    if (outcome.kind === "later") tell("waiting", outcome.reason);
    return outcome;
  } catch (error) {
    // The page says at once what is missing and why; the job goes on trying.
    if (error instanceof UpstreamError) tell("waiting", error.reason);
    throw error;
  }
};
