import videojs from "video.js/core";
import { fittingVersion, playable } from "@/lib/versions/fitting";
import { remember, remembered } from "./remembered";
import type { PlayerVersion } from "./watchable";

type Plays = "yes" | "maybe" | "no";

/** What is known of browsers like this one, where the file's codecs aren't. */
function playsInOthers({ playsIn }: PlayerVersion): Plays {
  const { IS_EDGE, IS_FIREFOX, IS_ANY_SAFARI } = videojs.browser;
  const name = IS_EDGE ? "edge" : IS_FIREFOX ? "firefox" : IS_ANY_SAFARI ? "safari" : "chrome";
  const said = playsIn?.[name] ?? "unknown";
  return said === "unknown" ? "maybe" : said;
}

/** What this browser says of a version. */
function playsHere(version: PlayerVersion): Plays {
  if (!version.codecs) return playsInOthers(version);
  const said = document.createElement("video").canPlayType(`video/mp4; codecs="${version.codecs}"`);
  return said === "" ? "no" : said === "probably" ? "yes" : "maybe";
}

const judged = (versions: readonly PlayerVersion[]) =>
  versions.map((version) => ({ version, lines: version.lines, plays: playsHere(version) }));

/** Those that this browser plays, the tallest first; all, when it says that it plays none. */
export function playableVersions(versions: readonly PlayerVersion[]): PlayerVersion[] {
  return playable(judged(versions))
    .map(({ version }) => version)
    .toSorted((a, b) => b.lines - a.lines);
}

/** True unless the browser says that it would stutter. Files that tell no rate are taken for 24 a second. */
async function isSmooth(version: PlayerVersion): Promise<boolean> {
  const { codecs, width, height, sizeBytes, durationSeconds } = version;
  const picture = codecs?.split(",")[0];
  if (!picture || !width || !height || !sizeBytes || !durationSeconds) return true;
  const bitrate = Math.round((sizeBytes * 8) / durationSeconds);
  try {
    const info = await navigator.mediaCapabilities.decodingInfo({
      type: "file",
      video: {
        contentType: `video/mp4; codecs="${picture}"`,
        ...{ width, height, bitrate, framerate: 24 },
      },
    });
    return info.smooth;
  } catch {
    return true;
  }
}

const screenLines = () => Math.min(screen.width, screen.height) * devicePixelRatio;

/**
 * The version to begin with in this browser, on this screen; the size that was chosen here last
 * wins, smooth or not.
 *
 * @param failed ids of those that could not be played, although the browser said so.
 */
export async function startVersion(
  versions: readonly PlayerVersion[],
  failed: ReadonlySet<string> = new Set(),
): Promise<PlayerVersion | null> {
  const saved = Number.parseInt(remembered("lines") ?? "", 10);
  const wantedLines = Number.isFinite(saved) ? saved : null;
  const how = { wantedLines, screenLines: screenLines() };
  let left = judged(versions.filter(({ id }) => !failed.has(id)));
  const first = fittingVersion(left, how);
  if (wantedLines !== null || left.length < 2) return first?.version ?? null;
  for (let next = first; next; next = fittingVersion(left, how)) {
    const tried = next;
    if (tried.plays !== "no" && (await isSmooth(tried.version))) return tried.version;
    left = left.filter(({ lines }) => lines < tried.lines);
  }
  return first?.version ?? null;
}

/** Keeps the size that was chosen on this device. */
export function rememberVersion({ lines }: PlayerVersion): void {
  remember("lines", String(lines));
}
