import type { Db } from "@/lib/db";
import {
  changesOf,
  preferencesBefore,
  savePreferencesBefore,
  wantedPreferences,
} from "@/lib/downloads/preferences";
import { UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { settingsOf } from "@/lib/settings/data";
import type { WatchContext } from "./watch-downloads";

const log = logFor("qbittorrent");

/** Somebody may change in qBittorrent itself what Vigilio set: it is held against it this often. */
const lookAgainMs = 60_000;

interface Applied {
  /** What was wanted, of which qBittorrent, in which of its sign-ins. */
  wish: string;
  at: number;
}

/** Losing it costs one request. */
const memories = new WeakMap<Db, Applied>();

/**
 * Tells qBittorrent its speed limits, port and interface, at the tick after one of them changed, at
 * the hour that changes them, and when qBittorrent was started anew. Only what differs is written,
 * and what is not set here any more gets back what it was.
 */
export async function applyPreferences({ db, env, services, now }: WatchContext): Promise<void> {
  const settings = settingsOf(db, env);
  const { qbittorrentUrl: url } = settings;
  const at = now();
  const wanted = wantedPreferences(settings, at);
  const before = preferencesBefore(db, url);
  if (Object.keys(wanted).length + Object.keys(before).length === 0) return;
  try {
    const client = services.qbittorrent();
    const wishNow = () => JSON.stringify([url, wanted, client.generation]);
    const last = memories.get(db);
    if (last?.wish === wishNow() && at.getTime() - last.at < lookAgainMs) return;
    const change = changesOf(wanted, await client.preferences(), before);
    // Before it is written: should this end here, what was there is not lost.
    const isKnown = JSON.stringify(change.before) === JSON.stringify(before);
    if (!isKnown) savePreferencesBefore(db, url, { ...before, ...change.before }, at);
    if (Object.keys(change.write).length > 0) {
      await client.setPreferences(change.write);
      log.info({ preferences: Object.keys(change.write) }, "qBittorrent was told its limits");
    }
    if (!isKnown) savePreferencesBefore(db, url, change.before, at);
    memories.set(db, { wish: wishNow(), at: at.getTime() });
  } catch (error) {
    // One that does not answer is told at the next tick; its health says so meanwhile.
    if (!(error instanceof UpstreamError)) throw error;
    if (error.fault !== "refused") return;
    log.warn({ why: error.message }, "qBittorrent did not take what it was told");
    const { generation } = services.qbittorrent();
    memories.set(db, { wish: JSON.stringify([url, wanted, generation]), at: at.getTime() });
  }
}
