import type { Db } from "@/lib/db";
import { downloadById, failDownload } from "@/lib/downloads/mutations";
import { dropReplacement } from "@/lib/downloads/replacements";
import type { Reason } from "@/lib/errors";
import { nextAsked } from "@/lib/imports/data";
import { failScan } from "@/lib/imports/mutations";
import { refuseAsked } from "@/lib/imports/taking";
import { saveMetadataMissing } from "@/lib/movies/metadata";
import { record } from "@/lib/movies/timeline";
import { wakeSubtitleSearches } from "@/lib/queue/ask-again";
import { enqueue } from "@/lib/queue/enqueue";
import type { JobKind, JobPayload } from "@/lib/queue/names";
import { derivedVersionIds } from "@/lib/versions/derived";
import { encodesPicture, failVersion, versionById } from "@/lib/versions/mutations";
import { needsJoin } from "@/lib/versions/parts";
import { savePreviewsTried } from "@/lib/versions/previews";
import { failDelivery } from "@/lib/webhooks/deliveries";

interface Step<Kind extends JobKind> {
  /** Enqueues what follows when the work is done; runs in the transaction that closes the job. */
  next?: (db: Db, payload: JobPayload<Kind>, now: Date) => void;
  /** The last attempt failed: what that means for the movie; same transaction. */
  failed?: (db: Db, payload: JobPayload<Kind>, reason: Reason, now: Date) => void;
}

type Pipeline = { [Kind in JobKind]: Step<Kind> };

/**
 * The product's story, top to bottom. Adding a movie enqueues the first two; a finished download
 * (seen by jobs/watch-downloads.ts) or a file on the disk enqueues `import`.
 */
export const pipeline: Pipeline = {
  // Poster, story and score: beside everything else, holds nothing up.
  "fetch-metadata": {
    // A search for subtitles may wait to be told which film it is.
    next: (db, { movieId }, now) => wakeSubtitleSearches(db, movieId, now),
    failed: (db, { movieId }, reason, now) =>
      saveMetadataMissing(db, movieId, reason, "missing", now),
  },

  // qBittorrent gets the torrent, but no data flows yet …
  "start-download": { failed: downloadFailed },

  // … until its files were looked at and the movie among them was chosen.
  "prepare-download": { failed: downloadFailed },

  // Only after it lay in the bin: the rest of its way is as it was.
  "resume-download": {},

  // For a release that nobody shares any more.
  "find-replacement": {},

  // The untouched original is probed and hashed, and what has to be done to it is planned.
  import: {
    next: (db, payload, now) => {
      if (needsJoin(db, payload.versionId)) {
        enqueue(db, "join-parts", payload, { now });
        return;
      }
      // What is only copied takes minutes: it does not wait behind films that are encoded.
      const isLight = !encodesPicture(db, payload.versionId);
      enqueue(db, "make-playable", payload, { now, ...(isLight && { lane: "io" }) });
      enqueue(db, "find-subtitles", payload, { now });
    },
    failed: processingFailed,
  },

  // A film on two discs becomes one file first, and is then taken in like any other.
  "join-parts": {
    next: (db, payload, now) => {
      enqueue(db, "import", payload, { now });
    },
    failed: processingFailed,
  },

  // As little work as the file needs, beside the media folder …
  "make-playable": {
    next: (db, payload, now) => {
      enqueue(db, "publish", payload, { now });
    },
    failed: processingFailed,
  },

  // … and into its place by rename: the movie can be watched.
  publish: {
    next: (db, payload, now) => {
      const version = versionById(db, payload.versionId);
      // A file that took the place of another's: that one's row has it now.
      if (!version) return;
      enqueue(db, "make-previews", payload, { now });
      // One in H.264 that follows HEVC or AV1, a smaller one: it gets the subtitles of the first.
      if (version.madeFromId !== null) enqueue(db, "copy-subtitles", payload, { now });
    },
    failed: processingFailed,
  },

  // A version of a version that can be watched already: begun by the row that asks for it.
  "make-version": {
    next: (db, payload, now) => {
      enqueue(db, "publish", payload, { now });
    },
    failed: processingFailed,
  },

  "copy-subtitles": {},

  // Hours after a conversion took the place of a file that somebody may be watching.
  "retire-file": {},

  // Pictures for the seek bar: a film without them is a film.
  "make-previews": {
    failed: (db, { versionId }, _reason, now) => savePreviewsTried(db, versionId, now),
  },

  // Holds nothing up either: a movie without subtitles is a movie.
  "find-subtitles": {
    next: (db, payload, now) => {
      record(db, { ...payload, stage: "subtitles", state: "done", at: now });
      shareSubtitles(db, payload, now);
    },
    failed: (db, payload, reason, now) => {
      record(db, { ...payload, stage: "subtitles", state: "failed", reason, at: now });
      // Some may have been found.
      shareSubtitles(db, payload, now);
    },
  },

  // What was downloaded goes when it has been given back, if a person wants that.
  "delete-original": {},

  // What became of a movie, to an address that an admin gave: begun by lib/movies/status.ts.
  webhook: {
    failed: (db, { deliveryId }, reason) => failDelivery(db, deliveryId, reason),
  },

  // A folder on the disk is looked through, and what a person chose of it becomes movies, each with
  // its own "import".
  "scan-folder": {
    failed: (db, { scanId }, reason, now) => failScan(db, scanId, reason, now),
  },
  "import-files": {
    // Chosen while the last of the others was taken.
    next: (db, { scanId }, now) => {
      if (nextAsked(db, scanId)) enqueue(db, "import-files", { scanId }, { now });
    },
    failed: (db, { scanId }, reason, now) => refuseAsked(db, scanId, reason, now),
  },

  // After a deletion: files, pictures and torrents that no row knows any more.
  "remove-leftovers": {},
};

/** What was found for a version is also for those that were made of it. */
function shareSubtitles(
  db: Db,
  { movieId, versionId }: { movieId: string; versionId: string },
  now: Date,
): void {
  for (const id of derivedVersionIds(db, versionId)) {
    enqueue(db, "copy-subtitles", { versionId: id, movieId }, { now });
  }
}

function downloadFailed(
  db: Db,
  { downloadId }: { downloadId: string },
  reason: Reason,
  now: Date,
): void {
  const download = downloadById(db, downloadId);
  if (!download) return;
  // What it was to take the place of is still there, and stays.
  if (download.replacesId) dropReplacement(db, download, now);
  else failDownload(db, download, reason, now);
}

function processingFailed(
  db: Db,
  { movieId, versionId }: { movieId: string; versionId: string },
  reason: Reason,
  now: Date,
): void {
  failVersion(db, { id: versionId, movieId }, "processing", reason, now);
}

/** Runs a kind's step with a payload that was parsed for that kind. */
export function follow<Kind extends JobKind>(
  db: Db,
  kind: Kind,
  payload: JobPayload<Kind>,
  result: { succeeded: true } | { succeeded: false; reason: Reason },
  now: Date,
): void {
  const step: Step<Kind> = pipeline[kind];
  if (result.succeeded) step.next?.(db, payload, now);
  else step.failed?.(db, payload, result.reason, now);
}
