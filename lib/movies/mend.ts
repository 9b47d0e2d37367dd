/** Where a person mends what a movie waits for. */
export type MendPlace = "metadata" | "subtitles" | "services" | "downloads" | "room";

const places: [RegExp, MendPlace][] = [
  [/^tmdb-(no-key|credentials|key-)/, "metadata"],
  [/^opensubtitles-(no-key|credentials|quota|key-|account-)/, "subtitles"],
  [/^(torrent-out-of-sight|torrent-error-(path-missing|not-permitted|read-only))$/, "downloads"],
  [/^qbittorrent-/, "services"],
  [/^ffmpeg-(missing|not-|too-small)/, "services"],
  [/disk-(full|short|nearly-full)$/, "room"],
];

/** The place where the cause of a reason can be mended; null where no setting helps. */
export function mendPlaceOf(code: string | undefined): MendPlace | null {
  return places.find(([pattern]) => pattern.test(code ?? ""))?.[1] ?? null;
}
