import { readdir } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import type { StoredPart } from "@/db/schema";
import { kindOf } from "@/lib/downloads/file-kinds";
import { downloadOfVersion } from "@/lib/downloads/mutations";
import { isTitleOfPart, partSets } from "@/lib/downloads/part-names";
import { insideFolder } from "@/lib/downloads/paths";
import { movieById } from "@/lib/movies/metadata";
import { canBeParts } from "@/lib/services/ffmpeg/join-plan";
import { probe } from "@/lib/services/ffmpeg/probe";
import type { VersionRow } from "@/lib/versions/mutations";
import type { JobContext } from "./context";

const bare = (path: string) => path.slice(0, path.length - extname(path).length);

/** Of a torrent: the files that were chosen as the film's. */
function chosenParts(context: JobContext, version: VersionRow): string[] {
  const download = downloadOfVersion(context.db, version.id);
  const chosen = (download?.files ?? []).filter(
    ({ role }) => role === "feature" || role === "part",
  );
  const folder = download?.savePath ?? join(context.env.downloadsDir, download?.id ?? "");
  const [set = []] = partSets(chosen, ({ path }) => bare(path));
  return set.flatMap(({ path }) => insideFolder(folder, path) ?? []);
}

/** Beside an imported file: those of its name that go on where it ends. */
async function partsBeside(context: JobContext, version: VersionRow, path: string) {
  const title = movieById(context.db, version.movieId)?.title ?? "";
  const entries = await readdir(dirname(path), { withFileTypes: true }).catch(() => []);
  const videos = entries
    .filter((entry) => entry.isFile() && kindOf(entry.name) === "video")
    .map((entry) => join(dirname(path), entry.name))
    .sort();
  const sets = partSets(videos, bare, ({ kind }) => kind === "disc" || !isTitleOfPart(title));
  return sets.find((set) => set.includes(path)) ?? [];
}

/**
 * The files of a film that comes in several, by their names, in order; a single one stands alone.
 *
 * @param path of the file that was added, or that the torrent's choice begins with.
 */
export async function partPaths(
  context: JobContext,
  version: VersionRow,
  path: string,
): Promise<string[]> {
  // A scan of the folder saw what belongs together.
  const known = version.sourceKind === "import" ? version.sourceParts : null;
  if (known?.[0]?.path === path) return known.map((part) => part.path);
  const paths =
    version.sourceKind === "torrent"
      ? chosenParts(context, version)
      : await partsBeside(context, version, path);
  return paths.length > 1 ? paths : [path];
}

/**
 * Looks into files whose names say that they are parts of one film.
 *
 * @returns null when they can't be.
 * @throws FfmpegError when one of them can't be read.
 */
export async function lookIntoParts(
  context: JobContext,
  version: VersionRow,
  paths: readonly string[],
): Promise<StoredPart[] | null> {
  const { ffprobePath } = await context.services.ffmpeg();
  const probes = [];
  const parts: StoredPart[] = [];
  let startSeconds = 0;
  for (const path of paths) {
    const found = await probe(path, { ffprobePath, signal: context.signal });
    probes.push(found);
    parts.push({ path, sizeBytes: found.sizeBytes, startSeconds });
    startSeconds += found.durationSeconds ?? 0;
  }
  const minutes = movieById(context.db, version.movieId)?.runtimeMinutes ?? null;
  return canBeParts(probes, minutes === null ? null : minutes * 60) ? parts : null;
}
