import type { TicketView } from "@/lib/versions/schema";

/** What is used of the addresses of a version for a player that holds no cookie. */
export type Ticket = Pick<TicketView, "streamUrl" | "subtitles" | "expiresAt">;

export interface PlayerLink {
  /** Which program opens; its name is a word, or a name that is the same in every language. */
  player: "android" | "vlc" | "infuse" | "iina";
  href: string;
}

/**
 * Links that open a film in a program on this device. Only those that the system hands on: on
 * Windows and Linux a browser knows none, and the playlist is the way.
 *
 * @param device what the browser says it runs on.
 */
export function playerLinks(
  streamUrl: string,
  title: string,
  device: { userAgent: string; touchPoints: number },
): PlayerLink[] {
  const { userAgent, touchPoints } = device;
  const url = encodeURIComponent(streamUrl);
  if (/android/i.test(userAgent)) {
    const { protocol, host, pathname, search } = new URL(streamUrl);
    const extras = `action=android.intent.action.VIEW;type=video/mp4;scheme=${protocol.slice(0, -1)};S.title=${encodeURIComponent(title)}`;
    return [
      { player: "android", href: `intent://${host}${pathname}${search}#Intent;${extras};end` },
      {
        player: "vlc",
        href: `intent://${host}${pathname}${search}#Intent;package=org.videolan.vlc;${extras};end`,
      },
    ];
  }
  // An iPad says that it is a Mac, and is touched.
  if (/iphone|ipad|ipod/i.test(userAgent) || (/macintosh/i.test(userAgent) && touchPoints > 1)) {
    return [
      { player: "vlc", href: `vlc-x-callback://x-callback-url/stream?url=${url}` },
      { player: "infuse", href: `infuse://x-callback-url/play?url=${url}` },
    ];
  }
  return /macintosh/i.test(userAgent)
    ? [{ player: "iina", href: `iina://weblink?url=${url}` }]
    : [];
}

/** One line: a line break in a title would be the next entry. */
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/**
 * A playlist with the film and its subtitles, which any desktop player opens; VLC takes the
 * subtitles along.
 */
export function playlist(
  { streamUrl, subtitles }: Ticket,
  film: { title: string; durationSeconds: number | null },
): string {
  const seconds = film.durationSeconds === null ? -1 : Math.round(film.durationSeconds);
  const lines = ["#EXTM3U", `#EXTINF:${seconds},${oneLine(film.title)}`];
  if (subtitles.length > 0) {
    lines.push(`#EXTVLCOPT:input-slave=${subtitles.map(({ url }) => url).join("#")}`);
  }
  return `${[...lines, streamUrl].join("\n")}\n`;
}

/** A name for the playlist's file that every system takes. */
export function playlistName(title: string): string {
  const name = oneLine(title.replace(/[\\/:*?"<>|\p{C}]+/gu, " ")).replace(/^\.+|\.+$/g, "");
  return `${name.slice(0, 100) || "film"}.m3u`;
}
