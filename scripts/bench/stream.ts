import { createHash, randomBytes, randomInt } from "node:crypto";
import { closeSync, mkdirSync, openSync, symlinkSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { startVigilio } from "@/tests/support/vigilio";
import { startNginx } from "./nginx";
import { cpuSeconds, residentMegabytes, watchMemory } from "./processes";
import { RangeClient } from "./range-client";
import { publish, type Row } from "./report";
import { median, percentile } from "./statistics";
import { libraryOf, scratchFolder, signIn, viewerEnv } from "./viewer";

const fileBytes = 2e9;
const rangeBytes = 1024 * 1024;
const rangesPerRun = 1000;
const runs = 11;

interface Server {
  name: string;
  pid: number;
  url: URL;
  headers: Record<string, string>;
}

interface Run {
  gigabytesPerSecond: number;
  cpuSecondsPerGigabyte: number;
  rangeMs: { median: number; p99: number };
  megabytes: { before: number; most: number; after: number };
}

/** A file that no file system can make smaller: random bytes, the same 64 MB in turn. */
function writeFilm(path: string): void {
  const block = randomBytes(64e6);
  const file = openSync(path, "w");
  for (let written = 0; written < fileBytes; ) {
    // Each block begins with where it stands, so that no two are alike.
    block.writeDoubleBE(written);
    written += writeSync(file, block, 0, Math.min(block.length, fileBytes - written));
  }
  closeSync(file);
}

/** The whole file through a hash: what both servers send has to be the same. Warms up, too. */
async function digestOf(server: Server): Promise<string> {
  const client = new RangeClient(server.url, server.headers);
  const hash = createHash("sha256");
  const reply = await client.get(undefined, (bytes) => hash.update(bytes));
  client.close();
  if (reply.status !== 200 || reply.bytes !== fileBytes) {
    throw new Error(`${server.name} answered ${reply.status} with ${reply.bytes} bytes`);
  }
  return hash.digest("hex");
}

async function rangesOf(server: Server): Promise<number[]> {
  const client = new RangeClient(server.url, server.headers);
  const elapsed: number[] = [];
  for (let count = 0; count < rangesPerRun; count += 1) {
    const first = randomInt(fileBytes - rangeBytes);
    const reply = await client.get([first, first + rangeBytes - 1]);
    if (reply.status !== 206 || reply.bytes !== rangeBytes) {
      throw new Error(`${server.name} answered a range with ${reply.status}`);
    }
    elapsed.push(reply.elapsedMs);
  }
  client.close();
  return elapsed;
}

async function run(server: Server): Promise<Run> {
  const before = residentMegabytes(server.pid);
  const memory = watchMemory(server.pid);
  const client = new RangeClient(server.url, server.headers);
  const cpuBefore = cpuSeconds(server.pid);
  const { elapsedMs } = await client.get();
  const cpu = cpuSeconds(server.pid) - cpuBefore;
  client.close();
  const ranges = await rangesOf(server);
  const most = memory.stop();
  const gigabytes = fileBytes / 1e9;
  return {
    gigabytesPerSecond: gigabytes / (elapsedMs / 1000),
    cpuSecondsPerGigabyte: cpu / gigabytes,
    rangeMs: { median: percentile(ranges, 0.5), p99: percentile(ranges, 0.99) },
    megabytes: { before, most, after: residentMegabytes(server.pid) },
  };
}

/**
 * A film of 2 GB through /media against nginx with sendfile, from the page cache over loopback: in
 * turn, several times, medians.
 */
export async function benchStream(): Promise<boolean> {
  const dir = scratchFolder();
  const dataDir = join(dir, "data");
  const [film] = libraryOf(dataDir, 1);
  if (!film) throw new Error("no film");
  writeFilm(film.path);
  const served = join(dir, "served");
  mkdirSync(served);
  symlinkSync(film.path, join(served, basename(film.path)));

  await using vigilio = await startVigilio({ dataDir, env: { ...viewerEnv, LOG_LEVEL: "warn" } });
  const nginx = await startNginx(served);
  try {
    const servers: [ours: Server, theirs: Server] = [
      {
        name: "Vigilio",
        pid: vigilio.pid,
        url: new URL(film.streamPath, vigilio.url),
        headers: { cookie: await signIn(vigilio) },
      },
      {
        name: "nginx",
        pid: nginx.workerPid,
        url: new URL(basename(film.path), nginx.url),
        headers: {},
      },
    ];
    const digests = [await digestOf(servers[0]), await digestOf(servers[1])];
    if (digests[0] !== digests[1]) throw new Error("the two servers sent different bytes");
    for (const server of servers) await rangesOf(server);

    const results: [ours: Run[], theirs: Run[]] = [[], []];
    for (let turn = 0; turn < runs; turn += 1) {
      for (const [at, server] of servers.entries()) {
        const result = await run(server);
        results[at]?.push(result);
        console.log(`${server.name.padEnd(8)} ${JSON.stringify(result, rounded)}`);
      }
    }
    return report(...results);
  } finally {
    await nginx.stop();
  }
}

const rounded = (_key: string, value: unknown) =>
  typeof value === "number" ? Number(value.toFixed(3)) : value;

/** How much memory may come and go while films are sent, in megabytes. */
const flatMegabytes = 24;

function report(ours: Run[], theirs: Run[]): boolean {
  const row = (
    what: string,
    pick: (run: Run) => number,
    digits: number,
    target?: { words: string; isMet: (ratio: number) => boolean },
  ): Row => {
    const [our, their] = [median(ours.map(pick)), median(theirs.map(pick))];
    const ratio = our / their;
    return {
      what,
      values: [our.toFixed(digits), their.toFixed(digits), ratio.toFixed(2)],
      target: target && { words: target.words, isMet: target.isMet(ratio) },
    };
  };
  const first = ours[0]?.megabytes.before ?? 0;
  const most = Math.max(...ours.map(({ megabytes }) => megabytes.most));
  const last = ours.at(-1)?.megabytes.after ?? 0;
  const nginxMost = Math.max(...theirs.map(({ megabytes }) => megabytes.most));
  const memory = (what: string, value: number): Row => ({
    what,
    values: [value.toFixed(0), "", ""],
    target: {
      words: `within ${flatMegabytes} MB of before`,
      isMet: value - first <= flatMegabytes,
    },
  });
  return publish({
    title: "Stream",
    method:
      `\`npm run bench -- stream\`: a file of 2 GB through /media, as a signed-in viewer, against ` +
      `nginx with sendfile and one worker, over loopback and out of the page cache; then ` +
      `${rangesPerRun} random ranges of 1 MiB, one after the other. In turn, ${runs} times each; ` +
      `medians. Both send the same bytes (SHA-256).`,
    columns: ["Vigilio", "nginx", "ratio"],
    rows: [
      row("throughput, GB/s", (one) => one.gigabytesPerSecond, 2, {
        words: "at least 1.2",
        isMet: (ratio) => ratio >= 1.2,
      }),
      row("processor seconds per GB", (one) => one.cpuSecondsPerGigabyte, 3, {
        words: "at most 0.9",
        isMet: (ratio) => ratio <= 0.9,
      }),
      row("range of 1 MiB, median, ms", (one) => one.rangeMs.median, 2),
      row("range of 1 MiB, 99th percentile, ms", (one) => one.rangeMs.p99, 2, {
        words: "at most 2",
        isMet: (ratio) => ratio <= 2,
      }),
      {
        what: "resident memory before, MB",
        values: [first.toFixed(0), nginxMost.toFixed(0), ""],
      },
      memory("most during, MB", most),
      memory("after, MB", last),
    ],
    notes: [],
  });
}
