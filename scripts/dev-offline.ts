// npm run dev:offline: Vigilio with a library of 60 films on a machine without internet.
// docs/development.md tells what is in it.
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { App } from "@/tests/offline/app";

// Films that fail on purpose are no news here: loggers are made when modules load. The app, in a
// process of its own, logs as it always does.
const logLevel = process.env.LOG_LEVEL ?? "";
process.env.LOG_LEVEL = "silent";
const { startApp } = await import("@/tests/offline/app");
const { emptyFolder, newApiToken, readNotes, writeNotes } = await import(
  "@/tests/offline/data-folder"
);
const { offlineAdmin } = await import("@/tests/offline/household");
const { pauseOne, untilHealthy } = await import("@/tests/offline/first-minute");
const { seedFolder, seedLibrary } = await import("@/tests/offline/seed-library");
const { startUpstreams, startWebSeeds } = await import("@/tests/offline/servers");
const { welcome } = await import("@/tests/offline/welcome");
process.env.LOG_LEVEL = logLevel;

const { values: flags } = parseArgs({
  options: {
    built: { type: "boolean", default: false },
    fresh: { type: "boolean", default: false },
    data: { type: "string", default: join(tmpdir(), "vigilio-offline") },
  },
});
const dataDir = resolve(flags.data);
const port = Number(process.env.PORT || 3000);

const opened: { close(): Promise<void> }[] = [];
let app: App | undefined;

/** Seeds the folder, or takes it as it was left. */
async function prepare() {
  const known = flags.fresh ? null : await readNotes(dataDir);
  if (known) {
    const seeds = await startWebSeeds(seedFolder(dataDir), known.ports).catch((error) => {
      throw new Error(
        `${(error as Error).message}: the torrents of ${dataDir} name that port. End what uses it, or start with --fresh.`,
      );
    });
    opened.push(seeds);
    return known;
  }
  const startedAt = performance.now();
  await emptyFolder(dataDir);
  const seeds = await startWebSeeds(seedFolder(dataDir));
  opened.push(seeds);
  const say = (step: string) => console.log(`${step} …`);
  const made = await seedLibrary({ dataDir, now: new Date(), seeds, say });
  const { offered, pausedInfoHash } = made;
  const notes = { ports: seeds.ports, apiToken: newApiToken(), offered, pausedInfoHash };
  await writeNotes(dataDir, notes);
  console.log(
    `The library is ready after ${Math.round((performance.now() - startedAt) / 1000)} s.`,
  );
  return notes;
}

let isEnding = false;
async function end(status: number): Promise<never> {
  if (!isEnding) {
    isEnding = true;
    await app?.end();
    await Promise.all(opened.map((one) => one.close()));
  }
  process.exit(status);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    console.log("\nEnding everything …");
    void end(0);
  });
}

try {
  const notes = await prepare();
  const upstreams = await startUpstreams();
  opened.push(upstreams);
  app = startApp({
    isBuilt: flags.built,
    port,
    environment: {
      ...upstreams.environment,
      VIGILIO_DATA_DIR: dataDir,
      VIGILIO_API_TOKEN: notes.apiToken,
      SUBTITLE_LANGUAGES: "en,tr",
    },
  });
  void app.ended.then((status) => end(status ?? 1));
  const site = { url: `http://127.0.0.1:${port}`, apiToken: notes.apiToken };
  await untilHealthy(site);
  console.log(welcome({ ...site, dataDir, admin: offlineAdmin, offered: notes.offered }));
  await pauseOne(site, notes.pausedInfoHash);
} catch (error) {
  if (!isEnding) {
    console.error(`\nVigilio can't be started offline: ${(error as Error).message}`);
    await end(1);
  }
}
