import { z } from "zod";

export const subtitleSource = z.enum(["upload", "embedded", "sidecar", "opensubtitles"]);

/** A subtitle as the API shows it. */
export const subtitleView = z.object({
  id: z.string(),
  language: z.string().describe("BCP 47; und when it could not be told"),
  label: z.string().nullable(),
  source: subtitleSource,
  forced: z.boolean(),
  hearingImpaired: z.boolean(),
  encoding: z.string().nullable(),
  offsetMs: z.number().int(),
  url: z.string().nullable().describe("null when it cannot be used; detail says why"),
  detail: z.string().nullable(),
});
export type SubtitleView = z.output<typeof subtitleView>;

/** A language as people and scripts give it (BCP 47: language, script, region). */
const languageInput = z
  .string()
  .trim()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, "language-code-malformed");
const labelInput = z.string().trim().max(100);
const encodingInput = z.string().trim().min(1).max(40);

/** Text fields of a form are empty when they were left alone. */
const blankIsAbsent = (text: unknown) =>
  typeof text === "string" && text.trim() === "" ? undefined : text;

/** Fields beside the file of POST /api/v1/versions/{id}/subtitles. */
export const subtitleUploadFields = z.object({
  language: z.preprocess(blankIsAbsent, languageInput.optional()),
  label: z.preprocess(blankIsAbsent, labelInput.optional()),
  encoding: z.preprocess(blankIsAbsent, encodingInput.optional()),
});

/** An hour: more than any film is off by, and no number that breaks a clock. */
const mostOffsetMs = 3_600_000;

/** Strict: a misspelt name must not look like a change that was made. */
export const subtitleChangesInput = z.strictObject({
  offsetMs: z.number().int().min(-mostOffsetMs).max(mostOffsetMs).optional(),
  label: labelInput.nullable().optional(),
  language: languageInput.optional(),
  encoding: encodingInput.optional(),
});

export const candidatesQuery = z.object({
  language: languageInput.optional().describe("BCP 47; the household's languages without it"),
});

/** A subtitle that OpenSubtitles offers. */
export const candidateView = z.object({
  candidateId: z.string(),
  language: z.string(),
  release: z.string().nullable(),
  fileName: z.string(),
  hearingImpaired: z.boolean(),
  machineTranslated: z.boolean(),
  fromTrusted: z.boolean(),
  matchesFile: z.boolean().describe("made for exactly this file, as its hash tells"),
  downloads: z.number().int(),
  rating: z.number().nullable(),
  fps: z.number().nullable(),
});
export type CandidateView = z.output<typeof candidateView>;

export const candidateChoice = z.object({ candidateId: z.string().max(60) });

/** Films whose subtitles are looked for again. */
export const refreshInput = z.object({
  movieIds: z
    .array(z.string().regex(/^[0-9a-f]{16}$/))
    .min(1)
    .max(500),
});

export const refreshAnswer = z.object({
  jobId: z.string().describe("of the first film"),
  jobIds: z.array(z.string()),
});
