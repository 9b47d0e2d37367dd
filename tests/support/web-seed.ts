import { once } from "node:events";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { join, normalize } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";

export interface WebSeed {
  /**
   * Address for a torrent's url-list (BEP 19). For several files that lie in a folder it is the
   * server's root, and BitTorrent adds the torrent's name and the path.
   */
  url: string;
  /**
   * Address of one file: what libtorrent wants when the torrent holds a single file, also one that
   * lies in a folder (with the server's root it would wait for ever).
   */
  urlOf(path: string): string;
  /** What was asked for, in order. */
  requests: { path: string; range: string | null }[];
  /** Holds answers back until `release`. */
  hold(): void;
  release(): void;
  close(): Promise<void>;
}

/**
 * Serves a folder on loopback with byte ranges, as a web seed.
 *
 * @param options.bytesPerSecond about that fast for each request; as fast as it goes by default.
 * @param options.port where to listen, for torrents that outlive the server; any free one by default.
 */
export async function startWebSeed(
  folder: string,
  options: { bytesPerSecond?: number; port?: number } = {},
): Promise<WebSeed> {
  const requests: WebSeed["requests"] = [];
  let gate: { promise: Promise<void>; open: () => void } | null = null;

  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname));
    requests.push({ path, range: request.headers.range ?? null });
    try {
      await gate?.promise;
      await serve(join(folder, path), request.headers.range, response, options.bytesPerSecond);
    } catch {
      response.destroy();
    }
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const url = `http://127.0.0.1:${address.port}/`;
  const release = () => {
    gate?.open();
    gate = null;
  };
  return {
    url,
    urlOf: (path) => url + path.split("/").map(encodeURIComponent).join("/"),
    requests,
    hold() {
      if (gate) return;
      let open = () => {};
      const promise = new Promise<void>((resolve) => {
        open = resolve;
      });
      gate = { promise, open };
    },
    release,
    async close() {
      release();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function serve(
  path: string,
  range: string | undefined,
  response: ServerResponse,
  bytesPerSecond: number | undefined,
): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) {
    response.writeHead(404).end();
    return;
  }
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
  const start = Number(asked?.[1] ?? 0);
  const end = Math.min(asked?.[2] ? Number(asked[2]) : found.size - 1, found.size - 1);
  if (start > end) {
    response.writeHead(416, { "content-range": `bytes */${found.size}` }).end();
    return;
  }
  response.writeHead(asked ? 206 : 200, {
    "accept-ranges": "bytes",
    "content-length": end - start + 1,
    "content-type": "application/octet-stream",
    ...(asked ? { "content-range": `bytes ${start}-${end}/${found.size}` } : {}),
  });
  const bytes: Readable = createReadStream(path, { start, end, highWaterMark: 16_384 });
  if (bytesPerSecond === undefined) await pipeline(bytes, response);
  else await pipeline(bytes, slowed(bytesPerSecond), response);
}

function slowed(bytesPerSecond: number): Transform {
  return new Transform({
    async transform(chunk: Buffer, _encoding, done) {
      await wait((chunk.length / bytesPerSecond) * 1000);
      done(null, chunk);
    },
  });
}
