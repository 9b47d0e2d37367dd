import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from "node:zlib";

/** What Vigilio can read, as it says in `Accept-Encoding`. */
export const acceptedEncodings = "gzip, deflate, br";

/** More layers than these are nobody's honest answer. */
const mostLayers = 2;

/** Unpacked it would be larger than allowed. */
export class TooLargeError extends Error {}

/** It is not packed as it says. */
export class GarbledError extends Error {}

type Unpack = (body: Buffer, options: ZlibOptions) => Promise<Buffer>;

const unpackGzip: Unpack = promisify(gunzip);
const unpackZlib: Unpack = promisify(inflate);
const unpackRaw: Unpack = promisify(inflateRaw);
const unpackBrotli: Unpack = promisify(brotliDecompress);

/** `deflate` is zlib by the standard, and without its header by some servers. */
const unpackDeflate: Unpack = (body, options) =>
  ((body[0] ?? 0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0
    ? unpackZlib(body, options)
    : unpackRaw(body, options);

const unpackers: Record<string, Unpack> = {
  gzip: unpackGzip,
  "x-gzip": unpackGzip,
  deflate: unpackDeflate,
  br: unpackBrotli,
};

/**
 * A body without the packing that its `Content-Encoding` names. The limit holds for every layer, so
 * that a small body can't become a large one.
 *
 * @throws TooLargeError, GarbledError
 */
export async function decodeBody(
  body: Buffer,
  contentEncoding: string,
  maxBytes: number,
): Promise<Buffer> {
  const layers = contentEncoding
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (layers.length > mostLayers) throw new GarbledError("packed too often");
  let plain = body;
  for (const name of layers.reverse()) {
    const unpack = Object.hasOwn(unpackers, name) ? unpackers[name] : undefined;
    if (!unpack) throw new GarbledError("packed in an unknown way");
    // An answer without a body is not packed, whatever its headers say.
    if (plain.length < 2) return plain;
    try {
      plain = await unpack(plain, { maxOutputLength: maxBytes });
    } catch (error) {
      const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
      throw isTooLarge ? new TooLargeError("too large") : new GarbledError("not what it says");
    }
  }
  return plain;
}
