import { setImmediate as nextTurn } from "node:timers/promises";
import { binVersion } from "@/lib/bin/commands";
import type { Connection } from "@/lib/db";
import { downloadById } from "@/lib/downloads/mutations";
import type { Env } from "@/lib/env";
import { AppError, type Reason } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { forgetCount } from "./counting";

interface StorageContext {
  db: Connection;
  env: Env;
  now: Date;
}

/** Puts versions into the bin, one after the other; one that can't is no reason to leave the others. */
export async function binVersions(
  context: StorageContext,
  ids: readonly string[],
): Promise<{ done: string[]; refused: Reason[] }> {
  const done: string[] = [];
  const refused: Reason[] = [];
  for (const id of new Set(ids)) {
    try {
      await binVersion(context, id);
      done.push(id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (refused.every(({ code }) => code !== error.reason.code)) refused.push(error.reason);
    }
    await nextTurn();
  }
  forgetCount(context.db);
  return { done, refused };
}

/**
 * Asks for what was downloaded to be deleted, torrent and files together, though the household keeps
 * originals. The work itself looks whether the film plays and the sharing is over.
 *
 * @returns those that were asked for.
 */
export function deleteOriginals({ db, now }: StorageContext, ids: readonly string[]): string[] {
  const asked = db.transaction((tx) =>
    [...new Set(ids)].flatMap((downloadId) => {
      const download = downloadById(tx, downloadId);
      if (!download) return [];
      const { movieId } = download;
      enqueue(tx, "delete-original", { downloadId, movieId, isAsked: true }, { now });
      return [downloadId];
    }),
  );
  forgetCount(db);
  return asked;
}
