import type { FileHandle } from "node:fs/promises";
import { Mp4Fault } from "./boxes";
import { readMovieIndex, type SourceMovie } from "./movie-index";
import { pictureFile, soundFile, type TrackFile } from "./track-file";

/** All indexes that are kept together: some films at once, on a machine with one GB of memory. */
const mostKeptBytes = 48 * 1024 * 1024;
/** What a segment costs beside the index, roughly. */
const segmentMemoryBytes = 300;

/** The tracks of one published MP4, each worked out when it is first asked for. */
export interface MoviePackage {
  soundCount: number;
  /** @throws Mp4Fault when it can't be cut into pieces. */
  picture(): TrackFile;
  /** @throws Mp4Fault when it can't be cut into pieces. @returns null when there is none. */
  sound(index: number): TrackFile | null;
  /** Memory that it holds on to, in bytes. */
  memoryBytes(): number;
}

/** In the order of their last use. Only a cache: what falls out is read from the file again. */
const kept = new Map<string, Promise<MoviePackage>>();

/**
 * The package of an opened file. The index of a film takes some MB, so it is read once and kept
 * for the hundreds of requests that follow.
 *
 * @param key names exactly this file: a changed one must have another.
 * @throws Mp4Fault when it is no MP4 that can be cut into pieces.
 */
export async function packageOf(
  key: string,
  file: FileHandle,
  fileBytes: number,
): Promise<MoviePackage> {
  const known = kept.get(key);
  const wanted =
    known ?? readMovieIndex(file, fileBytes).then((movie) => packaged(movie, fileBytes));
  kept.delete(key);
  kept.set(key, wanted);
  try {
    const found = await wanted.catch(asFault);
    if (!known) await forgetOldest(key);
    return found;
  } catch (error) {
    // A fault is told to everybody who waits for it, and looked for again by the next.
    if (kept.get(key) === wanted) kept.delete(key);
    throw error;
  }
}

async function forgetOldest(newest: string): Promise<void> {
  const sizes = await Promise.all(
    [...kept].map(async ([key, one]) => ({
      key,
      bytes: await one.then(
        (found) => found.memoryBytes(),
        () => 0,
      ),
    })),
  );
  let sum = sizes.reduce((total, { bytes }) => total + bytes, 0);
  for (const { key, bytes } of sizes) {
    if (sum <= mostKeptBytes) return;
    if (key === newest) continue;
    kept.delete(key);
    sum -= bytes;
  }
}

/** A number that lies outside of its box is a fault of the file, not of ours. */
function asFault(error: unknown): never {
  if (error instanceof RangeError) throw new Mp4Fault(error.message);
  throw error;
}

function packaged(movie: SourceMovie, fileBytes: number): MoviePackage {
  let picture: TrackFile | undefined;
  const sounds = new Map<number, TrackFile>();
  const pictureOnce = () => {
    picture ??= checked(() => pictureFile(movie.picture, fileBytes));
    return picture;
  };
  return {
    soundCount: movie.sounds.length,
    picture: pictureOnce,
    sound(index) {
      const track = movie.sounds[index];
      if (!track) return null;
      const found = sounds.get(index) ?? checked(() => soundFile(track, pictureOnce(), fileBytes));
      sounds.set(index, found);
      return found;
    },
    memoryBytes() {
      const count = [picture, ...sounds.values()].reduce(
        (sum, file) => sum + (file?.segments.length ?? 0),
        0,
      );
      return movie.sizeBytes + count * segmentMemoryBytes;
    },
  };
}

function checked(make: () => TrackFile): TrackFile {
  try {
    return make();
  } catch (error) {
    return asFault(error);
  }
}
