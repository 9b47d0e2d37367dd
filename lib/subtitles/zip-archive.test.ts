import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxSubtitleBytes, openSubtitleBytes } from "./not-subtitle";
import { readZipDirectory, readZipEntry, ZipFault } from "./zip-archive";

interface Packed {
  name: string;
  content: Uint8Array | string;
  method?: number;
  flags?: number;
  checksum?: number;
  /** What the headers say, where it is a lie. */
  saidBytes?: number;
}

/** An archive as PKWARE's APPNOTE describes it. */
function zipOf(files: Packed[], comment = ""): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, method = 8, flags = 0, checksum, saidBytes } of files) {
    const bytes = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const facts = Buffer.alloc(22);
    facts.writeUInt16LE(flags, 0);
    facts.writeUInt16LE(method, 2);
    facts.writeUInt32LE(checksum ?? crc32(bytes), 8);
    facts.writeUInt32LE(packed.length, 12);
    facts.writeUInt32LE(saidBytes ?? bytes.length, 16);
    facts.writeUInt16LE(Buffer.byteLength(name), 20);
    // Local headers often have an extra field that the directory lacks.
    const extra = Buffer.from([0x55, 0x54, 1, 0, 9]);
    const local = Buffer.concat([
      Buffer.from([0x50, 0x4b, 3, 4, 20, 0]),
      ...[facts, Buffer.from([extra.length, 0]), Buffer.from(name), extra, packed],
    ]);
    const entry = Buffer.alloc(46);
    entry.set([0x50, 0x4b, 1, 2, 20, 0, 20, 0]);
    entry.set(facts, 8);
    entry.writeUInt32LE(at, 42);
    directory.push(Buffer.concat([entry, Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, list, end, Buffer.from(comment)]);
}

const srt = "1\n00:00:01,000 --> 00:00:02,000\nOne\n";
const opened = (bytes: Uint8Array) => {
  const found = openSubtitleBytes(bytes);
  return "reason" in found ? found.reason.code : Buffer.from(found.bytes).toString();
};

describe("a zip archive in a subtitle's place", () => {
  it.each([
    ["deflated", zipOf([{ name: "a.srt", content: srt }])],
    ["stored", zipOf([{ name: "a.srt", content: srt, method: 0 }])],
    ["with a comment", zipOf([{ name: "a.srt", content: srt }], "made by somebody")],
    [
      "beside notes, folders and what macOS adds",
      zipOf([
        { name: "film/", content: "", method: 0 },
        { name: "film/read me.txt", content: "x" },
        { name: "film/site.nfo", content: "x" },
        { name: "film/A.SRT", content: srt },
        { name: "__MACOSX/film/._A.SRT", content: "x" },
      ]),
    ],
    ["with a name that tells less", zipOf([{ name: "film.txt", content: srt }])],
  ])("is unpacked when it holds one: %s", (_, bytes) => {
    expect(opened(bytes)).toBe(srt);
  });

  it.each([
    [
      "two to choose from",
      zipOf([
        { name: "a.srt", content: srt },
        { name: "b.srt", content: srt },
      ]),
      "subtitle-is-zip",
    ],
    ["none", zipOf([{ name: "a.jpg", content: "x" }]), "subtitle-is-zip"],
    ["nothing", zipOf([]), "subtitle-is-zip"],
    ["a password", zipOf([{ name: "a.srt", content: srt, flags: 1 }]), "subtitle-is-locked"],
    ["another method", zipOf([{ name: "a.srt", content: srt, method: 14 }]), "subtitle-is-damaged"],
    [
      "a wrong checksum",
      zipOf([{ name: "a.srt", content: srt, checksum: 1 }]),
      "subtitle-is-damaged",
    ],
    [
      "pictures",
      zipOf([{ name: "a.sub", content: Buffer.from([0, 0, 1, 0xba, 0x44]) }]),
      "subtitle-bitmap",
    ],
    [
      "another archive",
      zipOf([{ name: "a.srt", content: zipOf([{ name: "b.srt", content: srt }]) }]),
      "subtitle-is-zip",
    ],
    ["gzip", zipOf([{ name: "a.srt", content: gzipSync(srt) }]), "subtitle-is-binary"],
    ["blanks", zipOf([{ name: "a.srt", content: "  \n" }]), "subtitle-empty"],
  ])("is refused with the reason: %s", (_, bytes, code) => {
    expect(opened(bytes)).toBe(code);
  });

  it("is no bomb", () => {
    const large = Buffer.alloc(maxSubtitleBytes * 2, 65);
    expect(opened(zipOf([{ name: "a.srt", content: large }]))).toBe("subtitle-too-large");
    // One that lies about its size is stopped while it is unpacked.
    expect(opened(zipOf([{ name: "a.srt", content: large, saidBytes: 10 }]))).toBe(
      "subtitle-is-damaged",
    );
    const many = zipOf(
      Array.from({ length: 2001 }, (_, at) => ({ name: `${at}.nfo`, content: "" })),
    );
    expect(() => readZipDirectory(many)).toThrow(ZipFault);
  });

  it("is damaged wherever it is cut, and any byte may be wrong", () => {
    const whole = zipOf([{ name: "a.srt", content: srt }]);
    for (let length = 4; length < whole.length; length += 1) {
      expect(opened(whole.subarray(0, length))).toBe("subtitle-is-damaged");
    }
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const broken = Buffer.from(whole);
        broken[at] = (broken[at] ?? 0) ^ change;
        try {
          for (const entry of readZipDirectory(broken)) {
            const content = readZipEntry(broken, entry, maxSubtitleBytes);
            // Names may have changed, and unread fields; the content may not.
            expect(Buffer.from(content).toString()).toBe(srt);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(ZipFault);
        }
      }),
      { numRuns: 400 },
    );
  });
});
