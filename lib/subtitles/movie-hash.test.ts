import { mkdtempSync, rmSync } from "node:fs";
import { open, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { movieHash } from "./movie-hash";

const dir = mkdtempSync(join(tmpdir(), "vigilio-hash-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const bytes = (length: number, at: (index: number) => number) => {
  const buffer = Buffer.alloc(length);
  for (let index = 0; index < length; index++) buffer[index] = at(index);
  return buffer;
};

/** A file of `sizeBytes` that takes no room on the disk where nothing was written. */
async function sparse(name: string, sizeBytes: number, head?: Buffer): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, head ?? "");
  await truncate(path, sizeBytes);
  return path;
}

describe("movieHash", () => {
  it.each([
    ["zeros", 131_072, () => 0, "0000000000020000"],
    ["ones, which wrap around and need leading zeros", 131_072, () => 0xff, "000000000001c000"],
    ["a ramp", 131_072, (i: number) => i % 256, "a0601fdf9f610000"],
    ["a ramp, with a middle", 200_000, (i: number) => i % 256, "a0601fdf9f620d40"],
    ["an odd size", 1_000_003, (i: number) => (7 * i + 3) % 251, "677a8e9bb3d5fbd6"],
  ])("hashes %s", async (name, length, at, hash) => {
    const path = join(dir, `${name}.bin`);
    await writeFile(path, bytes(length, at));
    expect(await movieHash(path)).toBe(hash);
  });

  it("hashes files above 4 GiB", async () => {
    expect(await movieHash(await sparse("5gib", 5_368_709_120))).toBe("0000000140000000");
    const head = bytes(65_536, (index) => index % 256);
    expect(await movieHash(await sparse("5gib-head", 5_368_709_121, head))).toBe(
      "50300ff10faf8001",
    );
  });

  it("reads both ends and nothing between", async () => {
    const path = await sparse("middle", 400_000);
    const before = await movieHash(path);
    const file = await open(path, "r+");
    await file.write(Buffer.from([1]), 0, 1, 65_536);
    expect(await movieHash(path)).toBe(before);
    await file.write(Buffer.from([1]), 0, 1, 399_999);
    expect(await movieHash(path)).not.toBe(before);
    await file.close();
  });

  it("hashes exactly 128 KiB, and nothing below", async () => {
    expect(await movieHash(await sparse("exact", 131_072))).toBe("0000000000020000");
    expect(await movieHash(await sparse("below", 131_071))).toBeNull();
    expect(await movieHash(await sparse("empty", 0))).toBeNull();
  });

  it("says so when the file is not there", async () => {
    await expect(movieHash(join(dir, "missing"))).rejects.toThrow("ENOENT");
  });
});
