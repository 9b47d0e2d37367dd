import { done, type Handlers, type Outcome } from "@/jobs/context";
import { handlers } from "@/jobs/handlers";
import { linkOrCopy, workFile } from "@/jobs/work-files";
import { chooseFiles } from "@/lib/downloads/choose-files";
import { downloadById } from "@/lib/downloads/mutations";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { type Reason, reason } from "@/lib/errors";
import { setVersionStatus, versionById } from "@/lib/versions/mutations";
import { downloadRoles, otherRoles } from "./roles";
import { keepSubtitles } from "./subtitles";

interface SeedingPlan {
  /** The film's number by the movie's id; null for the undecided one. */
  numberOf(movieId: string): number | null;
  /** When the library is ready and the app may take over. */
  handOver: Date;
}

const yearMs = 365 * 86_400_000;

/**
 * The product's own handlers, except where they would take long or need qBittorrent, which is not
 * up while a library is seeded: a film that plays as it is gets its hard link unproven, subtitles
 * are written at once, and torrents wait for the app.
 */
export function seedingHandlers({ numberOf, handOver }: SeedingPlan): Handlers {
  const later = (why: Reason, at = handOver): Outcome => ({ kind: "later", at, reason: why });
  const never = new Date(handOver.getTime() + yearMs);
  const held: readonly (number | null)[] = [
    downloadRoles.queued,
    downloadRoles.checking,
    downloadRoles.moving,
  ];
  return {
    ...handlers,

    // The app makes them when it has nothing else to do.
    "make-previews": async () => done,
    // What is invented is no news for anybody.
    webhook: async () => done,

    async "start-download"({ db }, { downloadId, movieId }) {
      const number = numberOf(movieId);
      const bytes = downloadById(db, downloadId)?.torrentFile;
      if (number === otherRoles.bait && bytes) {
        const choice = chooseFiles(parseTorrentFile(bytes).files);
        if (choice.kind === "nothing") return { kind: "failed", reason: choice.reason };
        throw new Error("a torrent of programs was taken for a movie");
      }
      if (held.includes(number)) return later(reason("torrent-being-removed"), never);
      return later(reason("qbittorrent-unreachable"));
    },

    async import(context, payload) {
      if (numberOf(payload.movieId) !== otherRoles.damaged)
        return handlers.import(context, payload);
      try {
        return await handlers.import(context, payload);
      } catch (error) {
        // As after the last of its tries.
        const why = (error as { reason?: Reason }).reason ?? reason("job-fault");
        return { kind: "failed", reason: why };
      }
    },

    async "make-playable"({ db, env, now }, { versionId, movieId }) {
      const version = versionById(db, versionId);
      if (!version?.sourcePath) throw new Error("a version without its file");
      const number = numberOf(movieId);
      if (number === otherRoles.converting) return later(reason("job-interrupted"));
      if (number === otherRoles.waitsForDisk) {
        const why = reason("disk-short", { neededGigabytes: 41.5, freeGigabytes: 3.2 });
        setVersionStatus(db, versionId, "queued", why, now());
        return later(why, never);
      }
      const { kind } = version.plan as { kind: string };
      if (kind !== "as-is") throw new Error(`a clip is to be played as it is, but needs ${kind}`);
      await linkOrCopy(version.sourcePath, workFile(env.mediaDir, version));
      return { kind: "done" };
    },

    async "find-subtitles"({ db, env, now, signal }, { versionId, movieId }) {
      signal.throwIfAborted();
      const number = numberOf(movieId) ?? 0;
      await keepSubtitles(db, { mediaDir: env.mediaDir, versionId, number, now: now() });
      return { kind: "done" };
    },
  };
}
