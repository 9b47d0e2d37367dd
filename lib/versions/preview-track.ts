/** One picture of the seek bar: from when to when, on which sheet, and where on it in pixels. */
export interface PreviewCue {
  startSeconds: number;
  endSeconds: number;
  /** File name of the sheet, or its address once the track was read. */
  sheet: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface DrawnPreviews {
  durationSeconds: number;
  intervalSeconds: number;
  pictureCount: number;
  width: number;
  height: number;
  columns: number;
  picturesPerSheet: number;
  /** File names, in order. */
  sheets: readonly string[];
}

/**
 * Which picture is shown when. Each shows the film at its own moment, so it stands for half the
 * distance before and half behind.
 */
export function previewCues(drawn: DrawnPreviews): PreviewCue[] {
  const { durationSeconds, intervalSeconds, pictureCount, width, height } = drawn;
  return Array.from({ length: pictureCount }, (_, at) => {
    const place = at % drawn.picturesPerSheet;
    const isLast = at === pictureCount - 1;
    return {
      startSeconds: at === 0 ? 0 : (at - 0.5) * intervalSeconds,
      endSeconds: isLast
        ? Math.max(durationSeconds, (at + 0.5) * intervalSeconds)
        : (at + 0.5) * intervalSeconds,
      sheet: drawn.sheets[Math.floor(at / drawn.picturesPerSheet)] ?? "",
      x: (place % drawn.columns) * width,
      y: Math.floor(place / drawn.columns) * height,
      width,
      height,
    };
  });
}

function moment(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const whole = Math.floor(ms / 1000);
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two);
  return `${clock.join(":")}.${String(ms % 1000).padStart(3, "0")}`;
}

/**
 * WebVTT whose cues name a rectangle of a picture (W3C Media Fragments, 4.2.2: `#xywh=`), as
 * players read them for their seek bars.
 *
 * @param folder what stands before each sheet's name, relative to the track: `preview/`.
 */
export function writePreviewTrack(cues: readonly PreviewCue[], folder: string): string {
  const entries = cues.map(
    ({ startSeconds, endSeconds, sheet, x, y, width, height }) =>
      `\n${moment(startSeconds)} --> ${moment(endSeconds)}\n${folder}${sheet}#xywh=${x},${y},${width},${height}\n`,
  );
  return `WEBVTT\n${entries.join("")}`;
}

/**
 * Hands a ticket on: whoever reads the track with one has nothing else to read the sheets with.
 *
 * @param track as `writePreviewTrack` gives it.
 */
export function withTicket(track: string, ticket: string): string {
  return track.replaceAll("#xywh=", `?ticket=${encodeURIComponent(ticket)}#xywh=`);
}

const cuePattern =
  /(\d+):(\d\d):(\d\d)\.(\d{3}) --> (\d+):(\d\d):(\d\d)\.(\d{3})\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;

/**
 * Reads a track of ours.
 *
 * @param address where it came from, absolute: the sheets' addresses are relative to it.
 */
export function readPreviewTrack(track: string, address: string): PreviewCue[] {
  return [...track.matchAll(cuePattern)].map((found) => {
    const number = (place: number) => Number(found[place]);
    const at = (place: number) =>
      number(place) * 3600 + number(place + 1) * 60 + number(place + 2) + number(place + 3) / 1000;
    return {
      startSeconds: at(1),
      endSeconds: at(5),
      sheet: new URL(found[9] ?? "", address).href,
      x: number(10),
      y: number(11),
      width: number(12),
      height: number(13),
    };
  });
}

/** The picture for a moment of the film; undefined when there are none. */
export function previewAt(cues: readonly PreviewCue[], seconds: number): PreviewCue | undefined {
  return cues.find(({ endSeconds }) => seconds < endSeconds) ?? cues.at(-1);
}
