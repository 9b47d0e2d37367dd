import { eq, sql } from "drizzle-orm";
import { settings } from "@/db/schema/household";
import type { Db } from "@/lib/db";
import { forgetOffers } from "@/lib/downloads/replacements";
import type { Env } from "@/lib/env";
import { AppError, type Reason, reason } from "@/lib/errors";
import { requestMissingMetadata } from "@/lib/movies/metadata";
import { askAgainForSubtitles } from "@/lib/queue/ask-again";
import { fieldReasons } from "@/lib/web/input";
import { type SettingKey, settingDefinition, settingDefinitions } from "./schema";

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settingDefinitions, key);
}

/**
 * Saves settings, all or none, and asks for what a new key of TMDB or OpenSubtitles makes possible.
 * Null goes back to the default.
 *
 * @throws AppError 422 by key: unknown, owned by the environment, only for the environment, or not
 *   what its schema takes.
 */
export function saveSettings(
  db: Db,
  args: { patch: Record<string, unknown>; env: Env; now: Date },
): void {
  const fields: Record<string, Reason> = {};
  const values = new Map<SettingKey, unknown>();
  for (const [key, given] of Object.entries(args.patch)) {
    if (!isSettingKey(key)) {
      fields[key] = reason("setting-unknown");
      continue;
    }
    const { schema, variable, readOnly } = settingDefinition(key);
    const parsed = schema.safeParse(given, { reportInput: true });
    if (variable && args.env.values[variable] !== undefined) {
      fields[key] = reason("setting-owned", { variable });
    } else if (readOnly)
      fields[key] = reason("setting-environment-only", { variable: variable ?? "" });
    else if (given === null) values.set(key, null);
    else if (parsed.success) values.set(key, parsed.data);
    else fields[key] = Object.values(fieldReasons(parsed.error))[0] ?? reason("field-invalid");
  }
  if (Object.keys(fields).length > 0) throw new AppError("invalid-input", { status: 422, fields });
  db.transaction((tx) => {
    for (const [key, value] of values) {
      if (value === null && !keepsNull(key)) {
        tx.delete(settings).where(eq(settings.key, key)).run();
        continue;
      }
      // JSON's null, which is a value, and not SQL's, which is none.
      const row = { value: value === null ? sql`'null'` : value, updatedAt: args.now };
      tx.insert(settings)
        .values({ key, ...row })
        .onConflictDoUpdate({ target: settings.key, set: row })
        .run();
    }
    // Films that were named from their release get their titles and pictures.
    if (values.get("tmdbApiKey")) requestMissingMetadata(tx, args.now);
    // Dead releases that were only offered another are replaced.
    if (values.get("replaceDeadReleases") === true) forgetOffers(tx);
    // Searches that a wrong key or password ended are made again.
    if (openSubtitlesKeys.some((key) => values.get(key))) {
      askAgainForSubtitles(tx, args.now, { isKeyNew: true });
    }
  });
}

const openSubtitlesKeys = [
  "openSubtitlesApiKey",
  "openSubtitlesUsername",
  "openSubtitlesPassword",
] as const satisfies readonly SettingKey[];

/** True where null is a choice of its own (no limit) and not the way back to the default. */
function keepsNull(key: SettingKey): boolean {
  const { schema, default: fallback } = settingDefinition(key);
  return fallback !== null && schema.safeParse(null).success;
}
