import { availableParallelism } from "node:os";
import sharp from "sharp";
import type { Db } from "@/lib/db";
import { randomId } from "@/lib/ids";
import { saveImage } from "@/lib/movies/metadata";
import { storePicture } from "@/lib/movies/pictures";
import {
  castOf,
  drawPicture,
  type Film,
  type PictureKind,
  picturePathOf,
} from "../upstreams/films";
import { dressedFully } from "./roles";

interface Wanted {
  kind: PictureKind;
  path: string;
  /** Drawn smaller than TMDB has it: the largest width is the costliest by far. */
  isSmall: boolean;
}

function wantedFor(films: readonly Film[]): Wanted[] {
  const faces = new Map<number, Wanted>();
  const ofFilms = films.flatMap((film) => {
    const { number, hasPoster, hasBackdrop } = film;
    const isFull = dressedFully(number);
    for (const { id, hasPicture } of isFull ? castOf(film) : []) {
      const path = picturePathOf("profile", id);
      if (hasPicture) faces.set(id, { kind: "profile", path, isSmall: false });
    }
    const poster = {
      kind: "poster" as const,
      path: picturePathOf("poster", number),
      isSmall: false,
    };
    const backdrop = {
      kind: "backdrop" as const,
      path: picturePathOf("backdrop", number),
      isSmall: !isFull,
    };
    return [...(hasPoster ? [poster] : []), ...(hasBackdrop ? [backdrop] : [])];
  });
  return [...ofFilms, ...faces.values()];
}

/** Of a backdrop that is drawn smaller. */
const smallWidth = 1280;

async function storeOne(db: Db, imagesDir: string, wanted: Wanted, now: Date): Promise<void> {
  const { kind, path } = wanted;
  const drawn = await drawPicture(path);
  if (!drawn) throw new Error(`no film has the picture ${path}`);
  const bytes = wanted.isSmall
    ? await sharp(drawn).resize({ width: smallWidth }).jpeg({ quality: 90 }).toBuffer()
    : drawn;
  const id = randomId();
  const stored = await storePicture({ bytes, kind, imagesDir, id });
  saveImage(db, { id, kind, sourcePath: path, ...stored, createdAt: now });
}

/**
 * Draws and stores the pictures of these films under the paths that the stand-in for TMDB gives
 * them, so that fetching a film's description finds them there.
 *
 * @returns the paths.
 */
export async function storePictures(
  db: Db,
  { films, imagesDir, now }: { films: readonly Film[]; imagesDir: string; now: Date },
): Promise<Set<string>> {
  const wanted = wantedFor(films);
  const left = wanted.values();
  const work = async () => {
    for (const one of left) await storeOne(db, imagesDir, one, now);
  };
  // One more than there are cores: each waits for the disk now and then.
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, work));
  return new Set(wanted.map(({ path }) => path));
}
