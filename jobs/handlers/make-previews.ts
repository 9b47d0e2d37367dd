import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { randomId } from "@/lib/ids";
import { jobKinds } from "@/lib/queue/names";
import { filmStream } from "@/lib/services/ffmpeg/plan-picture";
import {
  drawPreviews,
  picturesPerSheet,
  previewGrid,
  sheetColumns,
} from "@/lib/services/ffmpeg/previews";
import { probe } from "@/lib/services/ffmpeg/probe";
import { versionById } from "@/lib/versions/mutations";
import { previewCues, writePreviewTrack } from "@/lib/versions/preview-track";
import {
  previewFolder,
  previewTrackName,
  savePreviews,
  savePreviewsTried,
} from "@/lib/versions/previews";
import { done, type Handler, type JobContext } from "../context";
import { fileSize, publishedFile } from "../work-files";

/** Draws the sheets into a folder, names them by what is in them, and writes the track beside them. */
async function draw(context: JobContext, inputPath: string, outDir: string): Promise<boolean> {
  const { ffmpegPath, ffprobePath } = await context.services.ffmpeg();
  const { signal } = context;
  const film = await probe(inputPath, { ffprobePath, signal });
  const stream = filmStream(film);
  if (!stream || !film.durationSeconds) return false;
  const grid = previewGrid({
    durationSeconds: film.durationSeconds,
    width: stream.width,
    height: stream.height,
  });
  const drawn = await drawPreviews({
    ...{ ffmpegPath, inputPath, grid, outDir, signal },
    streamIndex: stream.index,
    durationSeconds: film.durationSeconds,
    timeoutMs: jobKinds["make-previews"].deadlineMs,
    onProgress: context.progress,
  });
  const sheets: string[] = [];
  for (const path of drawn) {
    const hash = createHash("sha256").update(await readFile(path));
    const name = `${hash.digest("hex").slice(0, 16)}.jpg`;
    // Two black sheets are the same one.
    await rename(path, join(outDir, name));
    sheets.push(name);
  }
  const cues = previewCues({
    ...grid,
    ...{ durationSeconds: film.durationSeconds, sheets, columns: sheetColumns, picturesPerSheet },
  });
  await writeFile(join(outDir, previewTrackName), writePreviewTrack(cues, "preview/"));
  return true;
}

/**
 * Makes the pictures that the seek bar shows, from the published file. They appear as a whole by
 * rename, then the row names them, then what was there before goes. A film without is still a film:
 * what can't be drawn is left alone.
 */
export const makePreviews: Handler<"make-previews"> = async (context, { versionId }) => {
  const { db, env, now } = context;
  const version = versionById(db, versionId);
  if (version?.status !== "ready") return done;
  const inputPath = publishedFile(env.mediaDir, version);
  // That the film is gone is said where it is played and listed.
  if ((await fileSize(inputPath)) === null) {
    savePreviewsTried(db, versionId, now());
    return done;
  }
  const set = randomId();
  const place = join(env.mediaDir, previewFolder(version, set));
  const part = `${place}.part`;
  try {
    await mkdir(part, { recursive: true });
    if (!(await draw(context, inputPath, part))) {
      savePreviewsTried(db, versionId, now());
      return done;
    }
    await rename(part, place);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
  savePreviews(db, versionId, set, now());
  const sets = await readdir(dirname(place));
  for (const other of sets.filter((name) => name !== set)) {
    await rm(join(dirname(place), other), { recursive: true, force: true });
  }
  return done;
};
