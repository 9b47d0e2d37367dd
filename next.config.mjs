/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // A build is made beside the one that serves and put in its place when it is whole.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  reactStrictMode: true,
  // Everything is rendered per request from SQLite; pictures are resized once, when stored.
  images: { unoptimized: true },
  // Native modules and those that start processes stay outside the bundle.
  serverExternalPackages: [
    "@ctrl/qbittorrent",
    "argon2",
    "better-sqlite3",
    "execa",
    "node-cron",
    "pino",
    "sharp",
    "tmdb-ts",
  ],
  // Types are checked by npm run check: a type error in a test must not keep the product from starting.
  typescript: { ignoreBuildErrors: true },
  // HTTP streaming adds itself to the player that it imports: it must be the one that plays, which
  // is the core without it.
  turbopack: { resolveAlias: { "video.js": "video.js/core" } },
  // A .torrent of 10 MB, and the form around it.
  experimental: {
    // Loading every page when the server starts is half of what a start takes; each is loaded when
    // it is first asked for instead, in some tens of milliseconds, and what nobody opens never is.
    preloadEntriesOnStart: false,
    serverActions: { bodySizeLimit: "11mb" },
    proxyClientMaxBodySize: "11mb",
  },
  async rewrites() {
    return {
      beforeFiles: [
        { source: "/media/:name.mp4", destination: "/api/media?name=:name" },
        {
          source: "/media/:name/:part(master\\.m3u8|(?:video|audio-\\d{1,3})\\.(?:m3u8|mp4))",
          destination: "/api/media?name=:name&part=:part",
        },
      ],
      afterFiles: [],
      fallback: [],
    };
  },
};

export default config;
