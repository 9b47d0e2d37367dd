import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { variables } from "@/lib/env";
import { until } from "@/tests/support/until";
import { buildOnce, freePort } from "@/tests/support/vigilio";
import { cpuSeconds, descendantsOf, memoryOf, nameOf } from "./processes";
import { publish, type Row } from "./report";
import { median } from "./statistics";
import { libraryOf, scratchFolder, signIn, viewerEnv } from "./viewer";

const root = fileURLToPath(new URL("../..", import.meta.url));
const starts = 5;
const restMs = 60_000;
const requests = 10_000;
const atOnce = 4;
const movies = 40;

interface Running {
  url: string;
  /** From the command to the first good answer of /api/health. */
  healthyAfterMs: number;
  appPid: number;
  qbittorrentPid: number;
  stop(): Promise<void>;
}

/** What people type, with nothing set but where data lie and where to listen. */
async function npmStart(dataDir: string): Promise<Running> {
  const port = await freePort();
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of Object.keys(variables)) env[name] = "";
  for (const name of Object.keys(env)) if (name.startsWith("npm_")) delete env[name];
  const startedAt = performance.now();
  const npm = spawn("npm", ["start"], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...env,
      ...viewerEnv,
      NODE_ENV: "production",
      LOG_LEVEL: "warn",
      HOST: "127.0.0.1",
      PORT: String(port),
      VIGILIO_DATA_DIR: dataDir,
    },
  });
  process.once("exit", () => endAll(npm));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (npm.exitCode !== null) throw new Error(`npm start ended with ${npm.exitCode}`);
    const isHealthy = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isHealthy) break;
    await wait(10);
  }
  const healthyAfterMs = performance.now() - startedAt;
  const qbittorrentPid = await until("qbittorrent-nox runs", () =>
    descendantsOf(npm.pid ?? 0).find((pid) => nameOf(pid).startsWith("qbittorrent")),
  );
  // The app is whose child qBittorrent is.
  const app = descendantsOf(npm.pid ?? 0)
    .filter((pid) => descendantsOf(pid).includes(qbittorrentPid))
    .at(-1);
  if (app === undefined) throw new Error("which process is the app?");
  const ended = new Promise((resolve) => npm.once("exit", resolve));
  return {
    ...{ url, healthyAfterMs, appPid: app, qbittorrentPid },
    async stop() {
      process.kill(app, "SIGTERM");
      await ended;
    },
  };
}

/** qBittorrent is in a group of its own: it is found by whose descendant it is. */
function endAll(child: ChildProcess): void {
  try {
    if (child.pid === undefined || child.exitCode !== null) return;
    for (const pid of descendantsOf(child.pid)) process.kill(pid, "SIGKILL");
    process.kill(child.pid, "SIGKILL");
  } catch {
    // It is gone.
  }
}

interface Together {
  app: number;
  qbittorrent: number;
  /** Sum of what is resident, shared pages counted twice. */
  rss: number;
  /** Sum in which a shared page counts once. */
  pss: number;
}

function memoryTogether({ appPid, qbittorrentPid }: Running): Together {
  const [app, qbittorrent] = [memoryOf(appPid), memoryOf(qbittorrentPid)];
  return {
    app: app.rssMegabytes,
    qbittorrent: qbittorrent.rssMegabytes,
    rss: app.rssMegabytes + qbittorrent.rssMegabytes,
    pss: app.pssMegabytes + qbittorrent.pssMegabytes,
  };
}

/** What people and their devices ask for, in turn. */
async function ask(running: Running, cookie: string, paths: string[]): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < requests) {
      const path = paths[next % paths.length] ?? "/";
      next += 1;
      const headers: Record<string, string> = { cookie };
      if (path.startsWith("/media/")) headers.range = `bytes=0-${256 * 1024 - 1}`;
      const response = await fetch(running.url + path, { headers });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return requests / ((performance.now() - startedAt) / 1000);
}

/** How long `npm start` takes when nothing has to be prepared, and what it costs to let it run. */
export async function benchStart(): Promise<boolean> {
  await buildOnce();
  const dataDir = join(scratchFolder(), "data");
  const films = libraryOf(dataDir, movies);
  for (const film of films) writeFileSync(film.path, randomBytes(300_000));
  mkdirSync(join(dataDir, "downloads"), { recursive: true });

  // The first start makes secrets, the admin and qBittorrent's profile.
  await (await npmStart(dataDir)).stop();
  const startMs: number[] = [];
  for (let turn = 0; turn < starts - 1; turn += 1) {
    const running = await npmStart(dataDir);
    startMs.push(running.healthyAfterMs);
    await running.stop();
  }
  const running = await npmStart(dataDir);
  startMs.push(running.healthyAfterMs);
  console.log(`start, ms: ${startMs.map((ms) => ms.toFixed(0)).join(" ")}`);
  try {
    await wait(restMs);
    const fresh = memoryTogether(running);
    console.log(`fresh: ${JSON.stringify(fresh)}`);
    const cpuBefore = [cpuSeconds(running.appPid), cpuSeconds(running.qbittorrentPid)];
    await wait(restMs);
    const [app = 0, qbittorrent = 0] = [
      cpuSeconds(running.appPid),
      cpuSeconds(running.qbittorrentPid),
    ].map((seconds, at) => ((seconds - (cpuBefore[at] ?? 0)) / (restMs / 1000)) * 100);
    console.log(`idle, %: app ${app.toFixed(2)}, qBittorrent ${qbittorrent.toFixed(2)}`);

    const cookie = await signIn(running);
    const paths = [
      ...["/", "/api/v1/movies", films[0]?.streamPath ?? "/", "/api/health", "/my-list"],
      ...["/api/v1/me", films[1]?.streamPath ?? "/", "/search?q=Film"],
    ];
    const usable = [];
    for (const path of paths) {
      const response = await fetch(running.url + path, { headers: { cookie } });
      if (response.ok) usable.push(path);
      else console.log(`left out: ${path} answers ${response.status}`);
    }
    const rates: number[] = [];
    const rested: Together[] = [];
    for (let round = 0; round < 2; round += 1) {
      rates.push(await ask(running, cookie, usable));
      await wait(restMs);
      rested.push(memoryTogether(running));
      console.log(
        `after requests: ${JSON.stringify(rested.at(-1))}, ${rates.at(-1)?.toFixed(0)}/s`,
      );
    }
    const [first, second] = rested;
    if (!first || !second) throw new Error("nothing was measured");
    return report({ startMs, fresh, first, second, idle: { app, qbittorrent }, rates });
  } finally {
    await running.stop();
  }
}

/** What may come and go between two measurements without anything growing, in megabytes. */
const steadyMegabytes = 15;

function report(found: {
  startMs: number[];
  fresh: Together;
  first: Together;
  second: Together;
  idle: { app: number; qbittorrent: number };
  rates: number[];
}): boolean {
  const { startMs, fresh, first, second, idle } = found;
  const memory = (what: string, value: Together, most: number): Row => ({
    what,
    values: [
      `${value.rss.toFixed(0)} MB (app ${value.app.toFixed(0)}, qBittorrent ${value.qbittorrent.toFixed(0)}; shared pages once: ${value.pss.toFixed(0)})`,
    ],
    target: { words: `at most ${most} MB`, isMet: value.rss <= most },
  });
  const startSeconds = median(startMs) / 1000;
  const growth = second.rss - first.rss;
  const idlePercent = idle.app + idle.qbittorrent;
  return publish({
    title: "Start and rest",
    method:
      `\`npm run bench -- start\`: \`npm start\` with everything prepared, until /api/health answers ` +
      `(median of ${starts}), with a library of ${movies} movies and the managed qBittorrent. ` +
      `Resident memory of both after ${restMs / 1000} s without requests, and ${restMs / 1000} s after ` +
      `${requests.toLocaleString("en")} requests of pages, the API and ranges, ${atOnce} at once; ` +
      `then as many again.`,
    columns: ["measured"],
    rows: [
      {
        what: "npm start to /api/health",
        values: [
          `${startSeconds.toFixed(2)} s (${Math.min(...startMs).toFixed(0)} to ${Math.max(...startMs).toFixed(0)} ms)`,
        ],
        target: { words: "at most 2 s", isMet: startSeconds <= 2 },
      },
      memory("after a start", fresh, 200),
      memory("after 10,000 requests", first, 300),
      memory("after 20,000 requests", second, 300),
      {
        what: "growth from 10,000 to 20,000",
        values: [`${growth.toFixed(0)} MB`],
        target: { words: `at most ${steadyMegabytes} MB`, isMet: growth <= steadyMegabytes },
      },
      {
        what: "processor when idle",
        values: [
          `${idlePercent.toFixed(2)} % (app ${idle.app.toFixed(2)}, qBittorrent ${idle.qbittorrent.toFixed(2)})`,
        ],
        target: { words: "below 1 %", isMet: idlePercent < 1 },
      },
    ],
    notes: [
      "npm itself stays as the parent of what it started; it is not counted, since a service or an image runs `node scripts/start.mjs` without it.",
    ],
  });
}
