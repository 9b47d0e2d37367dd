import { realpath } from "node:fs/promises";
import type { z } from "zod";
import { AppError, fieldError } from "@/lib/errors";
import { type AddContext, refuseWhenDown } from "@/lib/movies/add";
import { settingOf } from "@/lib/settings/data";
import { settingDefinitions } from "@/lib/settings/schema";
import { scanById } from "./data";
import { faultOfFolder, faultOfImportFolder, isInImportFolder } from "./folders";
import { createScan } from "./mutations";
import type { changeMatchInput, ImportInput } from "./schema";
import { askForFiles, chooseFilm } from "./taking";

/**
 * Begins to look through an import folder, or a folder in one.
 *
 * @throws AppError 422 for any other folder, and for one that can't be read.
 */
export async function startScan(
  { db, env, user, now }: Omit<AddContext, "services">,
  folder: string,
): Promise<{ scanId: string; jobId: string }> {
  const folders = settingOf(db, env, "importDirs");
  if (folders.length === 0) throw fieldError("folder", "import-no-folders");
  const named = folders.includes(folder) ? await faultOfFolder(folder) : null;
  if (named) throw fieldError("folder", named.code, named.values);
  const found = await realpath(folder).catch(() => null);
  // One answer for "not there" and "not allowed": what lies elsewhere is nobody's business.
  if (found === null || !(await isInImportFolder(found, folders))) {
    throw fieldError("folder", "import-folder-closed");
  }
  const fault = await faultOfFolder(found);
  if (fault) throw fieldError("folder", fault.code, fault.values);
  return createScan(db, { folder: found, startedBy: user.id, now });
}

/**
 * Takes files of a scan into the library, in the background.
 *
 * @throws AppError 404, 422 by field, 503 with `services` when what is needed is down.
 */
export async function importChosen(
  context: AddContext,
  scanId: string,
  { files, all, mode }: ImportInput,
): Promise<{ jobId: string }> {
  const { db, user, now } = context;
  scanById(db, scanId);
  await refuseWhenDown(context, { kind: "file" });
  return askForFiles(db, { scanId, files: all ?? files ?? [], mode, askedBy: user.id, now });
}

/**
 * A person says which film a file is: one of TMDB's, or by words alone.
 *
 * @throws AppError 404, 409; UpstreamError when TMDB does not answer.
 */
export async function changeMatch(
  { db, services, now }: Pick<AddContext, "db" | "services" | "now">,
  { scanId, fileId, film }: z.output<typeof changeMatchInput>,
): Promise<void> {
  if (!("tmdbId" in film)) {
    const { title, year } = film;
    const named = { tmdbId: null, imdbId: null, posterPath: null, title, year };
    chooseFilm(db, { scanId, fileId, film: named }, now);
    return;
  }
  const tmdb = services.tmdb();
  if (!tmdb) throw new AppError("tmdb-no-key", { status: 409 });
  const { tmdbId, imdbId, title, originalTitle, releaseDate, posterPath } = await tmdb.movieDetails(
    film.tmdbId,
    services.language(),
  );
  const year = releaseDate ? Number(releaseDate.slice(0, 4)) : null;
  const chosen = { tmdbId, imdbId, posterPath, title: title ?? originalTitle, year };
  chooseFilm(db, { scanId, fileId, film: chosen }, now);
}

/**
 * Refuses folders that films may not be taken from, before they are saved.
 *
 * @param patch of settings; only its `importDirs` is looked at.
 * @throws AppError 422
 */
export async function refuseBadFolders(
  patch: Record<string, unknown>,
  env: AddContext["env"],
): Promise<void> {
  const parsed = settingDefinitions.importDirs.schema.safeParse(patch.importDirs);
  // Whoever owns it, and what it has to be, is for the settings to say.
  if (!parsed.success || env.values.VIGILIO_IMPORT_DIRS !== undefined) return;
  for (const path of parsed.data) {
    const fault = await faultOfImportFolder(path, env);
    if (fault) throw fieldError("importDirs", fault.code, fault.values);
  }
}
