import { eq, inArray, max } from "drizzle-orm";
import { settings } from "@/db/schema/household";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { logFor } from "@/lib/log";
import {
  type SettingItem,
  type SettingKey,
  type SettingSource,
  type Settings,
  settingDefinition,
  settingKeys,
} from "./schema";

const log = logFor("settings");

interface Effective {
  value: unknown;
  source: SettingSource;
}

/** One value: the environment's, else the saved one, else the default. */
function effective(key: SettingKey, saved: unknown, env: Env): Effective {
  const { schema, variable, default: fallback } = settingDefinition(key);
  const owned = variable && env.values[variable];
  if (owned !== undefined) return { value: owned, source: "environment" };
  if (saved === undefined) return { value: fallback, source: "default" };
  const parsed = schema.safeParse(saved);
  if (parsed.success) return { value: parsed.data, source: "saved" };
  // Written by another version, or by hand.
  log.warn({ key }, "a saved setting cannot be used; its default is");
  return { value: fallback, source: "default" };
}

function allEffective(db: Db, env: Env): Map<SettingKey, Effective> {
  const saved = new Map(
    db
      .select({ key: settings.key, value: settings.value })
      .from(settings)
      .all()
      .map(({ key, value }) => [key, value]),
  );
  return new Map(settingKeys.map((key) => [key, effective(key, saved.get(key), env)]));
}

/** Effective settings: what the environment sets wins over what was saved, that over the default. */
export function settingsOf(db: Db, env: Env): Settings {
  const values: Partial<Record<SettingKey, unknown>> = {};
  for (const [key, { value }] of allEffective(db, env)) values[key] = value;
  // Every key was visited, and its value passed its schema.
  return values as Settings;
}

/** Where each effective value comes from. */
export function settingSourcesOf(db: Db, env: Env): Record<SettingKey, SettingSource> {
  const sources: Partial<Record<SettingKey, SettingSource>> = {};
  for (const [key, { source }] of allEffective(db, env)) sources[key] = source;
  return sources as Record<SettingKey, SettingSource>;
}

/** One effective setting, without reading the others. */
export function settingOf<Key extends SettingKey>(db: Db, env: Env, key: Key): Settings[Key] {
  const saved = db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, key))
    .get();
  return effective(key, saved?.value, env).value as Settings[Key];
}

/** Settings as they are shown: where each value comes from, and of a secret only whether it is set. */
export function settingItems(db: Db, env: Env): SettingItem[] {
  return [...allEffective(db, env)].map(([key, { value, source }]) => {
    const {
      secret,
      needsRestart = false,
      readOnly = false,
      variable = null,
    } = settingDefinition(key);
    const shown = secret ? { isSet: value !== null && value !== "" } : { value };
    const editable = !readOnly && source !== "environment";
    return { key, ...shown, source, needsRestart, editable, variable };
  });
}

/** When any of these was saved last; null when none ever was. */
export function savedAt(db: Db, keys: readonly SettingKey[]): Date | null {
  const saved = db
    .select({ at: max(settings.updatedAt) })
    .from(settings)
    .where(inArray(settings.key, [...keys]))
    .get();
  return saved?.at ?? null;
}

/** True in demo mode: nothing but a person's own things may change. */
export function isDemo(db: Db, env: Env): boolean {
  return settingOf(db, env, "demo");
}
