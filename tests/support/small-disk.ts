import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk of its own in memory, whose size and access can be changed under whoever uses it. */
export interface SmallDisk {
  dir: string;
  /** @param size as mount takes it: `100M`. */
  resize(size: string): void;
  /** @returns false while somebody writes to it, which keeps it from being read-only. */
  remount(access: "ro" | "rw"): boolean;
  remove(): void;
}

/** @returns null where a disk can't be had, which is said. */
export function smallDisk(size: string): SmallDisk | null {
  const root = mkdtempSync(join(tmpdir(), "vigilio-disk-"));
  const dir = join(root, "disk");
  mkdirSync(dir);
  const mount = (...options: string[]) =>
    execFileSync("mount", ["-o", options.join(","), dir], { stdio: "pipe" });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", dir], { stdio: "pipe" });
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    process.stderr.write(
      `SKIPPED: no disk of its own for these tests: ${(error as Error).message}\n`,
    );
    return null;
  }
  return {
    dir,
    resize: (wanted) => void mount("remount", `size=${wanted}`),
    remount(access) {
      try {
        mount("remount", access);
        return true;
      } catch {
        return false;
      }
    },
    remove() {
      execFileSync("umount", ["-l", dir]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
