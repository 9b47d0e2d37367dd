import { startWebSeed } from "../support/web-seed";
import { openSubtitlesAccount, startOpenSubtitles } from "../upstreams/opensubtitles";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

export interface SeedPorts {
  fast: number;
  slow: number;
}

export interface WebSeeds {
  fastUrl: string;
  slowUrl: string;
  ports: SeedPorts;
  close(): Promise<void>;
}

/** A film of 80 MB takes hours at this pace, and shows that it moves. */
const slowBytesPerSecond = 20_000;

/**
 * Serves a folder twice, at full speed and slowly.
 *
 * @param ports those that torrents name already; any free ones without.
 */
export async function startWebSeeds(folder: string, ports?: SeedPorts): Promise<WebSeeds> {
  const fast = await startWebSeed(folder, { port: ports?.fast ?? 0 });
  try {
    const slow = await startWebSeed(folder, {
      bytesPerSecond: slowBytesPerSecond,
      port: ports?.slow ?? 0,
    });
    return {
      fastUrl: fast.url,
      slowUrl: slow.url,
      ports: { fast: Number(new URL(fast.url).port), slow: Number(new URL(slow.url).port) },
      async close() {
        await Promise.all([fast.close(), slow.close()]);
      },
    };
  } catch (error) {
    await fast.close();
    throw error;
  }
}

export interface Upstreams {
  /** What Vigilio's environment has to hold to reach them. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

/** Stand-ins for TMDB, its pictures and OpenSubtitles. */
export async function startUpstreams(): Promise<Upstreams> {
  const [tmdb, openSubtitles] = await Promise.all([startTmdb(), startOpenSubtitles()]);
  return {
    environment: {
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      TMDB_API_KEY: tmdbKeys.v3,
      OPENSUBTITLES_API_URL: openSubtitles.apiUrl,
      OPENSUBTITLES_API_KEY: openSubtitlesAccount.apiKey,
      OPENSUBTITLES_USERNAME: openSubtitlesAccount.username,
      OPENSUBTITLES_PASSWORD: openSubtitlesAccount.password,
    },
    async close() {
      await Promise.all([tmdb.close(), openSubtitles.close()]);
    },
  };
}
