import { endOf, type TrackFile } from "./track-file";

/** A sound track as people know it. */
export interface Rendition {
  /** Position among the sound tracks of the published file. */
  index: number;
  /** Shown in menus; different for each. */
  name: string;
  /** BCP 47. */
  language: string | null;
  channels: number | null;
  isDefault: boolean;
}

/** Version 7: initialization segments as EXT-X-MAP in playlists that are not of I-frames alone. */
const head = ["#EXTM3U", "#EXT-X-VERSION:7"];
const audioGroup = "audio";

/**
 * The master playlist (RFC 8216, 4.3.4): one picture, and each sound track as a rendition of one
 * group.
 *
 * @param args.size as displayed, in pixels.
 * @param args.query put behind every address, as `?ticket=…`, or empty.
 */
export function masterPlaylist(args: {
  picture: TrackFile;
  sounds: { file: TrackFile; rendition: Rendition }[];
  size: { width: number; height: number } | null;
  query: string;
}): string {
  const { picture, sounds, size, query } = args;
  const chosen = chosenByItself(sounds.map(({ rendition }) => rendition));
  const media = sounds.map(({ rendition }) => {
    const { index, name, language, channels, isDefault } = rendition;
    return attributes("EXT-X-MEDIA", {
      TYPE: "AUDIO",
      "GROUP-ID": quoted(audioGroup),
      NAME: quoted(name),
      LANGUAGE: language === null ? null : quoted(language),
      DEFAULT: isDefault ? "YES" : "NO",
      AUTOSELECT: chosen.has(index) ? "YES" : "NO",
      CHANNELS: channels ? quoted(String(channels)) : null,
      URI: quoted(`audio-${index}.m3u8${query}`),
    });
  });
  const most = (of: (file: TrackFile) => number) => Math.max(...sounds.map(({ file }) => of(file)));
  const stream = attributes("EXT-X-STREAM-INF", {
    BANDWIDTH: String(Math.ceil(peakBitRate(picture) + most(peakBitRate))),
    "AVERAGE-BANDWIDTH": String(Math.ceil(averageBitRate(picture) + most(averageBitRate))),
    CODECS: codecsOf([picture, ...sounds.map(({ file }) => file)]),
    RESOLUTION: size ? `${size.width}x${size.height}` : null,
    "FRAME-RATE": (picture.frameCount / picture.endSeconds).toFixed(3),
    AUDIO: quoted(audioGroup),
  });
  return lines([...head, "#EXT-X-INDEPENDENT-SEGMENTS", ...media, stream, `video.m3u8${query}`]);
}

/**
 * The playlist of one track (RFC 8216, 4.3.3): byte ranges of its file.
 *
 * @param args.uri of the track's file, relative to the playlist.
 */
export function mediaPlaylist({ file, uri }: { file: TrackFile; uri: string }): string {
  const { segments, init } = file;
  const longest = Math.max(...segments.map(({ durationSeconds }) => durationSeconds));
  return lines([
    ...head,
    // Rounded to the nearest whole second no segment may be longer.
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(longest))}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-PLAYLIST-TYPE:VOD",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    `#EXT-X-MAP:URI=${quoted(uri)},BYTERANGE="${init.length}@0"`,
    ...segments.flatMap((segment) => [
      `#EXTINF:${segment.durationSeconds.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${endOf(segment) - segment.offset}@${segment.offset}`,
      uri,
    ]),
    "#EXT-X-ENDLIST",
  ]);
}

/**
 * What a player may choose by the person's language: the default, and the first of each other
 * language. Those that are chosen by themselves have to differ in language (RFC 8216, 4.3.4.1).
 */
function chosenByItself(renditions: readonly Rendition[]): Set<number> {
  const byLanguage = new Map<string, number>();
  for (const isDefault of [true, false]) {
    for (const rendition of renditions) {
      if (rendition.isDefault !== isDefault) continue;
      if (!isDefault && rendition.language === null) continue;
      const language = rendition.language ?? "";
      if (!byLanguage.has(language)) byLanguage.set(language, rendition.index);
    }
  }
  return new Set(byLanguage.values());
}

function codecsOf(files: TrackFile[]): string | null {
  const names = files.map(({ track }) => track.codec);
  return names.includes(null) ? null : quoted([...new Set(names)].join(","));
}

/**
 * The largest bit rate of a stretch as long as half a target duration or more (RFC 8216, 4.3.4.2):
 * a last piece of a few frames says nothing about the line it needs.
 */
function peakBitRate({ segments }: TrackFile): number {
  const longest = Math.max(...segments.map(({ durationSeconds }) => durationSeconds));
  const rates = segments
    .filter(({ durationSeconds }) => durationSeconds > 0 && durationSeconds >= longest / 2)
    .map((segment) => ((endOf(segment) - segment.offset) * 8) / segment.durationSeconds);
  return Math.max(...rates);
}

function averageBitRate({ sizeBytes, endSeconds }: TrackFile): number {
  return (sizeBytes * 8) / endSeconds;
}

function attributes(tag: string, values: Record<string, string | null>): string {
  const present = Object.entries(values).filter(([, value]) => value !== null);
  return `#${tag}:${present.map(([name, value]) => `${name}=${value}`).join(",")}`;
}

/** A quoted string holds no quotes and no line ends (RFC 8216, 4.2). */
function quoted(text: string): string {
  return `"${text.replace(/["\p{Cc}]/gu, "")}"`;
}

function lines(all: string[]): string {
  return `${all.join("\n")}\n`;
}
