import { z } from "zod";
import type { JobLane } from "@/db/schema/jobs";

const ofMovie = z.object({ movieId: z.string() });
const ofDownload = z.object({ downloadId: z.string(), movieId: z.string() });
const ofVersion = z.object({ versionId: z.string(), movieId: z.string() });

interface KindSettings<Payload extends z.ZodType> {
  payload: Payload;
  /** io: waits for others, four at once; cpu: ffmpeg, one at once. */
  lane: JobLane;
  maxAttempts: number;
  /** Longest time for one attempt. */
  deadlineMs: number;
  /** Higher goes first. */
  priority: number;
  /** Two jobs with the same key are the same work: the second is not enqueued. */
  dedupe: (payload: z.output<Payload>) => string;
}

function kind<Payload extends z.ZodType>(settings: KindSettings<Payload>): KindSettings<Payload> {
  return settings;
}

const minute = 60_000;

/** Every kind of background work; jobs/pipeline.ts says what follows what. */
export const jobKinds = {
  "fetch-metadata": kind({
    payload: ofMovie,
    lane: "io",
    maxAttempts: 10,
    deadlineMs: 3 * minute,
    priority: 30,
    dedupe: (payload) => payload.movieId,
  }),
  "start-download": kind({
    payload: ofDownload,
    lane: "io",
    maxAttempts: 20,
    deadlineMs: 2 * minute,
    priority: 20,
    dedupe: (payload) => payload.downloadId,
  }),
  "prepare-download": kind({
    payload: ofDownload,
    lane: "io",
    maxAttempts: 20,
    deadlineMs: 2 * minute,
    priority: 20,
    dedupe: (payload) => payload.downloadId,
  }),
  // What was paused by the bin goes on after it was brought back.
  "resume-download": kind({
    payload: ofDownload,
    lane: "io",
    maxAttempts: 20,
    deadlineMs: 2 * minute,
    priority: 20,
    dedupe: (payload) => payload.downloadId,
  }),
  // A dead release: which other one the sources have, and where a person wants that, taking it.
  "find-replacement": kind({
    payload: ofDownload,
    lane: "io",
    maxAttempts: 3,
    deadlineMs: 5 * minute,
    priority: 10,
    dedupe: (payload) => payload.downloadId,
  }),
  import: kind({
    payload: ofVersion,
    lane: "io",
    maxAttempts: 5,
    deadlineMs: 10 * minute,
    priority: 20,
    dedupe: (payload) => payload.versionId,
  }),
  "join-parts": kind({
    payload: ofVersion,
    lane: "cpu",
    maxAttempts: 3,
    deadlineMs: 24 * 60 * minute,
    priority: 10,
    dedupe: (payload) => payload.versionId,
  }),
  "make-playable": kind({
    payload: ofVersion,
    lane: "cpu",
    maxAttempts: 3,
    deadlineMs: 48 * 60 * minute,
    priority: 10,
    dedupe: (payload) => payload.versionId,
  }),
  // What can be watched already is made better, or smaller: new movies go first.
  "make-version": kind({
    payload: ofVersion,
    lane: "cpu",
    maxAttempts: 3,
    deadlineMs: 48 * 60 * minute,
    priority: 5,
    dedupe: (payload) => payload.versionId,
  }),
  publish: kind({
    payload: ofVersion,
    lane: "io",
    maxAttempts: 5,
    deadlineMs: 10 * minute,
    priority: 40,
    dedupe: (payload) => payload.versionId,
  }),
  "find-subtitles": kind({
    payload: ofVersion,
    lane: "io",
    maxAttempts: 8,
    deadlineMs: 15 * minute,
    priority: 15,
    dedupe: (payload) => payload.versionId,
  }),
  "copy-subtitles": kind({
    payload: ofVersion,
    lane: "io",
    maxAttempts: 5,
    deadlineMs: 5 * minute,
    priority: 15,
    dedupe: (payload) => payload.versionId,
  }),
  "retire-file": kind({
    payload: ofVersion.extend({
      /** Stem of the file that another took the place of. */
      fileName: z.string(),
    }),
    lane: "io",
    maxAttempts: 30,
    deadlineMs: 5 * minute,
    priority: 10,
    dedupe: (payload) => payload.fileName,
  }),
  "delete-original": kind({
    payload: ofDownload.extend({
      /** A person asked for this one, whatever the household does with originals. */
      isAsked: z.boolean().optional(),
    }),
    lane: "io",
    maxAttempts: 30,
    deadlineMs: 5 * minute,
    priority: 10,
    dedupe: (payload) => payload.downloadId,
  }),
  // After everything else that computes: nobody waits for it.
  "make-previews": kind({
    payload: ofVersion,
    lane: "cpu",
    maxAttempts: 2,
    deadlineMs: 30 * minute,
    priority: 1,
    dedupe: (payload) => payload.versionId,
  }),
  // One message to one address; the movie that it tells of may be gone by then.
  webhook: kind({
    payload: z.object({ deliveryId: z.string() }),
    lane: "io",
    maxAttempts: 5,
    deadlineMs: minute,
    priority: 25,
    dedupe: (payload) => payload.deliveryId,
  }),
  // A look through a folder that films are imported from; TMDB is asked about each of them.
  "scan-folder": kind({
    payload: z.object({ scanId: z.string() }),
    lane: "io",
    maxAttempts: 3,
    deadlineMs: 3 * 60 * minute,
    priority: 25,
    dedupe: (payload) => payload.scanId,
  }),
  // What a person chose of it, one after the other.
  "import-files": kind({
    payload: z.object({ scanId: z.string() }),
    lane: "io",
    maxAttempts: 5,
    deadlineMs: 60 * minute,
    priority: 35,
    dedupe: (payload) => payload.scanId,
  }),
  "remove-leftovers": kind({
    payload: z.object({
      /** What the work is about, for the dedupe key: a movie's or a version's id. */
      subjectId: z.string(),
      /** Names of version folders in the media folder. */
      folders: z.array(z.string()),
      /** Torrents to end together with what they downloaded. */
      downloads: z.array(z.object({ tag: z.string(), clientHash: z.string().nullable() })),
      imageIds: z.array(z.string()),
    }),
    lane: "io",
    maxAttempts: 30,
    deadlineMs: 5 * minute,
    priority: 50,
    dedupe: (payload) => payload.subjectId,
  }),
} as const;

export type JobKind = keyof typeof jobKinds;
export type JobPayload<Kind extends JobKind> = z.output<(typeof jobKinds)[Kind]["payload"]>;

/** True for a kind that this build knows: a row may come from another one. */
export function isJobKind(text: string): text is JobKind {
  return Object.hasOwn(jobKinds, text);
}
