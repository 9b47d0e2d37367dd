import { eq } from "drizzle-orm";
import { z } from "zod";
import { serviceState } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Settings } from "@/lib/settings/schema";
import { limitsAt, type SpeedSettings } from "./speed-limits";

/** Of qBittorrent, by its names. */
export type Preferences = Record<string, string | number | boolean>;

type PreferenceSettings = SpeedSettings &
  Pick<Settings, "bittorrentPort" | "bittorrentInterface" | "qbittorrentUrl">;

const kibibyte = 1024;

/**
 * What qBittorrent has to be told, and nothing else: a limit only where one was set (at any hour),
 * port and interface only of Vigilio's own, since another's may be bound to what is not here.
 */
export function wantedPreferences(settings: PreferenceSettings, now: Date): Preferences {
  const wanted: Preferences = {};
  const byTheHour = settings.speedWindows.length > 0;
  const limits = limitsAt(settings, now);
  // 0 is qBittorrent's word for no limit.
  const bytes = (kibibytes: number | null) => (kibibytes ?? 0) * kibibyte;
  if (byTheHour || settings.downloadKibibytesPerSecond !== null) {
    wanted.dl_limit = bytes(limits.downloadKibibytesPerSecond);
  }
  if (byTheHour || settings.uploadKibibytesPerSecond !== null) {
    wanted.up_limit = bytes(limits.uploadKibibytesPerSecond);
  }
  if (settings.qbittorrentUrl !== null) return wanted;
  if (settings.bittorrentPort !== null) {
    wanted.listen_port = settings.bittorrentPort;
    // Version 5 has none.
    wanted.random_port = false;
  }
  if (settings.bittorrentInterface !== null) {
    wanted.current_network_interface = settings.bittorrentInterface;
  }
  return wanted;
}

/**
 * What is to be written, held against what qBittorrent has: what differs, and what is not wanted any
 * more, as it was before Vigilio changed it.
 */
export function changesOf(
  wanted: Preferences,
  present: Record<string, unknown>,
  before: Preferences,
): { write: Preferences; before: Preferences } {
  const write: Preferences = {};
  const kept: Preferences = {};
  for (const [key, value] of Object.entries(wanted)) {
    const now = present[key];
    if (typeof now !== typeof value) continue;
    kept[key] = before[key] ?? (now as Preferences[string]);
    if (now !== value) write[key] = value;
  }
  for (const [key, value] of Object.entries(before)) {
    if (!(key in wanted) && key in present && present[key] !== value) write[key] = value;
  }
  return { write, before: kept };
}

const key = "qbittorrent-before";
const stored = z.object({
  /** Of which qBittorrent; empty for Vigilio's own. */
  url: z.string(),
  before: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/** What a qBittorrent had before Vigilio changed it. */
export function preferencesBefore(db: Db, url: string | null): Preferences {
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  const found = stored.safeParse(row?.value);
  return found.success && found.data.url === (url ?? "") ? found.data.before : {};
}

/** Remembers what a qBittorrent had, so that it can have it back. */
export function savePreferencesBefore(
  db: Db,
  url: string | null,
  before: Preferences,
  now: Date,
): void {
  const value = { url: url ?? "", before };
  db.insert(serviceState)
    .values({ key, value, updatedAt: now })
    .onConflictDoUpdate({ target: serviceState.key, set: { value, updatedAt: now } })
    .run();
}
