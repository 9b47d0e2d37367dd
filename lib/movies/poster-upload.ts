import sharp from "sharp";
import { AppError } from "@/lib/errors";

/** Of the smallest width that pages use: a narrower one would be blurred everywhere. */
const leastWidth = 185;
const maxMegapixels = 40;

/** What a file says of itself in its first bytes; null for what is none of these. */
function formatOf(bytes: Uint8Array): "jpeg" | "png" | "gif" | "webp" | "avif" | "svg" | null {
  const text = Buffer.from(bytes.subarray(0, 512)).toString("latin1");
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (/^GIF8[79]a/.test(text)) return "gif";
  if (/^RIFF.{4}WEBP/s.test(text)) return "webp";
  if (/^.{4}ftypavi[fs]/s.test(text)) return "avif";
  return /^(\xef\xbb\xbf)?\s*<(\?xml|!--|!doctype svg|svg)/i.test(text) ? "svg" : null;
}

/** An animated PNG says so before its first picture; to everybody else it is a still one. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes);
  const control = buffer.indexOf("acTL");
  return control !== -1 && control < buffer.indexOf("IDAT");
}

function refused(code: string, values?: Record<string, number>): AppError {
  return new AppError(code, { status: 422, ...(values && { values }) });
}

/**
 * Refuses what is no still picture, or one that is too large to be opened or too small to be shown.
 * Only its head is read: nothing that could be hostile is decoded, and no SVG is looked at at all.
 *
 * @throws AppError 422 with words for each of these.
 */
export async function requirePosterPicture(bytes: Uint8Array): Promise<void> {
  const format = formatOf(bytes);
  if (format === "svg") throw refused("poster-svg");
  if (format === null) throw refused("poster-no-picture");
  const head = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new AppError("poster-no-picture", { status: 422, cause });
    });
  const isAnimated = (head.pages ?? 1) > 1 || (format === "png" && isAnimatedPng(bytes));
  if (isAnimated) throw refused("poster-animated");
  if (head.width * head.height > maxMegapixels * 1e6) {
    throw refused("poster-too-many-pixels", { megapixels: maxMegapixels });
  }
  if (head.autoOrient.width < leastWidth) throw refused("poster-too-small", { pixels: leastWidth });
}
