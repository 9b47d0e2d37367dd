import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { variables } from "@/lib/env";

const root = fileURLToPath(new URL("../..", import.meta.url));
const startDeadlineMs = 60_000;
const stopDeadlineMs = 30_000;

/** A Vigilio of its own: the built app in a process of its own, with a data folder of its own. */
export interface Vigilio extends AsyncDisposable {
  /** http://127.0.0.1:<port>, without a slash at the end. */
  url: string;
  port: number;
  dataDir: string;
  /** Acts as the first admin (VIGILIO_API_TOKEN). */
  apiToken: string;
  /** Process id of the server. */
  pid: number;
  /** What it has written so far, both streams. */
  logs(): string;
  /** `fetch` of a path, with the API token unless `init` has an Authorization of its own. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /**
   * Ends it as a person would (SIGTERM), with everything that it started, and removes its folder
   * when it is its own. After `kill()` it clears away what was left.
   * @returns its exit status. @throws Error when it has to be killed.
   */
  stop(): Promise<number | null>;
  /** SIGKILL, for the server alone: what it started and its folder stay, as after a crash. */
  kill(): Promise<void>;
}

/** Groups of processes that are still there: none may outlive the tests, however those end. */
const groups = new Set<number>();
process.once("exit", () => {
  for (const pid of groups) endGroup(pid);
});

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It is gone, which is what was wanted.
  }
}

/** A port of 127.0.0.1 that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port to listen on");
  return address.port;
}

/** Runs a program to its end. @throws Error with its output when it fails. */
async function run(args: string[]): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const output = collect(child);
  const status = await new Promise((resolve) => child.on("close", resolve));
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${output()}`);
}

function collect(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
  }
  return () => chunks.join("");
}

let build: Promise<void> | undefined;

/** Builds the app when its sources changed; once per test process, whoever asks. */
export function buildOnce(): Promise<void> {
  build ??= run(["scripts/build.mjs"]);
  return build;
}

/** Nothing of the developer's own settings, in the environment or in .env, reaches the server. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = ["FFMPEG_PATH", "FFPROBE_PATH", "QBITTORRENT_NOX_PATH"];
  // Set by the test runner, and not what people have.
  const ofTests = ["NODE_ENV", "VITEST", "TZ"];
  const env: NodeJS.ProcessEnv = { NODE_ENV: "production" };
  for (const [name, value] of Object.entries(process.env)) {
    const isLeftOut = name.startsWith("VIGILIO_") || ofTests.includes(name);
    if (value !== undefined && !isLeftOut) env[name] = value;
  }
  // Empty counts as not set, and keeps Next from filling it in from a file.
  for (const name of Object.keys(variables)) if (!kept.includes(name)) env[name] = "";
  return env;
}

/**
 * Starts the built app on a free port of 127.0.0.1 and waits until it is healthy.
 *
 * @param options `env`: more of the environment. `dataDir`: a folder to go on with, that of a
 *   killed one for instance; without it a new one, which `stop()` removes.
 * @throws Error with what it wrote when it ends or is not healthy within a minute.
 */
export async function startVigilio(
  options: { env?: Record<string, string>; dataDir?: string } = {},
): Promise<Vigilio> {
  await buildOnce();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "vigilio-data-"));
  const apiToken = options.env?.VIGILIO_API_TOKEN ?? randomBytes(24).toString("hex");

  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: root,
    // A group of its own, so that what it starts can be ended with it.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...cleanEnvironment(),
      LOG_LEVEL: "info",
      HOST: "127.0.0.1",
      PORT: String(port),
      VIGILIO_DATA_DIR: dataDir,
      VIGILIO_API_TOKEN: apiToken,
      ...options.env,
    },
  });
  const logs = collect(child);
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const pid = child.pid;
  if (pid === undefined) throw new Error("node could not be started");
  groups.add(pid);

  const endAll = () => {
    endGroup(pid);
    groups.delete(pid);
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
  };

  const vigilio: Vigilio = {
    ...{ url, port, dataDir, apiToken, pid, logs },
    fetch(path, init = {}) {
      const headers = new Headers(init.headers);
      if (!headers.has("authorization")) headers.set("authorization", `Bearer ${apiToken}`);
      return fetch(new URL(path, url), { ...init, headers });
    },
    async stop() {
      child.kill("SIGTERM");
      const status = await within(ended, stopDeadlineMs);
      endAll();
      if (status === tooLate) throw new Error(`Vigilio did not stop:\n${logs()}`);
      return status;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async [Symbol.asyncDispose]() {
      await vigilio.stop();
    },
  };

  try {
    await healthy(url, ended);
  } catch (error) {
    endAll();
    throw new Error(`${(error as Error).message}\n${logs()}`);
  }
  return vigilio;
}

const tooLate = Symbol("too late");

async function within<Result>(
  promise: Promise<Result>,
  timeoutMs: number,
): Promise<Result | typeof tooLate> {
  const timer = new AbortController();
  const late = wait(timeoutMs, tooLate, { signal: timer.signal }).catch(() => tooLate);
  const first = await Promise.race([promise, late]);
  timer.abort();
  return first as Result | typeof tooLate;
}

async function healthy(url: string, ended: Promise<number | null>): Promise<void> {
  let status: number | null | undefined;
  ended.then((code) => {
    status = code ?? 1;
  });
  const deadline = performance.now() + startDeadlineMs;
  let answer = "nothing";
  while (status === undefined && performance.now() < deadline) {
    const response = await fetch(`${url}/api/health`).catch(() => undefined);
    if (response?.ok) return;
    if (response) answer = `${response.status} ${await response.text()}`;
    await wait(50);
  }
  throw new Error(
    status === undefined
      ? `Vigilio was not healthy within ${startDeadlineMs / 1000} s; it answered ${answer}`
      : `Vigilio ended with status ${status} before it answered`,
  );
}
