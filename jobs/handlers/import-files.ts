import { AppError, type Reason, reason, UpstreamError } from "@/lib/errors";
import { checkFiles } from "@/lib/imports/check-file";
import { type FileRecord, nextAsked, scanById } from "@/lib/imports/data";
import { refuseFile, takeFile } from "@/lib/imports/taking";
import { settingOf } from "@/lib/settings/data";
import { done, type Handler, type JobContext } from "../context";

/**
 * The film of an IMDb id that somebody gave, as TMDB knows it. Where TMDB does not answer the id
 * alone has to do: the movie's own description is fetched later in any case.
 */
async function withTmdbId({ services, signal, log }: JobContext, file: FileRecord) {
  const { imdbId, tmdbId } = file;
  if (imdbId === null || tmdbId !== null) return { file };
  try {
    const found = await services.tmdb()?.findByImdbId(imdbId, services.language(), { signal });
    if (!found || found.kind === "none") return { file };
    if (found.kind !== "movie") return { fault: reason("imdb-id-of-series") };
    return { file: { ...file, tmdbId: found.tmdbId } };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn({ why: error.fault }, "TMDB did not say which film an IMDb id is");
    return { file };
  }
}

/** Takes one file, or says why it is left alone. */
async function take(
  context: JobContext,
  asked: FileRecord,
  folder: string,
  addedBy: string | null,
): Promise<Reason | null> {
  const { db, env, now } = context;
  const found = await withTmdbId(context, asked);
  if (found.fault) return found.fault;
  const mode = asked.mode ?? "link";
  const folders = settingOf(db, env, "importDirs");
  const checked = await checkFiles({ folder, parts: asked.parts, mode }, folders);
  if ("fault" in checked) return checked.fault;
  try {
    takeFile(db, found.file, { paths: checked.paths, addedBy, now: now() });
    return null;
  } catch (error) {
    // In the bin, for instance.
    if (error instanceof AppError && error.status < 500) return error.reason;
    throw error;
  }
}

/**
 * Takes what a person chose of a scan into the library, one film after the other: each is looked at
 * once more first, and becomes a movie, or a version of one, with its own work to follow.
 */
export const importFiles: Handler<"import-files"> = async (context, { scanId }) => {
  const { db, now, signal } = context;
  const { folder, startedBy } = scanById(db, scanId);
  for (let file = nextAsked(db, scanId); file; file = nextAsked(db, scanId)) {
    signal.throwIfAborted();
    const why = await take(context, file, folder, startedBy);
    if (why) refuseFile(db, file.id, why, now());
  }
  return done;
};
