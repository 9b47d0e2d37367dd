import { setImmediate as breathe } from "node:timers/promises";
import { type Reason, reason, UpstreamError } from "@/lib/errors";
import { filesOf, pendingFiles, type ScanRecord, scanBefore, scanById } from "@/lib/imports/data";
import { createMatcher, type Matcher } from "@/lib/imports/film-match";
import { readFilmName } from "@/lib/imports/film-name";
import { type Walked, walkFolder } from "@/lib/imports/folder-walk";
import { faultOfFolder, isInImportFolder, ownFolders } from "@/lib/imports/folders";
import { findFilms } from "@/lib/imports/found-films";
import { knownFiles } from "@/lib/imports/known-files";
import {
  dropFiles,
  finishScan,
  saveFiles,
  saveMatch,
  saveScanned,
  saveWalked,
} from "@/lib/imports/mutations";
import { seenBefore } from "@/lib/imports/seen-before";
import { settingOf } from "@/lib/settings/data";
import { done, type Handler, type JobContext } from "../context";

/** Rows that are written down at once; between two of these others get their turn. */
const rowsAtOnce = 500;
/** Films that TMDB is asked about at once: the client keeps its own pace beside this. */
const questionsAtOnce = 4;
/** How much of the work walking is; TMDB takes the rest. */
const walkShare = 0.3;

/** Walks through the folder and writes down what is in it; why not, where it can't. */
async function walk(context: JobContext, scan: ScanRecord): Promise<Reason | null> {
  const { db, env, now, signal } = context;
  if (!(await isInImportFolder(scan.folder, settingOf(db, env, "importDirs")))) {
    return reason("import-folder-closed");
  }
  const fault = await faultOfFolder(scan.folder);
  if (fault) return fault;
  let walked: Walked;
  try {
    walked = await walkFolder(scan.folder, {
      without: await ownFolders(env),
      signal,
      onFolder({ foldersSeen, foldersKnown, filesSeen }) {
        if (foldersSeen % 20 === 1) saveScanned(db, scan.id, { foldersSeen, filesSeen }, now());
        context.progress((walkShare * foldersSeen) / foldersKnown);
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    context.log.warn({ err: error }, "a folder can't be walked through");
    return reason("import-folder-unreadable", { path: scan.folder });
  }
  const { films, extras, episodes } = findFilms(walked.files);
  const before = scanBefore(db, scan);
  const seen = before && seenBefore(filesOf(db, before.id));
  const versionOf = await knownFiles(db, env.mediaDir);
  dropFiles(db, scan.id);
  for (let at = 0; at < films.length; at += rowsAtOnce) {
    signal.throwIfAborted();
    const rows = films.slice(at, at + rowsAtOnce).map(({ parts, subtitleCount }) => {
      const [first] = parts;
      const { guesses, resolution } = readFilmName(first.path, parts.length > 1);
      return {
        parts: parts.map(({ path, sizeBytes, identity, modifiedMs }) => ({
          ...{ path, sizeBytes, identity, modifiedMs },
        })),
        name: first.path,
        sizeBytes: parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        ...{ subtitleCount, resolution },
        ...{ title: guesses[0].title, year: guesses[0].year },
        isNew: seen !== undefined && seen(first) === null,
        versionId: versionOf(first),
        ...(seen?.(first) ?? { matchKind: "pending" as const }),
      };
    });
    saveFiles(db, scan.id, rows, now());
    await breathe();
  }
  const { foldersSeen, filesSeen, cutBy, incomplete, discs, links, unreadable } = walked;
  const skips = { extras, episodes, incomplete, discs, links, unreadable };
  saveWalked(db, scan, { foldersSeen, filesSeen, cutBy, skips }, now());
  return null;
}

/** Asks TMDB about all rows that wait; why not about all of them, where it stops answering. */
async function match(context: JobContext, scanId: string, ask: Matcher): Promise<Reason | null> {
  const { db, now, signal } = context;
  const rows = pendingFiles(db, scanId);
  let why: Reason | null = null;
  let asked = 0;
  async function askOn(): Promise<void> {
    for (let row = rows.shift(); row && !why; row = rows.shift()) {
      signal.throwIfAborted();
      try {
        saveMatch(db, row.id, await ask(readFilmName(row.name, row.parts.length > 1)), now());
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof UpstreamError)) throw error;
        why = error.reason;
        return;
      }
      asked += 1;
      context.progress(walkShare + ((1 - walkShare) * asked) / (asked + rows.length));
    }
  }
  await Promise.all(Array.from({ length: questionsAtOnce }, askOn));
  return why;
}

/**
 * Looks through an import folder, writes down which films are in it, and asks TMDB which they are.
 * What it wrote down it does not do again after a restart. TMDB may be down, or have no key: the
 * scan is over all the same, and says so.
 */
export const scanFolder: Handler<"scan-folder"> = async (context, { scanId }) => {
  const { db, services, now, signal } = context;
  const scan = scanById(db, scanId);
  if (scan.walkedAt === null) {
    const fault = await walk(context, scan);
    if (fault) return { kind: "failed", reason: fault };
  }
  const tmdb = services.tmdb();
  const why = tmdb
    ? await match(context, scanId, createMatcher(tmdb, services.language(), signal))
    : pendingFiles(db, scanId).length > 0
      ? reason("tmdb-no-key")
      : null;
  finishScan(db, scanId, why, now());
  return done;
};
