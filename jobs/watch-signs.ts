import { type DeadLimits, deadReason, signsAfter } from "@/lib/downloads/dead";
import type { FollowedDownload } from "@/lib/downloads/mutations";
import { saveSigns, wantsReplacement } from "@/lib/downloads/replacements";
import type { Reason } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import type { Torrent } from "@/lib/services/qbittorrent/map";
import { settingsOf } from "@/lib/settings/data";
import type { WatchContext } from "./watch-downloads";
import type { Seen } from "./watch-memory";

/**
 * Watches a torrent for signs of life. One that has shown none for as long as the settings say is
 * dead: another release is looked for, which can take its place.
 */
export function watchSigns(
  { db, env, now }: WatchContext,
  download: FollowedDownload,
  torrent: Torrent,
  seen: Seen,
): Reason | null {
  const at = now();
  const signs = signsAfter(download, torrent, at);
  const isLifeless = signs.metadataSince !== null || signs.seedlessSince !== null;
  seen.lifelessAt = isLifeless ? (seen.lifelessAt ?? at.getTime()) : null;
  const limits: DeadLimits | null = isLifeless ? settingsOf(db, env) : null;
  const watchedMs = at.getTime() - (seen.lifelessAt ?? at.getTime());
  const dead = limits && deadReason(signs, limits, { now: at, watchedMs });
  saveSigns(db, download, { ...signs, deadSince: dead ? (download.deadSince ?? at) : null }, at);
  if (dead && wantsReplacement(db, download, at)) {
    const payload = { downloadId: download.id, movieId: download.movieId };
    enqueue(db, "find-replacement", payload, { now: at });
  }
  return dead;
}
