import { z } from "zod";
import { backupNameForm, backupReasons } from "./names";

export const backupView = z.object({
  name: z.string(),
  reason: z.enum(backupReasons).describe("why it was made"),
  createdAt: z.iso.datetime(),
  sizeBytes: z.number().int(),
  movies: z.number().int(),
  people: z.number().int().describe("accounts"),
  isNewer: z.boolean().describe("made by a newer Vigilio: it can't be restored by this one"),
});
export type BackupView = z.output<typeof backupView>;

export const backupParams = z.object({ name: z.string().regex(backupNameForm) });

/** Some names of many, and how many there are. */
const some = z.object({ count: z.number().int(), names: z.array(z.string()) });

/** What a restore would change, against the library as it is now. */
export const restoreChanges = z.object({
  moviesGone: some.describe("added since"),
  moviesBack: some.describe("deleted since; their files don't come back"),
  peopleGone: some,
  peopleBack: some,
});
export type RestoreChanges = z.output<typeof restoreChanges>;

export const restoreDone = z.object({
  from: z.string().describe("the backup that was restored"),
  before: z.string().nullable().describe("the backup of what was there before"),
});
