import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkFolders } from "@/lib/checks/disk";
import { smallDisk } from "@/tests/support/small-disk";
import { folderFacts } from "./disk";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-folder-"));
  chmodSync(dir, 0o755);
});
afterEach(() => {
  process.seteuid?.(0);
  rmSync(dir, { recursive: true, force: true });
});

/** Root may write anywhere, so the look is that of somebody else. */
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
async function asNobody<Found>(look: () => Promise<Found>): Promise<Found> {
  process.seteuid?.(nobody);
  try {
    return await look();
  } finally {
    process.seteuid?.(0);
  }
}

const vigilio = { userId: nobody, groupId: nobody };

describe("a folder on a real disk", () => {
  it("is written to, and nothing stays", async () => {
    const facts = await folderFacts("media", dir);
    expect(facts).toMatchObject({ isThere: true, fault: null, mode: "755" });
    expect(facts.freeBytes).toBeGreaterThan(0);
    expect(facts.totalBytes).toBeGreaterThanOrEqual(facts.freeBytes);
    expect(readdirSync(dir)).toEqual([]);
  });

  it("is missing, or no folder at all", async () => {
    expect(await folderFacts("media", join(dir, "gone"))).toMatchObject({ isThere: false });
    const file = join(dir, "file");
    writeFileSync(file, "");
    expect(await folderFacts("media", file)).toMatchObject({ isThere: true, fault: "ENOTDIR" });
  });

  it.runIf(isRoot)("of another owner is named with what mends it", async () => {
    chownSync(dir, 1234, 5678);
    const facts = await asNobody(() => folderFacts("downloads", dir));
    expect(facts).toMatchObject({ fault: "EACCES", ownerId: 1234, groupId: 5678, mode: "755" });
    const [check] = checkFolders([facts], vigilio);
    expect(check).toMatchObject({
      told: "folder-denied",
      values: { owner: "1234:5678", mode: "755", userId: "65534" },
      command: `sudo chown -R 65534:65534 ${dir}`,
    });
  });

  it.runIf(isRoot)("of its own that was locked gets its bits back", async () => {
    chownSync(dir, nobody, nobody);
    chmodSync(dir, 0o555);
    const facts = await asNobody(() => folderFacts("data", dir));
    expect(checkFolders([facts], vigilio)[0]?.command).toBe(`sudo chmod -R u+rwX ${dir}`);
  });

  it.runIf(isRoot)("to import from only has to be readable", async () => {
    expect(await asNobody(() => folderFacts("import", dir))).toMatchObject({ fault: null });
    chmodSync(dir, 0o700);
    expect(await asNobody(() => folderFacts("import", dir))).toMatchObject({ fault: "EACCES" });
  });

  it("on a disk that is mounted for reading says so", async ({ skip }) => {
    const disk = smallDisk("2M");
    if (!disk) return skip();
    try {
      mkdirSync(join(disk.dir, "media"));
      disk.remount("ro");
      const facts = await folderFacts("media", join(disk.dir, "media"));
      expect(facts.fault).toBe("EROFS");
      disk.remount("rw");
      expect((await folderFacts("media", join(disk.dir, "media"))).fault).toBeNull();
    } finally {
      disk.remove();
    }
  });
});
