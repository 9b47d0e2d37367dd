import type { OfferedTorrent } from "./releases";

/** What is said when everything is up: where it is, and what can be tried. */
export function welcome(about: {
  url: string;
  dataDir: string;
  apiToken: string;
  admin: { username: string; password: string };
  offered: readonly OfferedTorrent[];
}): string {
  const { url, dataDir, apiToken, admin } = about;
  const offered = about.offered.flatMap(({ title, imdbId, note, source }) => [
    `  ${title}, ${imdbId} (${note})`,
    ...("magnet" in source
      ? [`    magnet   ${source.magnet}`]
      : [`    file     ${source.path}`, `    link     ${source.url}`]),
  ]);
  return [
    "",
    `Vigilio         ${url}`,
    `Sign in         ${admin.username} / ${admin.password}`,
    `API token       ${apiToken}`,
    `Data folder     ${dataDir}`,
    "",
    "To add, on the page or over the API:",
    ...offered,
    "",
    "Ctrl-C ends everything. The next start goes on with this folder; --fresh makes it anew.",
    "",
  ].join("\n");
}
