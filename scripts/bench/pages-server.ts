import { Agent, request } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { startVigilio } from "@/tests/support/vigilio";
import { commonGenreId, libraryOfSize, movieIdOf, searches } from "./pages-library";
import { publish, type Row } from "./report";
import { percentile } from "./statistics";
import { scratchFolder, signIn } from "./viewer";

const sizes = [100, 10_000] as const;
/** Answers to each page at each concurrency, by each of the two servers. */
const rounds = Number(process.env.BENCH_ROUNDS || 160);
const manyAtOnce = 16;
const mostHomeMs = 60;
const mostSlower = 1.3;
const mostHomeKilobytes = 60;

const pages: [name: string, path: string][] = [
  ["home", "/"],
  ["movies", "/movies"],
  ["movies of a genre by title", `/movies?genre=${commonGenreId}&sort=title`],
  ["movies of a genre by rating", `/movies?genre=${commonGenreId}&sort=rating`],
  ["search, found", `/search?query=${encodeURIComponent(searches.hit)}`],
  ["search, misspelt", `/search?query=${encodeURIComponent(searches.misspelt)}`],
  ["search, nothing", `/search?query=${searches.nothing}`],
  ["movie", `/movies/${movieIdOf(42)}`],
];

/** A server as somebody who is signed in asks it. */
export interface Server {
  url: string;
  cookie: string;
  agent: Agent;
}

/** Asks for a page as a browser does. @returns what came, as it came, and how long that took. */
export function ask(server: Server, path: string): Promise<{ elapsedMs: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const headers = { cookie: server.cookie, "accept-encoding": "gzip" };
    request(server.url + path, { headers, agent: server.agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode}`));
        resolve({ elapsedMs: performance.now() - startedAt, body: Buffer.concat(chunks) });
      });
    })
      .on("error", reject)
      .end();
  });
}

/** Both servers in turn, so that what else the machine does meets them alike. */
async function times(servers: Server[], path: string, atOnce: number): Promise<number[][]> {
  const elapsed: number[][] = servers.map(() => []);
  for (let done = 0; done < rounds; done += atOnce) {
    for (const [at, server] of servers.entries()) {
      const answers = await Promise.all(Array.from({ length: atOnce }, () => ask(server, path)));
      elapsed[at]?.push(...answers.map(({ elapsedMs }) => elapsedMs));
    }
  }
  return elapsed;
}

/** How long pages take with a library of 100 movies and with one of 10,000. */
export async function benchPagesServer(): Promise<boolean> {
  const dir = scratchFolder();
  const folders = sizes.map((size) => join(dir, String(size)));
  for (const [at, size] of sizes.entries()) await libraryOfSize(folders[at] ?? dir, size);
  await using small = await startVigilio({
    dataDir: folders[0] ?? dir,
    env: { LOG_LEVEL: "warn" },
  });
  await using large = await startVigilio({
    dataDir: folders[1] ?? dir,
    env: { LOG_LEVEL: "warn" },
  });
  const servers: Server[] = [];
  for (const vigilio of [small, large]) {
    const agent = new Agent({ keepAlive: true, maxSockets: manyAtOnce });
    servers.push({ url: vigilio.url, cookie: await signIn(vigilio), agent });
  }
  const rows: Row[] = [];
  let home: Buffer = Buffer.alloc(0);
  for (const [name, path] of pages) {
    // What is loaded at the first request is no matter of the library's size.
    for (const server of servers) {
      for (let turn = 0; turn < 10; turn += 1) {
        const { body } = await ask(server, path);
        if (name === "home" && server === servers[1]) home = body;
      }
    }
    for (const atOnce of [1, manyAtOnce]) {
      const elapsed = await times(servers, path, atOnce);
      rows.push(rowOf(name, atOnce, elapsed[0] ?? [], elapsed[1] ?? []));
      console.log(`${name}, ${atOnce} at once: ${rows.at(-1)?.values.join(", ")}`);
    }
  }
  for (const { agent } of servers) agent.destroy();
  return publish({
    title: "Pages: answers",
    method:
      `\`npm run bench -- pages --only server\`: pages as a signed-in person gets them, whole and ` +
      `compressed, from the built app with ${sizes[0]} movies and with ${sizes[1]}; ${rounds} of each, ` +
      `both servers in turn, one request at a time and ${manyAtOnce} at once. Milliseconds.`,
    columns: ["100: p50", "100: p95", "10,000: p50", "10,000: p95", "p95 ratio"],
    rows: [...rows, homeRow(home)],
    notes: [],
  });
}

function rowOf(name: string, atOnce: number, small: number[], large: number[]): Row {
  const values = [small, large].flatMap((ms) => [percentile(ms, 0.5), percentile(ms, 0.95)]);
  const [, smallP95 = 0, largeP50 = 0, largeP95 = 0] = values;
  const ratio = largeP95 / smallP95;
  const isHome = name === "home" && atOnce === 1;
  return {
    what: `${name}${atOnce > 1 ? `, ${atOnce} at once` : ""}`,
    values: [...values.map((ms) => ms.toFixed(1)), ratio.toFixed(2)],
    target: {
      words: `ratio at most ${mostSlower}${isHome ? `, p50 at most ${mostHomeMs} ms` : ""}`,
      isMet: ratio <= mostSlower && (!isHome || largeP50 <= mostHomeMs),
    },
  };
}

/** The home page's HTML, held against what is wanted of one with 100 cards. */
function homeRow(compressed: Buffer): Row {
  const html = gunzipSync(compressed);
  const cards = html.toString("utf8").match(/<a [^>]*href="\/movies\/[0-9a-f]{16}"/g)?.length ?? 0;
  const kilobytes = compressed.length / 1000;
  return {
    what: `home's HTML with ${cards} links to movies, kB`,
    values: ["", "", `${(html.length / 1000).toFixed(0)} raw`, `${kilobytes.toFixed(1)} gzip`, ""],
    target: {
      words: `at most ${mostHomeKilobytes} gzip with 100 cards`,
      isMet: kilobytes * Math.min(1, 100 / cards) <= mostHomeKilobytes,
    },
  };
}
