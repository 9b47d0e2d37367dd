import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { until } from "@/tests/support/until";
import { endOrphanRuns, ownRuns } from "./orphans";

let home: string;
let other: ChildProcess;
let pid: number;

/** Another process on our data folder runs ffmpeg, for longer than any test. */
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "vigilio-home-"));
  const script = join(home, "other.mts");
  const here = (name: string) =>
    JSON.stringify(join(process.cwd(), "lib/services/ffmpeg", `${name}.ts`));
  writeFileSync(
    script,
    `import { ownRuns } from ${here("orphans")};
     import { runFfmpeg } from ${here("run")};
     ownRuns(${JSON.stringify(home)});
     await runFfmpeg({ ffmpegPath: "ffmpeg", timeoutMs: 120_000,
       args: ["-re", "-f", "lavfi", "-i", "anullsrc", "-t", "100", "-f", "null", "-"] });`,
  );
  other = spawn(process.execPath, ["--import", "tsx", script], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, TSX_TSCONFIG_PATH: join(process.cwd(), "tsconfig.json") },
  });
  pid = await until("ffmpeg runs", () => childOf(other.pid ?? 0));
});
afterEach(() => {
  for (const one of [other.pid, pid]) {
    if (one && isAlive(one)) process.kill(one, "SIGKILL");
  }
  rmSync(home, { recursive: true, force: true });
});

function childOf(parent: number): number | null {
  const text = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8");
  const pids = text.split(" ").filter(Boolean).map(Number);
  return (
    pids.find((one) => readFileSync(`/proc/${one}/cmdline`, "utf8").startsWith("ffmpeg")) ?? null
  );
}

function isAlive(one: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${one}/status`, "utf8"));
  } catch {
    return false;
  }
}

it("ends what a killed Vigilio left running on this data folder", async () => {
  ownRuns(home);
  other.kill("SIGKILL");
  await once(other, "exit");
  expect(isAlive(pid)).toBe(true);
  expect(await endOrphanRuns()).toBe(1);
  expect(isAlive(pid)).toBe(false);
});

it("leaves alone what belongs to a living Vigilio, and to another data folder", async () => {
  ownRuns(home);
  expect(await endOrphanRuns()).toBe(0);
  ownRuns(join(home, "elsewhere"));
  other.kill("SIGKILL");
  await once(other, "exit");
  expect(await endOrphanRuns()).toBe(0);
  expect(isAlive(pid)).toBe(true);
});
