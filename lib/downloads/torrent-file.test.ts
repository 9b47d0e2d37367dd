import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { bencode, type Writable } from "@/tests/support/bencode";
import { makeTorrent } from "@/tests/support/torrent";
import { parseTorrentFile } from "./torrent-file";

const content = (length: number, seed = 7) =>
  Uint8Array.from({ length }, (_, at) => (at * seed + (at >> 8)) % 256);

const files = [
  { path: "movie.mkv", content: content(200_000) },
  { path: "Subs/en.srt", content: content(1000) },
  { path: "Subs/tr.srt", content: content(2000) },
];

function refusalOf(bytes: Uint8Array): string | undefined {
  try {
    parseTorrentFile(bytes, "source");
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.fields?.source?.code : String(error);
  }
}

const pieces = new Uint8Array(20);
const single = (info: { [key: string]: Writable }) =>
  bencode({ info: { name: "m.mkv", length: 10, "piece length": 16_384, pieces, ...info } });
const multi = (list: Writable[], more: { [key: string]: Writable } = {}) =>
  bencode({ info: { name: "M", files: list, "piece length": 16_384, pieces, ...more } });

describe("parseTorrentFile", () => {
  it("reads version 1, hashing the raw bytes of the info dictionary", async () => {
    const bytes = await makeTorrent({ name: "Movie.2020", files });
    const start = bytes.indexOf("4:info") + 6;
    const raw = bytes.subarray(start, bytes.length - 1);
    expect(parseTorrentFile(bytes)).toEqual({
      name: "Movie.2020",
      infoHashV1: createHash("sha1").update(raw).digest("hex"),
      infoHashV2: null,
      files: [
        { index: 0, path: "Movie.2020/movie.mkv", sizeBytes: 200_000 },
        { index: 1, path: "Movie.2020/Subs/en.srt", sizeBytes: 1000 },
        { index: 2, path: "Movie.2020/Subs/tr.srt", sizeBytes: 2000 },
      ],
      totalSizeBytes: 203_000,
      isPrivate: false,
    });
  });

  it("hashes what stands there, even when the keys are out of order", () => {
    const info = `d6:lengthi10e6:pieces20:${"a".repeat(20)}4:name1:m12:piece lengthi16384e7:privatei1ee`;
    expect(parseTorrentFile(Buffer.from(`d4:info${info}e`))).toMatchObject({
      infoHashV1: createHash("sha1").update(info).digest("hex"),
      isPrivate: true,
      files: [{ index: 0, path: "m", sizeBytes: 10 }],
    });
  });

  it("reads version 2 and hybrids; padding is neither listed nor counted", async () => {
    const ordered = ["Subs/en.srt", "Subs/tr.srt", "movie.mkv"].map((path) => `M/${path}`);
    const v2 = parseTorrentFile(await makeTorrent({ name: "M", files, version: "2" }));
    expect(v2).toMatchObject({ infoHashV1: null, totalSizeBytes: 203_000 });
    expect(v2.infoHashV2).toMatch(/^[0-9a-f]{64}$/);
    expect(v2.files.map((file) => file.path)).toEqual(ordered);

    const hybrid = parseTorrentFile(await makeTorrent({ name: "M", files, version: "hybrid" }));
    expect(hybrid.infoHashV1).toMatch(/^[0-9a-f]{40}$/);
    expect(hybrid.infoHashV2).toMatch(/^[0-9a-f]{64}$/);
    expect(hybrid.files.map((file) => file.path)).toEqual(ordered);
    expect(hybrid.files.map((file) => file.index)).toEqual([0, 1, 2]);
  });

  it("reads a single file of version 2", async () => {
    const one = { name: "film.mkv", files: files.slice(0, 1), isSingleFile: true } as const;
    for (const version of ["1", "2", "hybrid"] as const) {
      expect(parseTorrentFile(await makeTorrent({ ...one, version })).files).toEqual([
        { index: 0, path: "film.mkv", sizeBytes: 200_000 },
      ]);
    }
  });

  it("leaves padding of version 1 out of the numbering", () => {
    const bytes = multi([
      { length: 10, path: ["a.mkv"] },
      { length: 5, path: [".pad", "5"], attr: "p" },
      { length: 20, path: ["b.srt"] },
    ]);
    expect(parseTorrentFile(bytes).files).toEqual([
      { index: 0, path: "M/a.mkv", sizeBytes: 10 },
      { index: 1, path: "M/b.srt", sizeBytes: 20 },
    ]);
  });

  it("prefers the names in UTF-8 that some makers add, and keeps every script", () => {
    const bytes = multi([{ length: 10, path: [Buffer.from([0xe7])], "path.utf-8": ["電影.mkv"] }], {
      "name.utf-8": "فيلم",
    });
    expect(parseTorrentFile(bytes)).toMatchObject({
      name: "فيلم",
      files: [{ path: "فيلم/電影.mkv" }],
    });
  });

  it("ignores what follows the torrent", () => {
    expect(refusalOf(Buffer.concat([single({}), Buffer.from("\n\n")]))).toBeUndefined();
  });

  const file = (...path: string[]) => multi([{ length: 10, path }]);
  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(), "torrent-malformed"],
    ["a web page", Buffer.from("\n<!doctype html><html>sign in</html>"), "torrent-is-a-page"],
    ["text", Buffer.from("not found"), "torrent-malformed"],
    ["a video", content(1000), "torrent-malformed"],
    ["no info", bencode({ announce: "http://x" }), "torrent-no-info"],
    ["info that is no dictionary", bencode({ info: "x" }), "torrent-no-info"],
    ["a list", bencode(["info"]), "torrent-no-info"],
    ["no pieces", bencode({ info: { name: "m", length: 1 } }), "torrent-malformed"],
    ["pieces that do not fit the size", single({ length: 99_999 }), "torrent-malformed"],
    ["a negative size", single({ length: -1 }), "torrent-malformed"],
    [
      "a size beyond all numbers",
      Buffer.from("d4:infod6:lengthi99999999999999999999eee"),
      "torrent-malformed",
    ],
    ["no size", single({ length: 0, pieces: new Uint8Array() }), "torrent-empty"],
    ["no files", multi([], { pieces: new Uint8Array() }), "torrent-empty"],
    ["a file without a name", file(), "torrent-malformed"],
    ["a way up", file("..", "x.mkv"), "torrent-unsafe-path"],
    ["a way up inside a name", file("a/../../x.mkv"), "torrent-unsafe-path"],
    ["a way up with the other slash", file("..\\x.mkv"), "torrent-unsafe-path"],
    ["an absolute path", file("/etc/passwd"), "torrent-unsafe-path"],
    ["a drive", file("C:\\x.mkv"), "torrent-unsafe-path"],
    ["NUL", file("x\0.mkv"), "torrent-unsafe-path"],
    ["a name that leads up", single({ name: "../x" }), "torrent-unsafe-path"],
    ["a key twice", Buffer.from("d4:infod4:name1:a4:name1:bee"), "torrent-malformed"],
    ["lists in lists", Buffer.from("l".repeat(5000)), "torrent-malformed"],
    ["a number in two spellings", Buffer.from("d4:infod6:lengthi010eee"), "torrent-malformed"],
  ])("refuses %s", (_, bytes, code) => {
    expect(refusalOf(bytes)).toBe(code);
  });

  it("refuses more than 10,000 files, and takes 10,000", () => {
    const list = Array.from({ length: 10_001 }, (_, n) => ({ length: 0, path: [`${n}`] }));
    expect(refusalOf(multi(list))).toBe("torrent-too-many-files");
    list.pop();
    expect(refusalOf(multi([...list.slice(1), { length: 10, path: ["m.mkv"] }]))).toBeUndefined();
  });

  it("refuses a torrent cut off anywhere", async () => {
    const bytes = await makeTorrent({ name: "M", files, version: "hybrid" });
    for (let length = 1; length < bytes.length; length += 1) {
      expect(refusalOf(bytes.subarray(0, length))).toBe("torrent-truncated");
    }
  });

  it("answers any bytes with a description or a refusal", async () => {
    const good = await makeTorrent({ name: "M", files, version: "hybrid" });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(refusalOf(bytes)).toMatch(/^torrent-/);
      }),
    );
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const broken = Buffer.from(good);
        broken[at] = byte;
        expect(refusalOf(broken) ?? "torrent-").toMatch(/^torrent-/);
      }),
      { numRuns: 500 },
    );
  });
});
