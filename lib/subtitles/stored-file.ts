import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Db } from "@/lib/db";
import { type ServableSubtitle, subtitleById } from "./data";
import { readWebVtt, writeWebVtt } from "./formats/webvtt";
import { readSubtitle } from "./read-subtitle";
import { isAsItCame, type Timing } from "./timing";
import { tidyCues } from "./to-cues";

/** Where a subtitle lies, in the folder of its version: without its delay and speed, which are applied when it is sent. */
export function subtitlePath(mediaDir: string, folder: string, id: string): string {
  return join(mediaDir, folder, "subtitles", `${id}.vtt`);
}

/** Puts WebVTT into its place by rename: it is there whole or not at all. */
export async function storeVtt(path: string, vtt: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  try {
    await writeFile(part, vtt);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** WebVTT with every cue moved as a person set it. */
function timedVtt(vtt: string, timing: Timing): string {
  return isAsItCame(timing) ? vtt : writeWebVtt(tidyCues(readWebVtt(vtt)), timing);
}

/** The file, made again from the original bytes when somebody removed it; null when that fails. */
async function storedVtt(db: Db, subtitle: ServableSubtitle, path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const row = subtitleById(db, subtitle.id);
  if (!row?.original) return null;
  const { language, encoding, framesPerSecond } = row;
  const how = { language, encoding, framesPerSecond, isLanguageCertain: true };
  const read = readSubtitle(row.original, how);
  if ("reason" in read) return null;
  await storeVtt(path, read.vtt);
  return read.vtt;
}

/**
 * What is sent for a subtitle: clean WebVTT with its delay and speed applied, and a strong entity tag of just
 * these bytes. Null when there is nothing to send.
 */
export async function servedSubtitle(
  db: Db,
  subtitle: ServableSubtitle,
  mediaDir: string,
): Promise<{ body: string; etag: string } | null> {
  const path = subtitlePath(mediaDir, subtitle.folder, subtitle.id);
  const vtt = await storedVtt(db, subtitle, path);
  if (vtt === null) return null;
  const body = timedVtt(vtt, subtitle);
  const digest = createHash("sha256").update(body).digest("base64url").slice(0, 27);
  return { body, etag: `"${digest}"` };
}
