import { openSubtitlesAccount, startOpenSubtitles } from "./opensubtitles";
import { startTmdb, tmdbKeys } from "./tmdb";

/**
 * Both stand-ins on fixed ports, for use by hand: `npx tsx tests/upstreams/main.ts`.
 * TMDB_PORT (4701), TMDB_IMAGE_PORT (4702) and OPENSUBTITLES_PORT (4703) choose other ports. What
 * it prints is what Vigilio's environment has to hold.
 */
const portOf = (name: string, otherwise: number) => Number(process.env[name] || otherwise);

const tmdb = await startTmdb({
  port: portOf("TMDB_PORT", 4701),
  imagePort: portOf("TMDB_IMAGE_PORT", 4702),
});
const openSubtitles = await startOpenSubtitles({ port: portOf("OPENSUBTITLES_PORT", 4703) });

console.log(
  [
    `TMDB_API_URL=${tmdb.apiUrl}`,
    `TMDB_IMAGE_URL=${tmdb.imageUrl}`,
    `TMDB_API_KEY=${tmdbKeys.v3}`,
    `OPENSUBTITLES_API_URL=${openSubtitles.apiUrl}`,
    `OPENSUBTITLES_API_KEY=${openSubtitlesAccount.apiKey}`,
    `OPENSUBTITLES_USERNAME=${openSubtitlesAccount.username}`,
    `OPENSUBTITLES_PASSWORD=${openSubtitlesAccount.password}`,
  ].join("\n"),
);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void Promise.all([tmdb.close(), openSubtitles.close()]));
}
