import { and, eq, inArray, isNotNull, isNull, ne } from "drizzle-orm";
import { downloads, jobs, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { enqueue } from "./enqueue";
import type { JobKind } from "./names";

/** Keys of everything that is queued, waits or runs. */
function openKeys(db: Db): Set<string> {
  return new Set(
    db
      .select({ key: jobs.dedupeKey })
      .from(jobs)
      .where(and(inArray(jobs.status, ["queued", "waiting", "running"]), isNotNull(jobs.dedupeKey)))
      .all()
      .flatMap(({ key }) => key ?? []),
  );
}

export interface LostWork {
  /** Downloads that nobody was about to give to qBittorrent. */
  downloads: number;
  /** Versions on their way to be playable that nobody was working on. */
  versions: number;
  /** Versions that wait for a download that is not there: only words can follow. */
  orphans: { id: string; movieId: string }[];
}

/**
 * Puts work back that should be on and is not: whoever reads a movie as "on its way" may rely on a
 * job or a torrent that moves it. A row and its job commit together, so this finds nothing in a
 * healthy database; a job that was removed by hand, a restored copy or a fault of ours is mended
 * here instead of leaving a movie waiting for ever. Call it in a transaction.
 */
export function enqueueLostWork(db: Db, now: Date): LostWork {
  const open = openKeys(db);
  const isOn = (kinds: JobKind[], id: string) => kinds.some((kind) => open.has(`${kind}:${id}`));

  const unstarted = db
    .select({ id: downloads.id, movieId: downloads.movieId })
    .from(downloads)
    .where(and(isNull(downloads.clientHash), ne(downloads.state, "failed")))
    .all()
    .filter(({ id }) => !isOn(["start-download"], id));
  for (const { id, movieId } of unstarted) {
    enqueue(db, "start-download", { downloadId: id, movieId }, { now });
  }

  // `import` looks at the original again, and everything after it can be done twice. What is made
  // of another version has no original of its own.
  const halted = db
    .select({ id: versions.id, movieId: versions.movieId, sourceKind: versions.sourceKind })
    .from(versions)
    .where(inArray(versions.status, ["queued", "processing"]))
    .all()
    .filter(
      ({ id }) => !isOn(["import", "join-parts", "make-playable", "make-version", "publish"], id),
    );
  for (const { id, movieId, sourceKind } of halted) {
    const isOriginal = sourceKind === "torrent" || sourceKind === "import";
    const kind = isOriginal ? "import" : "make-version";
    enqueue(db, kind, { versionId: id, movieId }, { now });
  }

  const orphans = db
    .select({ id: versions.id, movieId: versions.movieId })
    .from(versions)
    .leftJoin(downloads, eq(downloads.versionId, versions.id))
    .where(and(eq(versions.status, "downloading"), isNull(downloads.id)))
    .all();
  return { downloads: unstarted.length, versions: halted.length, orphans };
}
