import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readEnv } from "@/lib/env";
import { createQbittorrent } from "@/lib/services/qbittorrent/client";
import { until } from "@/tests/support/until";
import { type ManagedQbittorrent, runManagedQbittorrent } from "./managed-qbittorrent";

let dir: string;
let managed: ManagedQbittorrent | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-managed-"));
  mkdirSync(join(dir, "downloads"));
});
afterEach(async () => {
  await managed?.stop();
  rmSync(dir, { recursive: true, force: true });
});

function run(binaryPath: string): ManagedQbittorrent {
  managed = runManagedQbittorrent(
    readEnv({ VIGILIO_DATA_DIR: dir, QBITTORRENT_NOX_PATH: binaryPath }, dir),
  );
  return managed;
}

function script(text: string): string {
  const path = join(dir, "qbittorrent.sh");
  writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

it("is started again when its first start fails, also when it is installed later", async () => {
  const path = join(dir, "qbittorrent.sh");
  const started = run(path);
  expect(started.access()).toBeNull();
  // Breaks all three tries of one start, and is whole at the next.
  script(`echo x >> ${dir}/tries; [ $(wc -l < ${dir}/tries) -le 3 ] && exit 3
exec qbittorrent-nox "$@"`);
  const access = await until("it is up", () => started.access());
  expect(await createQbittorrent(access).check()).toMatchObject({ isSupported: true });
  expect(readFileSync(join(dir, "tries"), "utf8").split("\n").length).toBeGreaterThan(4);
});

it("gives up a start that is under way when Vigilio stops", async () => {
  const started = run(script(`echo $$ > ${dir}/pid; exec sleep 100`));
  const pid = await until("it runs", () => existsSync(join(dir, "pid")) && readPid());
  const before = performance.now();
  await started.stop();
  expect(performance.now() - before).toBeLessThan(5000);
  expect(existsSync(`/proc/${pid}/cmdline`)).toBe(false);
});

const readPid = () => readFileSync(join(dir, "pid"), "utf8").trim();
