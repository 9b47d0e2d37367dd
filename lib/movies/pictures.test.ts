import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { removePicture, storePicture } from "./pictures";

const root = mkdtempSync(join(tmpdir(), "vigilio-pictures-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let imagesDir = "";
beforeEach(() => {
  imagesDir = mkdtempSync(join(root, "images-"));
});
const id = "0123456789abcdef";

const plain = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } });

describe("storePicture", () => {
  it("writes every width that pages use, as WebP", async () => {
    const bytes = await plain(780, 1170, "#aa3311").jpeg().toBuffer();
    const stored = await storePicture({ bytes, kind: "poster", imagesDir, id });
    expect(stored).toMatchObject({ widths: [185, 342, 500], width: 500, height: 750 });
    for (const width of stored.widths) {
      const { format, width: actual } = await sharp(
        join(imagesDir, id, `${width}.webp`),
      ).metadata();
      expect({ format, actual }).toEqual({ format: "webp", actual: width });
    }
    expect(readdirSync(imagesDir)).toEqual([id]);
  });

  it("never enlarges: a small original is kept in its own width", async () => {
    const bytes = await plain(400, 600, "#224466").png().toBuffer();
    expect(await storePicture({ bytes, kind: "poster", imagesDir, id })).toMatchObject({
      widths: [185, 342, 400],
      width: 400,
      height: 600,
    });
    const tiny = await plain(90, 135, "#224466").png().toBuffer();
    expect(await storePicture({ bytes: tiny, kind: "profile", imagesDir, id })).toMatchObject({
      widths: [90],
      width: 90,
    });
  });

  it("finds the colour that covers most, also behind transparency and in grey", async () => {
    const dot = await plain(200, 200, "#ffffff").png().toBuffer();
    const bytes = await plain(1280, 720, "#1040a0")
      .composite([{ input: dot, top: 10, left: 10 }])
      .jpeg({ quality: 95 })
      .toBuffer();
    const { color, widths } = await storePicture({ bytes, kind: "backdrop", imagesDir, id });
    expect(widths).toEqual([780, 1280]);
    const [red = 0, green = 0, blue = 0] = (color.match(/[0-9a-f]{2}/g) ?? []).map((part) =>
      Number.parseInt(part, 16),
    );
    // sharp counts in steps of 16 and answers with the middle of one.
    expect([red - 0x10, green - 0x40, blue - 0xa0].every((by) => Math.abs(by) <= 8)).toBe(true);

    const grey = await plain(300, 450, "#777777").greyscale().jpeg().toBuffer();
    expect((await storePicture({ bytes: grey, kind: "poster", imagesDir, id })).color).toMatch(
      /^#([0-9a-f]{2})\1\1$/,
    );
  });

  it("turns a picture as its orientation says", async () => {
    const bytes = await plain(600, 400, "#aa3311")
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await storePicture({ bytes, kind: "poster", imagesDir, id })).toMatchObject({
      widths: [185, 342, 400],
      width: 400,
      height: 600,
    });
  });

  it("replaces what was stored under the id before", async () => {
    const large = await plain(780, 1170, "#aa3311").jpeg().toBuffer();
    await storePicture({ bytes: large, kind: "poster", imagesDir, id });
    const small = await plain(200, 300, "#aa3311").jpeg().toBuffer();
    await storePicture({ bytes: small, kind: "poster", imagesDir, id });
    expect(readdirSync(join(imagesDir, id)).sort()).toEqual(["185.webp", "200.webp"]);
  });

  it.each([
    ["an HTML page", async () => Buffer.from("<!DOCTYPE html><p>no</p>")],
    ["nothing", async () => Buffer.alloc(0)],
    [
      "a damaged file",
      async () => (await plain(780, 1170, "#aa3311").jpeg().toBuffer()).subarray(0, 900),
    ],
    [
      "an SVG, which could read other files",
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="500" height="750"/>'),
    ],
    ["more pixels than are safe", () => plain(16_000, 4_000, "#000").png().toBuffer()],
  ])("refuses %s and leaves nothing behind", async (_, make) => {
    const bytes = await make();
    const failure = await storePicture({ bytes, kind: "poster", imagesDir, id }).catch((e) => e);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure.reason).toEqual({ code: "picture-unreadable" });
    expect(readdirSync(imagesDir)).toEqual([]);
  });

  it("is removed again", async () => {
    const bytes = await plain(200, 300, "#aa3311").jpeg().toBuffer();
    await storePicture({ bytes, kind: "poster", imagesDir, id });
    await removePicture(imagesDir, id);
    expect(existsSync(join(imagesDir, id))).toBe(false);
    await removePicture(imagesDir, id);
  });
});
