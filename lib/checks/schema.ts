import { z } from "zod";
import type { Reason } from "@/lib/errors";

/** What a check is about, in the order in which a movie meets them. */
export const checkAreas = [
  "database",
  "scheduler",
  "qbittorrent",
  "ffmpeg",
  "disk",
  "tmdb",
  "opensubtitles",
  "sources",
  "security",
] as const;
export type CheckArea = (typeof checkAreas)[number];

/** Areas that have to be asked; what the others say is known whenever somebody looks. */
export const lookedAreas = [
  "database",
  "qbittorrent",
  "ffmpeg",
  "disk",
  "tmdb",
  "opensubtitles",
  "security",
] as const satisfies readonly CheckArea[];
export type LookedArea = (typeof lookedAreas)[number];

const checkStates = ["broken", "look", "fine"] as const;
export type CheckState = (typeof checkStates)[number];

/** What a page can do about a finding itself. */
const mends = ["file-modes", "source"] as const;

const values = z.record(z.string(), z.union([z.string(), z.number()]));
const storedReason = z.object({ code: z.string(), values: values.optional() });

/**
 * One finding, without its words: `messages` has `checks.seen.<told>` and, for what is not fine,
 * `checks.means.<told>` and `checks.todo.<told>`.
 */
export const check = z.object({
  area: z.enum(checkAreas),
  /** Key of `checks.name`. */
  name: z.string(),
  state: z.enum(checkStates),
  told: z.string(),
  values: values.optional(),
  /** Said in the place of means and todo, where a service's own fault has words already. */
  detail: storedReason.optional(),
  /** To be run on the server as it stands. */
  command: z.string().optional(),
  /** The page where it is mended. */
  href: z.string().optional(),
  mend: z.enum(mends).optional(),
  /** Of a source: which one, and what it is called. */
  subject: z.object({ id: z.string(), name: z.string() }).optional(),
});
export interface Check extends Omit<z.output<typeof check>, "detail"> {
  detail?: Reason | undefined;
}

/** Checks of an area as they were found last. */
export const lookedAt = z.object({
  at: z.number(),
  elapsedMs: z.number(),
  checks: z.array(check),
});

/** One finding as the API and the page show it. */
export const checkView = z.object({
  area: z.enum(checkAreas),
  name: z.string(),
  title: z.string(),
  state: z.enum(checkStates),
  /** What was seen, with the figures. */
  seen: z.string(),
  /** What it means; null for what is fine. */
  means: z.string().nullable(),
  /** What to do about it; null for what is fine. */
  todo: z.string().nullable(),
  /** A command for the server that mends it, with its own paths and numbers. */
  command: z.string().nullable(),
  /** The page of Vigilio where it is mended. */
  href: z.string().nullable(),
  mend: z.enum(mends).nullable(),
  sourceId: z.string().nullable(),
  checkedAt: z.iso.datetime(),
});
export type CheckView = z.output<typeof checkView>;

export const checksView = z.object({
  summary: z.object({ broken: z.number(), look: z.number(), fine: z.number() }),
  /** Areas that nobody has looked at since this server was set up. */
  unknown: z.array(z.enum(checkAreas)),
  items: z.array(checkView),
});
export type ChecksView = z.output<typeof checksView>;

/** What the page shows. */
export interface ChecksPageView extends ChecksView {
  /** All of it as text without secrets, for whoever is asked for advice. */
  report: string;
  /** Areas that nobody looked at lately. */
  oldAreas: CheckArea[];
  /** Looking writes down what it finds, which demo mode refuses. */
  mayRun: boolean;
}

/** Without anything: everything. */
export const runChecksInput = z
  .object({
    areas: z.array(z.enum(checkAreas)).max(checkAreas.length).optional(),
    /** One source alone. */
    sourceId: z.string().max(100).optional(),
  })
  .optional();
