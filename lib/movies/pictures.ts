import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { imageKinds } from "@/db/schema/movies";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";

// A picture is stored once in its life: threads and a cache would only hold memory.
sharp.cache({ memory: 16, files: 0, items: 16 });
sharp.concurrency(1);

type PictureKind = (typeof imageKinds)[number];

/** The widths, in pixels, that pages use. A smaller original is stored in its own width instead. */
const pictureWidths: Record<PictureKind, readonly number[]> = {
  poster: [185, 342, 500],
  backdrop: [780, 1280, 1920],
  profile: [185],
};

/** Formats that are decoded; SVG is left out, since it can refer to other files. */
const formats = ["jpeg", "png", "webp", "gif", "heif"];
const maxPixels = 60_000_000;

export interface StoredPicture {
  /** In pixels, smallest first: the files are `<imagesDir>/<id>/<width>.webp`. */
  widths: number[];
  /** Of the largest. */
  width: number;
  height: number;
  /** Dominant colour as #rrggbb. */
  color: string;
}

/**
 * Stores a picture as WebP in the widths that pages use, never enlarged. All of them appear at
 * once, by the rename of their folder; storing the same id again replaces it.
 *
 * @throws AppError `picture-unreadable` (422) for what is no picture, is damaged, or is too large
 *   to be opened safely.
 */
export async function storePicture({
  bytes,
  kind,
  imagesDir,
  id,
}: {
  bytes: Uint8Array;
  kind: PictureKind;
  imagesDir: string;
  /** 16 hexadecimal digits (lib/ids.ts). */
  id: string;
}): Promise<StoredPicture> {
  const sourceWidth = await widthOf(bytes);
  const widths = pictureWidths[kind].filter((width) => width <= sourceWidth);
  if (widths.length < pictureWidths[kind].length && !widths.includes(sourceWidth)) {
    widths.push(sourceWidth);
  }

  // Beside, under another name of ours: when this is ended in the middle, no row knows the folder,
  // and the sweep takes it away like any other stray.
  const beside = join(imagesDir, randomId());
  await mkdir(beside, { recursive: true });
  try {
    let largest = { width: 0, height: 0 };
    for (const width of widths) {
      const { data, info } = await readable(() =>
        openPicture(bytes)
          .resize({ width, withoutEnlargement: true })
          .webp({ quality: 80 })
          .toBuffer({ resolveWithObject: true }),
      );
      await writeDurably(join(beside, `${width}.webp`), data);
      largest = { width: info.width, height: info.height };
    }
    const color = await dominantColor(bytes);
    const folder = join(imagesDir, id);
    // Left over when an earlier try was ended between the rename and its row.
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
    return { widths, ...largest, color };
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
}

/**
 * A picture from anywhere in one small width, as WebP.
 *
 * @throws AppError `picture-unreadable` (422), as `storePicture`.
 */
export async function smallPicture(bytes: Uint8Array, width: number): Promise<Buffer> {
  await widthOf(bytes);
  return readable(() =>
    openPicture(bytes).resize({ width, withoutEnlargement: true }).webp({ quality: 78 }).toBuffer(),
  );
}

/** Removes what `storePicture` wrote; nothing happens when it is not there. */
export async function removePicture(imagesDir: string, id: string): Promise<void> {
  await rm(join(imagesDir, id), { recursive: true, force: true });
}

function openPicture(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: maxPixels, failOn: "error" }).autoOrient();
}

/** The width as it is shown, orientation applied. */
async function widthOf(bytes: Uint8Array): Promise<number> {
  const { format, autoOrient } = await readable(() => openPicture(bytes).metadata());
  if (!formats.includes(format)) throw unreadable();
  return autoOrient.width;
}

async function dominantColor(bytes: Uint8Array): Promise<string> {
  const small = await readable(() =>
    openPicture(bytes)
      .resize({ width: 64, withoutEnlargement: true })
      .flatten({ background: "#000" })
      .toColourspace("srgb")
      .png()
      .toBuffer(),
  );
  const { dominant } = await sharp(small).stats();
  return `#${[dominant.r, dominant.g, dominant.b]
    .map((part) => Math.round(part).toString(16).padStart(2, "0"))
    .join("")}`;
}

/** What sharp rejects with is about the picture here: nothing of the disk is touched by it. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw unreadable(cause);
  }
}

function unreadable(cause?: unknown): AppError {
  return new AppError("picture-unreadable", { status: 422, cause });
}

/** On the disk before the rename, so that a power cut leaves no name without its bytes. */
async function writeDurably(path: string, data: Buffer): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}
