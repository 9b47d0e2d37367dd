import { describe, expect, it } from "vitest";
import { box, fullBox, uint32 } from "./boxes";
import { codecString } from "./codec-string";

const stsd = (entry: string, headBytes: number, ...inner: Buffer[]) =>
  fullBox("stsd", 0, 0, uint32(1), box(entry, Buffer.alloc(headBytes), ...inner));
const picture = (entry: string, config: string, ...bytes: number[]) =>
  codecString(stsd(entry, 78, box(config, Buffer.from(bytes))));

/** An esds with lengths in the given number of bytes, as writers differ in it. */
function esds(objectType: number, specific: number[], lengthBytes = 1): Buffer {
  const descriptor = (tag: number, content: number[]) => [
    tag,
    ...Array.from({ length: lengthBytes - 1 }, () => 0x80),
    content.length,
    ...content,
  ];
  const decoder = [objectType, 0x15, ...Array.from({ length: 11 }, () => 0)];
  const inner = descriptor(4, [
    ...decoder,
    ...(specific.length > 0 ? descriptor(5, specific) : []),
  ]);
  return fullBox("esds", 0, 0, Buffer.from(descriptor(3, [0, 1, 0, ...inner])));
}
const sound = (inner: Buffer, headBytes = 28) => codecString(stsd("mp4a", headBytes, inner));

describe("codecString", () => {
  it("names pictures with profile and level", () => {
    expect(picture("avc1", "avcC", 1, 0x64, 0x00, 0x28, 0xff)).toBe("avc1.640028");
    const main = [1, 0x01, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93];
    expect(picture("hvc1", "hvcC", ...main)).toBe("hvc1.1.6.L93.90");
    const high = [1, 0x22, 0x20, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 153];
    expect(picture("hev1", "hvcC", ...high)).toBe("hev1.2.4.H153.B0");
    expect(picture("vp09", "vpcC", 1, 0, 0, 0, 2, 51, 0xa2, 9, 16, 9)).toBe("vp09.02.51.10");
    expect(picture("av01", "av1C", 0x81, 0x08, 0x0c, 0)).toBe("av01.0.08M.08");
    expect(picture("av01", "av1C", 0x81, 0x0d, 0xc0, 0)).toBe("av01.0.13H.10");
  });

  it("names sound by its object types", () => {
    expect(sound(esds(0x40, [0x11, 0x90]))).toBe("mp4a.40.2");
    expect(sound(esds(0x40, [0x2b, 0x11], 4))).toBe("mp4a.40.5");
    expect(sound(esds(0x40, [0xf9, 0x40]))).toBe("mp4a.40.42");
    expect(sound(esds(0x40, []))).toBe("mp4a.40.2");
    expect(sound(esds(0x6b, []))).toBe("mp4a.6b");
    // QuickTime keeps it deeper, behind a longer head.
    expect(sound(box("wave", box("frma", Buffer.from("mp4a")), esds(0x40, [0x11])), 44)).toBe(
      "mp4a.40.2",
    );
    expect(codecString(stsd("Opus", 28))).toBe("opus");
    expect(codecString(stsd("fLaC", 28))).toBe("fLaC");
    expect(codecString(stsd("ec-3", 28))).toBe("ec-3");
  });

  it("says nothing of what it doesn't know", () => {
    expect(codecString(stsd("mp4v", 78))).toBeNull();
    expect(codecString(stsd("avc1", 78))).toBeNull();
    expect(picture("avc1", "avcC", 1)).toBeNull();
    expect(sound(Buffer.alloc(0))).toBeNull();
    expect(codecString(fullBox("stsd", 0, 0, uint32(0)))).toBeNull();
  });
});
