import { z } from "zod";
import { versionStatuses } from "@/db/schema/versions";
import { subtitleView } from "@/lib/subtitles/schema";

export const audioTrackView = z.object({
  index: z.number().int(),
  language: z.string().nullable(),
  title: z.string().nullable(),
  channels: z.number().int(),
  codec: z.string(),
  isDefault: z.boolean(),
  isClearVoice: z.boolean().describe("dialogue lifted, loud peaks held; made of another track"),
});
export type AudioTrackView = z.output<typeof audioTrackView>;

const browserSupport = z.enum(["yes", "no", "unknown"]);

export const smallerRequest = z.object({ height: z.literal([720, 480]) });

/** What is done to a file and why, stored on its version. */
export const storedPlan = z.object({
  kind: z.enum(["as-is", "container", "sound", "picture"]),
  /** Codes under `reasons` in messages/en.json. */
  why: z.array(
    z.object({
      code: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  ),
  /** What the H.264 version does that follows an HEVC or AV1 picture; null when none follows. */
  followUp: z.enum(["replace", "join"]).nullable().default(null),
  /** Places among the sound tracks of those in which dialogue is lifted. */
  clearVoiceTracks: z.array(z.number().int()).default([]),
});
export type StoredPlan = z.output<typeof storedPlan>;

export const versionView = z.object({
  id: z.string(),
  status: z.enum(versionStatuses),
  statusDetail: z.string().nullable(),
  progress: z
    .object({ fraction: z.number().min(0).max(1), remainingSeconds: z.number().int().nullable() })
    .nullable()
    .describe("while it is made; remainingSeconds is null until it can be told"),
  madeFrom: z
    .object({
      versionId: z.string().nullable().describe("null when that version was deleted"),
      kind: z.enum(["conversion", "smaller"]),
      height: z.number().int().nullable().describe("that a smaller one was asked to have"),
    })
    .nullable()
    .describe("set for one that was made of another version"),
  plan: z.object({ kind: storedPlan.shape.kind, why: z.array(z.string()) }).nullable(),
  releaseName: z.string().nullable(),
  width: z.number().int().nullable().describe("as displayed"),
  height: z.number().int().nullable(),
  durationSeconds: z.number().nullable(),
  sizeBytes: z.number().int().nullable(),
  container: z.string().nullable(),
  videoCodec: z.string().nullable(),
  codecs: z.string().nullable().describe("RFC 6381, for a browser's canPlayType"),
  audioTracks: z.array(audioTrackView),
  subtitles: z.array(subtitleView),
  streamUrl: z.string().nullable().describe("plays alone, with the default sound"),
  hlsUrl: z
    .string()
    .nullable()
    .describe("HLS of the same file with every sound track; null when there is one or none"),
  previewUrl: z.string().nullable(),
  chapters: z
    .array(
      z.object({
        startSeconds: z.number(),
        endSeconds: z.number(),
        title: z.string().nullable().describe("null when the file says no more than a number"),
      }),
    )
    .describe("in order; empty when the file has none"),
  creditsStartSeconds: z
    .number()
    .nullable()
    .describe("where a chapter says that the end credits begin"),
  playsIn: z
    .object({
      chrome: browserSupport,
      firefox: browserSupport,
      safari: browserSupport,
      edge: browserSupport,
    })
    .nullable(),
  playsInDetail: z
    .array(
      z.object({
        browser: z.enum(["chrome", "firefox", "safari", "edge"]),
        plays: browserSupport.exclude(["yes"]),
        detail: z.string(),
      }),
    )
    .describe("for each browser that is not sure to play it, why"),
});
export type VersionView = z.output<typeof versionView>;

/** Addresses of one version for a player that holds no cookie. */
export const ticketView = z.object({
  streamUrl: z.string().describe("absolute, with its ticket"),
  hlsUrl: z.string().nullable(),
  subtitles: z.array(z.object({ id: z.string(), url: z.string() })),
  expiresAt: z.iso.datetime(),
});
export type TicketView = z.output<typeof ticketView>;

/** A file that belongs to a movie. */
export const fileView = z.object({
  id: z.string(),
  relativePath: z.string().describe("below media, downloads, images or import"),
  sizeBytes: z.number().int().nullable().describe("null when it is missing"),
  role: z.enum(["video", "subtitle", "original", "image", "other"]),
  inUse: z.boolean(),
  missing: z.boolean(),
});
export type FileView = z.output<typeof fileView>;
