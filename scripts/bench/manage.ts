import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { startVigilio, type Vigilio } from "@/tests/support/vigilio";
import { startMovingQbittorrent } from "./manage-qbittorrent";
import { householdAtWork, jobCount, letSomeRun, torrentCount } from "./manage-work";
import { ask, type Server } from "./pages-server";
import { publish, type Row } from "./report";
import { percentile } from "./statistics";
import { scratchFolder, signIn } from "./viewer";

const rounds = Number(process.env.BENCH_ROUNDS || 160);
const mostMs = 150;
const mostBytesPerSecond = 5000;
const listenMs = 60_000;

const pages = (jobId: string): [name: string, path: string][] => [
  ["in preparation", "/manage/preparing"],
  ["in preparation, page 5", "/manage/preparing?page=5"],
  ["downloads", "/manage/downloads"],
  ["jobs", "/manage/jobs"],
  ["jobs, page 150", "/manage/jobs?page=150"],
  ...["running", "queued", "waiting", "failed", "succeeded", "cancelled"].map(
    (status): [string, string] => [`jobs, ${status}`, `/manage/jobs?status=${status}`],
  ),
  ["jobs of a kind and a title", "/manage/jobs?kind=import&title=lantern"],
  ["a job", `/manage/jobs/${jobId}`],
  ["schedule", "/manage/schedule"],
];

/** What the pages for admins cost with a household's work of a busy week on them. */
export async function benchManage(): Promise<boolean> {
  const dir = scratchFolder();
  const torrents = await householdAtWork(dir);
  const qbittorrent = await startMovingQbittorrent(torrents);
  await using vigilio = await startVigilio({
    dataDir: dir,
    env: {
      LOG_LEVEL: "warn",
      QBITTORRENT_URL: qbittorrent.url,
      QBITTORRENT_USERNAME: "admin",
      QBITTORRENT_PASSWORD: "a password",
      SUBTITLE_LANGUAGES: "en,de",
    },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const server: Server = { url: vigilio.url, cookie: await signIn(vigilio), agent };
  const jobId = letSomeRun(dir);
  const rows: Row[] = [];
  for (const [name, path] of pages(jobId)) rows.push(await pageRow(server, name, path));
  agent.destroy();
  await everythingMoves(vigilio);
  rows.push(...(await eventRows(server)));
  qbittorrent.close();
  return publish({
    title: "Manage",
    method:
      `\`npm run bench -- manage\`: the pages for admins with ${jobCount} jobs and ${torrentCount} torrents, ` +
      `whole and compressed, from the built app; ${rounds} of each, one at a time. A stand-in for ` +
      "qBittorrent gives every torrent other figures each second. Milliseconds. Then what the stream of " +
      `live updates carries to an admin in ${listenMs / 1000} s meanwhile, from its first byte on.`,
    columns: ["p50", "p95"],
    rows,
    notes: [],
  });
}

async function pageRow(server: Server, name: string, path: string): Promise<Row> {
  // What is loaded at the first request is no matter of how much there is.
  for (let turn = 0; turn < 10; turn += 1) await ask(server, path);
  const elapsed: number[] = [];
  for (let turn = 0; turn < rounds; turn += 1) elapsed.push((await ask(server, path)).elapsedMs);
  const p95 = percentile(elapsed, 0.95);
  const values = [percentile(elapsed, 0.5), p95].map((ms) => ms.toFixed(1));
  console.log(`${name}: ${values.join(", ")}`);
  return {
    what: name,
    values,
    target: { words: `p95 at most ${mostMs} ms`, isMet: p95 <= mostMs },
  };
}

/** Waits until the torrents' figures arrive. @throws Error when some do not within a minute. */
async function everythingMoves(vigilio: Vigilio): Promise<void> {
  for (let look = 0; look < 60; look += 1) {
    const answers = await Promise.all(
      [1, 2].map((page) => vigilio.fetch(`/api/v1/downloads?pageSize=100&page=${page}`)),
    );
    const lists = (await Promise.all(answers.map((answer) => answer.json()))) as {
      items: { speedBytesPerSecond: number }[];
    }[];
    const all = lists.flatMap(({ items }) => items);
    if (all.length === torrentCount && all.every((one) => one.speedBytesPerSecond > 0)) return;
    await wait(1000);
  }
  throw new Error("the torrents do not move");
}

/** Listens as a page of an admin does, uncompressed. */
function listen(server: Server): Promise<{ bytes: number; text: string }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const asked = request(
      `${server.url}/api/v1/events`,
      { headers: { cookie: server.cookie } },
      (response) => {
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        setTimeout(() => {
          const whole = Buffer.concat(chunks);
          asked.destroy();
          resolve({ bytes: whole.length, text: whole.toString("utf8") });
        }, listenMs);
      },
    );
    asked.on("error", reject).end();
  });
}

async function eventRows(server: Server): Promise<Row[]> {
  const { bytes, text } = await listen(server);
  const bytesPerSecond = bytes / (listenMs / 1000);
  const told = new Map<string, number>();
  for (const [, id = ""] of text.matchAll(/event: download\ndata: \{"id":"([0-9a-f]{16})"/g)) {
    told.set(id, (told.get(id) ?? 0) + 1);
  }
  const least = told.size < torrentCount ? 0 : Math.min(...told.values());
  return [
    {
      what: "live updates, bytes per second",
      values: [bytesPerSecond.toFixed(0), ""],
      target: {
        words: `at most ${mostBytesPerSecond}`,
        isMet: bytesPerSecond <= mostBytesPerSecond,
      },
    },
    {
      what: "updates of the torrent that had fewest",
      values: [String(least), ""],
      target: { words: "at least 3", isMet: least >= 3 },
    },
  ];
}
