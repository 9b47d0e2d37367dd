import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { requirePosterPicture } from "./poster-upload";

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#224466" } });

async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await requirePosterPicture(bytes);
    return "taken";
  } catch (error) {
    if (error instanceof AppError) return `${error.status} ${error.reason.code}`;
    throw error;
  }
}

/** A GIF or WebP of several pictures. */
const moving = (format: "gif" | "webp") =>
  sharp(
    [0, 1, 2].map((shade) => ({
      create: { width: 200, height: 300, channels: 3, background: { r: shade * 90, g: 0, b: 0 } },
    })) as never,
    { join: { animated: true } },
  )
    .toFormat(format)
    .toBuffer();

/** The head of a PNG that says it is this large; nothing of it has to be there. */
async function pngOf(width: number, height: number): Promise<Buffer> {
  const bytes = await plain(200, 300).png().toBuffer();
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  const { crc32 } = await import("node:zlib");
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

describe("a poster that a person gives", () => {
  it.each(["jpeg", "png", "webp", "avif", "gif"] as const)("may be a still %s", async (format) => {
    const bytes = await plain(300, 450).toFormat(format).toBuffer();
    expect(await codeOf(bytes)).toBe("taken");
  });

  it.each([
    ["<svg xmlns='http://www.w3.org/2000/svg' width='300' height='450'/>", "svg"],
    ["\n  <?xml version='1.0'?><svg/>", "svg"],
    ["<!DOCTYPE html><title>x</title>", "no-picture"],
    ["%PDF-1.7", "no-picture"],
    ["", "no-picture"],
    ["\xff\xd8\xff and then nothing", "no-picture"],
  ])("is not %j", async (text, why) => {
    expect(await codeOf(Buffer.from(text, "latin1"))).toBe(`422 poster-${why}`);
  });

  it.each(["gif", "webp"] as const)("does not move: %s", async (format) => {
    expect(await codeOf(await moving(format))).toBe("422 poster-animated");
  });

  it("does not move: PNG", async () => {
    const still = await plain(200, 300).png().toBuffer();
    const at = still.indexOf("IDAT") - 4;
    const control = Buffer.from("\0\0\0\bacTL\0\0\0\x02\0\0\0\0\0\0\0\0", "latin1");
    const bytes = Buffer.concat([still.subarray(0, at), control, still.subarray(at)]);
    expect(await codeOf(bytes)).toMatch(/poster-(animated|no-picture)/);
  });

  it("is large enough to be seen, and small enough to be opened", async () => {
    expect(await codeOf(await plain(184, 300).png().toBuffer())).toBe("422 poster-too-small");
    expect(await codeOf(await pngOf(40_000, 60_000))).toBe("422 poster-too-many-pixels");
  });
});
