import { probe } from "@/lib/services/ffmpeg/probe";
import { saveChapters, versionsWithoutChapters } from "@/lib/versions/chapter-rows";
import type { ScheduleContext } from "./schedule";
import { publishedFile } from "./work-files";

/** So many at a time: a look takes a tenth of a second, and a sleeping disk longer. */
const atOnce = 10;

/**
 * Reads the chapters of films that were published before chapters were read, some at a time and each
 * once. A file that can't be read has none: that it is broken is said where it is played.
 */
export async function readMissingChapters({
  db,
  env,
  services,
  now,
}: Pick<ScheduleContext, "db" | "env" | "services" | "now">): Promise<void> {
  const waiting = versionsWithoutChapters(db, atOnce);
  if (waiting.length === 0) return;
  const { ffprobePath } = await services.ffmpeg();
  for (const version of waiting) {
    const found = await probe(publishedFile(env.mediaDir, version), { ffprobePath }).catch(
      () => null,
    );
    saveChapters(db, version, found?.chapters ?? [], now());
  }
}
