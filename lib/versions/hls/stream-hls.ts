import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import { entityTag, type StreamOutcome, sendRepresentation, withFile } from "../stream";
import { Mp4Fault } from "./boxes";
import { type MoviePackage, packageOf } from "./packages";
import { masterPlaylist, mediaPlaylist, type Rendition } from "./playlists";
import { piecesOf, type TrackFile } from "./track-file";

/** Changes whenever the same MP4 is cut or written differently, so that no old range is joined on. */
const layoutRevision = 1;

const playlistType = "application/vnd.apple.mpegurl";

export interface HlsTarget {
  versionId: string;
  /** Absolute path of the published MP4, from the database. */
  path: string;
  /** What is asked for below /media/{name}/, as `audio-1.m3u8`. */
  part: string;
  /** Picture as displayed, in pixels, where it is known. */
  size: { width: number; height: number } | null;
  /** Sound tracks by their place among the file's; those without an entry are named by it. */
  renditions: readonly Rendition[];
  /** Handed on to every address in a playlist, as `?ticket=…`, or empty. */
  query: string;
}

/**
 * Answers GET or HEAD for the playlists and tracks of a published MP4 with several sound tracks
 * (RFC 8216, CMAF). Tracks are put together out of the MP4 while they are sent.
 *
 * @returns "missing" when the file is not there, "unknown" when there is no such playlist or track,
 *   or only one sound track; nothing was sent then.
 * @throws Mp4Fault when the file can't be cut into pieces: it plays by itself.
 */
export async function streamHls(
  request: IncomingMessage,
  response: ServerResponse,
  target: HlsTarget,
): Promise<StreamOutcome | "unknown"> {
  const part = partOf(target.part);
  if (!part) return "unknown";
  const outcome = await withFile(target.path, async (file, opened) => {
    const { sizeBytes, mtimeNs, modifiedAt } = opened;
    const key = `${target.versionId} ${sizeBytes} ${mtimeNs}`;
    const movie = await packageOf(key, file, sizeBytes);
    if (movie.soundCount < 2) return "unknown";
    if (part.track === null) {
      const text = masterPlaylist({
        picture: movie.picture(),
        sounds: await soundsOf(movie, target.renditions),
        size: target.size,
        query: target.query,
      });
      return sendText(text);
    }
    const track = part.track === "video" ? movie.picture() : movie.sound(part.track);
    if (!track) return "unknown";
    if (part.form === "m3u8") {
      const uri = `${target.part.replace(/m3u8$/, "mp4")}${target.query}`;
      return sendText(mediaPlaylist({ file: track, uri }));
    }
    return sendRepresentation(request, response, file, {
      sizeBytes: track.sizeBytes,
      etag: entityTag(`${key} ${target.part} ${layoutRevision}`),
      modifiedAt,
      contentType: part.track === "video" ? "video/mp4" : "audio/mp4",
      pieces: (range) => piecesOf(track, range),
    });

    function sendText(text: string): Promise<StreamOutcome> {
      const bytes = Buffer.from(text);
      return sendRepresentation(request, response, file, {
        sizeBytes: bytes.length,
        etag: entityTag(text),
        modifiedAt,
        contentType: playlistType,
        pieces: ({ first, last }) => [bytes.subarray(first, last + 1)],
      });
    }
  });
  return outcome ?? "missing";
}

type Part = { track: null; form: "m3u8" } | { track: "video" | number; form: "m3u8" | "mp4" };

function partOf(name: string): Part | null {
  if (name === "master.m3u8") return { track: null, form: "m3u8" };
  const [, track, index, form] = /^(video|audio-(\d{1,3}))\.(m3u8|mp4)$/.exec(name) ?? [];
  if (!track || (form !== "m3u8" && form !== "mp4")) return null;
  return { track: index === undefined ? "video" : Number(index), form };
}

/**
 * The sound tracks that can be chosen. One that can't be cut into pieces is left out, unless it is
 * the default, without which the film would not sound as it does by itself.
 */
async function soundsOf(
  movie: MoviePackage,
  renditions: readonly Rendition[],
): Promise<{ file: TrackFile; rendition: Rendition }[]> {
  const all = Array.from({ length: movie.soundCount }, (_, index) =>
    renditionOf(renditions, index),
  );
  const standard = all.find(({ isDefault }) => isDefault) ?? all[0];
  const fitting: { file: TrackFile; rendition: Rendition }[] = [];
  for (const rendition of all) {
    // A film's tracks take some hundredths of a second each: others have their turn in between.
    await setImmediate();
    try {
      const file = movie.sound(rendition.index);
      if (file)
        fitting.push({ file, rendition: { ...rendition, isDefault: rendition === standard } });
    } catch (error) {
      if (!(error instanceof Mp4Fault) || rendition === standard) throw error;
    }
  }
  if (fitting.length < 2) throw new Mp4Fault("only one sound track can be cut into pieces");
  return fitting;
}

function renditionOf(renditions: readonly Rendition[], index: number): Rendition {
  const known = renditions.find((rendition) => rendition.index === index);
  const name = String(index + 1);
  return known ?? { index, name, language: null, channels: null, isDefault: false };
}
