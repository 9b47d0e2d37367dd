import { eq } from "drizzle-orm";
import { serviceState } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError, UpstreamError } from "@/lib/errors";
import { runtime } from "@/lib/queue/runtime";
import type { HardwareEncoder } from "@/lib/services/ffmpeg/encoders";
import { findHardware } from "@/lib/services/ffmpeg/hardware";
import { type Binaries, locateBinaries } from "@/lib/services/ffmpeg/locate";
import { createOpenSubtitles, type OpenSubtitles } from "@/lib/services/opensubtitles/client";
import { createQbittorrent } from "@/lib/services/qbittorrent/client";
import type { Qbittorrent } from "@/lib/services/qbittorrent/contract";
import { createTmdb, type Tmdb } from "@/lib/services/tmdb/client";
import { savedAt, settingsOf } from "./data";
import type { Settings } from "./schema";

/** The services at the far ends of sockets, and ffmpeg, as the settings say now. */
export interface Services {
  /** @throws UpstreamError `unreachable` while the managed one is not up yet. */
  qbittorrent(): Qbittorrent;
  /** Null without a key. */
  tmdb(): Tmdb | null;
  /** Null without a key. */
  openSubtitles(): OpenSubtitles | null;
  /** @throws AppError 503 when one is not installed. */
  ffmpeg(): Promise<Binaries>;
  /** The graphics chip that encodes; null without one that works, or when it is switched off. */
  hardwareEncoder(): Promise<HardwareEncoder | null>;
  /** BCP 47, for titles and stories. */
  language(): string;
  /** In order of preference. */
  subtitleLanguages(): string[];
  subtitlesPerLanguage(): number;
  /** Null: no limit by that one. */
  seedingLimits(): { ratio: number | null; seedingMinutes: number | null };
  deleteOriginals(): boolean;
}

/** Keeps a client while what it was made from stays the same: clients hold sessions. */
function kept<Made>(): (key: string, make: () => Made) => Made {
  let last: { key: string; made: Made } | undefined;
  return (key, make) => {
    if (last?.key !== key) last = { key, made: make() };
    return last.made;
  };
}

/** What a service told us (tokens, quotas), kept over restarts. */
function stateOf(db: Db, key: string) {
  return {
    load(): unknown {
      return db.select().from(serviceState).where(eq(serviceState.key, key)).get()?.value ?? null;
    },
    save(value: unknown): void {
      const updatedAt = new Date();
      db.insert(serviceState)
        .values({ key, value, updatedAt })
        .onConflictDoUpdate({ target: serviceState.key, set: { value, updatedAt } })
        .run();
    },
  };
}

/** For clients that are only tried: what they are told goes with them. */
function passingState() {
  let value: unknown = null;
  return {
    load: () => value,
    save(given: unknown): void {
      value = given;
    },
  };
}

const qbittorrentKeys = [
  "qbittorrentUrl",
  "qbittorrentUsername",
  "qbittorrentPassword",
] as const satisfies readonly (keyof Settings)[];

async function ffmpegOf(env: Env): Promise<Binaries> {
  const { FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath } = env.values;
  const found = await locateBinaries({ ffmpegPath, ffprobePath });
  if (found.ok) return found;
  const missing = found.missing[0];
  throw new AppError(missing?.code ?? "ffmpeg-not-found", {
    status: 503,
    values: missing?.values,
  });
}

const connected = new WeakMap<Db, Services>();

/**
 * The clients of a database's settings: made once, since they hold sessions; a setting that changes
 * is followed at the next call.
 */
export function connect(db: Db, env: Env): Services {
  const known = connected.get(db);
  if (known) return known;
  const made = connectWith(db, env, {});
  connected.set(db, made);
  return made;
}

/**
 * Clients of their own, as they would be if `draft` were saved: for trying a key or an account
 * before it is kept. Never shared, so that a wrong one leaves nothing behind.
 */
export function connectWith(db: Db, env: Env, draft: Partial<Settings>): Services {
  const keepQbittorrent = kept<Qbittorrent>();
  const keepTmdb = kept<Tmdb>();
  const keepOpenSubtitles = kept<OpenSubtitles>();
  const settings = () => ({ ...settingsOf(db, env), ...draft });
  const isTried = Object.keys(draft).length > 0;
  const state = isTried ? passingState() : stateOf(db, "opensubtitles");

  return {
    qbittorrent() {
      const { qbittorrentUrl, qbittorrentUsername, qbittorrentPassword, qbittorrentPathMap } =
        settings();
      const access = qbittorrentUrl
        ? {
            url: qbittorrentUrl,
            username: qbittorrentUsername ?? "",
            password: qbittorrentPassword ?? "",
            pathMap: qbittorrentPathMap,
          }
        : runtime()?.managedQbittorrent();
      if (!access) {
        throw new UpstreamError("qbittorrent", "unreachable", "the managed one is not up");
      }
      // A client never tries a refused password again: whoever mended it on the other side saves once
      // more, the same or another, and is let in.
      const at = savedAt(db, qbittorrentKeys)?.getTime();
      return keepQbittorrent(JSON.stringify([access, at]), () => createQbittorrent(access));
    },
    tmdb() {
      const { tmdbApiKey: apiKey, tmdbApiUrl: apiUrl, tmdbImageUrl: imageUrl } = settings();
      if (!apiKey) return null;
      const access = { apiKey, apiUrl, imageUrl };
      return keepTmdb(JSON.stringify(access), () => createTmdb(access));
    },
    openSubtitles() {
      const now = settings();
      if (!now.openSubtitlesApiKey) return null;
      const access = {
        apiKey: now.openSubtitlesApiKey,
        username: now.openSubtitlesUsername ?? undefined,
        password: now.openSubtitlesPassword ?? undefined,
        apiUrl: now.openSubtitlesApiUrl,
        userAgent: "Vigilio v1.0.0",
      };
      return keepOpenSubtitles(JSON.stringify(access), () =>
        createOpenSubtitles({ ...access, state }),
      );
    },
    ffmpeg: () => ffmpegOf(env),
    async hardwareEncoder() {
      if (settings().hardwareEncoding === "off") return null;
      return findHardware({ ffmpegPath: (await ffmpegOf(env)).ffmpegPath });
    },
    language: () => settings().metadataLanguage,
    subtitleLanguages: () => settings().subtitleLanguages,
    subtitlesPerLanguage: () => settings().subtitlesPerLanguage,
    seedingLimits: () => {
      const { seedRatioLimit, seedDaysLimit } = settings();
      return {
        ratio: seedRatioLimit,
        seedingMinutes: seedDaysLimit === null ? null : Math.round(seedDaysLimit * 24 * 60),
      };
    },
    deleteOriginals: () => settings().deleteOriginalFiles,
  };
}
