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
  machineTranslated: z.boolean(),
  encoding: z.string().nullable(),
  isEncodingCertain: z
    .boolean()
    .describe("false: somebody should look whether the letters are right"),
  cueCount: z.number().int(),
  offsetMs: z.number().int(),
  speed: z
    .number()
    .describe("a line made for 100 s is shown at 100 s / speed + offsetMs; 1 as it came"),
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
/** Far beyond every pair of picture rates, and no number that breaks a clock. */
const [slowest, fastest] = [0.5, 2];

/** Strict: a misspelt name must not look like a change that was made. */
export const subtitleChangesInput = z.strictObject({
  offsetMs: z.number().int().min(-mostOffsetMs).max(mostOffsetMs).optional(),
  speed: z.number().min(slowest).max(fastest).optional(),
  label: labelInput.nullable().optional(),
  language: languageInput.optional(),
  encoding: encodingInput.optional(),
  forced: z.boolean().optional(),
  hearingImpaired: z.boolean().optional(),
});

/** Query of GET /api/v1/subtitles/{id}/encodings. */
export const encodingsQuery = z.object({
  encoding: encodingInput.optional().describe("one more to show, beside those that are likely"),
});

/** How a subtitle reads in one encoding. */
export const encodingSample = z.object({
  encoding: z.string(),
  lines: z
    .array(z.string())
    .describe("three, where the encodings differ; empty when it can't be read so"),
  isCurrent: z.boolean(),
});
export type EncodingSample = z.output<typeof encodingSample>;

export const encodingsView = z.object({
  items: z.array(encodingSample),
  others: z.array(
    z.object({ encoding: z.string(), languages: z.array(z.string()).describe("BCP 47") }),
  ),
});
export type EncodingsView = z.output<typeof encodingsView>;

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
  forced: z.boolean().describe("only what is foreign in the movie"),
  machineTranslated: z.boolean(),
  fromTrusted: z.boolean(),
  matchesFile: z.boolean().describe("made for exactly this file, as its hash tells"),
  downloads: z.number().int(),
  rating: z.number().nullable(),
  fps: z.number().nullable(),
  isTaken: z.boolean().describe("the version has it already"),
});
export type CandidateView = z.output<typeof candidateView>;

/** What is left of a day's downloads at OpenSubtitles, and when they are renewed (ISO 8601). */
export interface QuotaView {
  remaining: number;
  resetAt: string;
}

export const candidateChoice = z.object({ candidateId: z.string().max(60) });

/** Films whose subtitles are looked for again. */
export const refreshInput = z.object({
  movieIds: z
    .array(z.string().regex(/^[0-9a-f]{16}$/))
    .min(1)
    .max(500),
});

/** A language that the whole library is looked through for, where it is missing. */
export const languageFetchInput = z.strictObject({ language: languageInput });

export const refreshAnswer = z.object({
  jobId: z
    .string()
    .nullable()
    .describe("of the first film; null when there is nothing to look for"),
  jobIds: z.array(z.string()),
});
