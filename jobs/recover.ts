import type { Db } from "@/lib/db";
import { reason } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { enqueueLostWork } from "@/lib/queue/lost-work";
import { isJobKind, jobKinds } from "@/lib/queue/names";
import { reapDeadBoots } from "@/lib/queue/reap";
import { failVersion } from "@/lib/versions/mutations";
import { follow } from "./pipeline";

const log = logFor("recover");

/**
 * Takes up what a dead Vigilio left, before anything new is claimed: jobs that it was running are
 * queued again, those that came to an end with it are told on their movies, and what should be on
 * but is not gets its job back. All of it or nothing: dying in here changes nothing.
 */
export function recover(db: Db, bootId: string, now: Date): void {
  const found = db.transaction((tx) => {
    const { again, ended } = reapDeadBoots(tx, bootId, now);
    for (const { job, reason: why } of ended) {
      if (!isJobKind(job.kind)) continue;
      const payload = jobKinds[job.kind].payload.safeParse(job.payload);
      // The kind and its payload were checked against each other just now.
      if (!payload.success) continue;
      follow(tx, job.kind, payload.data as never, { succeeded: false, reason: why }, now);
    }
    return { again, ended: ended.length, ...findLostWork(tx, now) };
  });
  if (Object.values(found).some((count) => count > 0)) log.info(found, "work taken up again");
}

/** What should be on and is not, put back; see lib/queue/lost-work.ts. Call it in a transaction. */
export function findLostWork(db: Db, now: Date): { downloads: number; versions: number } {
  const { orphans, ...counts } = enqueueLostWork(db, now);
  for (const version of orphans) {
    failVersion(db, version, "download", reason("torrent-gone"), now);
  }
  return { downloads: counts.downloads, versions: counts.versions + orphans.length };
}
