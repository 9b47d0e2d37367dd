import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Piece, PieceReader } from "./pieces";

const folder = mkdtempSync(join(tmpdir(), "vigilio-pieces-"));
const content = Buffer.alloc(600_000);
for (let at = 0; at + 4 <= content.length; at += 4) content.writeUInt32BE(at, at);
let file: FileHandle;

beforeAll(async () => {
  writeFileSync(join(folder, "file"), content);
  file = await open(join(folder, "file"));
});
afterAll(async () => {
  await file.close();
  rmSync(folder, { recursive: true });
});

async function readAll(pieces: Piece[], bufferBytes: number): Promise<Buffer | "truncated"> {
  const reader = new PieceReader(file, pieces);
  const chunks: Buffer[] = [];
  for (;;) {
    const buffer = Buffer.alloc(bufferBytes);
    const filled = await reader.fill(buffer);
    if (filled === "truncated") return filled;
    if (filled === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, filled));
  }
}

const bytesOf = (pieces: Piece[]) =>
  Buffer.concat(
    pieces.map((piece) =>
      Buffer.isBuffer(piece) ? piece : content.subarray(piece.first, piece.last + 1),
    ),
  );

describe("PieceReader", () => {
  it("reads any pieces in their order, into buffers of any length", async () => {
    const range = fc
      .tuple(fc.nat(content.length - 1), fc.nat(9000))
      .map(([first, more]) => ({ first, last: Math.min(first + more, content.length - 1) }));
    const text = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(range, text), { maxLength: 20 }),
        fc.integer({ min: 1000, max: 100_000 }),
        async (pieces, bufferBytes) => {
          const read = await readAll(pieces, bufferBytes);
          expect(read !== "truncated" && read.equals(bytesOf(pieces))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("reads thousands of neighbours with holes between them", async () => {
    const pieces = Array.from({ length: 5000 }, (_, at) => ({
      first: at * 100,
      last: at * 100 + 9,
    }));
    const read = await readAll(pieces, 20_000);
    expect(read !== "truncated" && read.equals(bytesOf(pieces))).toBe(true);
  });

  it("says so when the file ends before a piece does", async () => {
    const end = content.length;
    expect(await readAll([{ first: end - 10, last: end }], 1000)).toBe("truncated");
    const holes = [
      { first: end - 100, last: end - 90 },
      { first: end - 10, last: end + 10 },
    ];
    expect(await readAll(holes, 1000)).toBe("truncated");
  });
});
