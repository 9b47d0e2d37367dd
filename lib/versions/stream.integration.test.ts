import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer, get, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type StreamOutcome, streamFile } from "./stream";

const dir = mkdtempSync(join(tmpdir(), "vigilio-stream-"));
const path = join(dir, "movie.mp4");
// Longer than three buffers and not a multiple of one.
const content = randomBytes(7 * 1024 * 1024 + 12_345);
const outcomes: Promise<StreamOutcome>[] = [];
let downloadName: string | undefined;

const server = createServer((incoming, response) => {
  const outcome = streamFile(incoming, response, {
    versionId: "0123456789abcdef",
    path: join(dir, incoming.url?.slice(1) ?? ""),
    contentType: "video/mp4",
    downloadName,
  });
  outcomes.push(outcome);
  void outcome.then((how) => {
    if (how !== "missing") return;
    response.statusCode = 404;
    response.end();
  });
});
let port = 0;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
  outcomes.length = 0;
  downloadName = undefined;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  rmSync(dir, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

async function ask(
  headers: Record<string, string> = {},
  method = "GET",
  file = "movie.mp4",
): Promise<Answer> {
  const sent = request({ host: "127.0.0.1", port, path: `/${file}`, method, headers }).end();
  const [incoming] = (await once(sent, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}

/** Descriptors of this process that lie on the file. */
function openCount(): number {
  return readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(path);
    } catch {
      return false;
    }
  }).length;
}

describe("streamFile", () => {
  it("sends the whole file", async () => {
    const { status, headers, body } = await ask();
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "video/mp4",
      "content-length": String(content.length),
      "accept-ranges": "bytes",
      "cache-control": "private, no-cache, no-transform",
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      "last-modified": expect.stringMatching(/ GMT$/),
    });
    expect(headers["content-disposition"]).toBeUndefined();
    expect(body.equals(content)).toBe(true);
    expect(await outcomes[0]).toBe("sent");
    expect(openCount()).toBe(0);
  });

  it.each([
    ["bytes=0-0", 0, 1],
    ["bytes=100-", 100, content.length],
    ["bytes=2097151-2097152", 2_097_151, 2_097_153],
    ["bytes=1000000-6000000", 1_000_000, 6_000_001],
    ["bytes=-5", content.length - 5, content.length],
    ["bytes=7000000-99999999", 7_000_000, content.length],
  ])("sends one range: %s", async (range, start, end) => {
    const { status, headers, body } = await ask({ range });
    expect(status).toBe(206);
    expect(headers["content-range"]).toBe(`bytes ${start}-${end - 1}/${content.length}`);
    expect(headers["content-length"]).toBe(String(end - start));
    expect(body.equals(content.subarray(start, end))).toBe(true);
  });

  it("sends several ranges as parts, in the order asked for", async () => {
    const asked: [number, number][] = [
      [5_000_000, 7_200_000],
      [0, 9],
      [3_000_000, 3_000_999],
    ];
    const range = `bytes=${asked.map(([first, last]) => `${first}-${last}`).join(", ")}`;
    const { status, headers, body } = await ask({ range });
    expect(status).toBe(206);
    expect(headers["content-range"]).toBeUndefined();
    const boundary = /^multipart\/byteranges; boundary=([0-9a-f]{30})$/.exec(
      headers["content-type"] ?? "",
    )?.[1];
    const expected = asked.flatMap(([first, last], index) => [
      Buffer.from(
        `${index === 0 ? "" : "\r\n"}--${boundary}\r\nContent-Type: video/mp4\r\n` +
          `Content-Range: bytes ${first}-${last}/${content.length}\r\n\r\n`,
      ),
      content.subarray(first, last + 1),
    ]);
    expected.push(Buffer.from(`\r\n--${boundary}--\r\n`));
    expect(body.equals(Buffer.concat(expected))).toBe(true);
    expect(headers["content-length"]).toBe(String(body.length));
  });

  it("says 416 and how long the file is when a range lies past the end", async () => {
    const { status, headers, body } = await ask({ range: `bytes=${content.length}-` });
    expect(status).toBe(416);
    expect(headers["content-range"]).toBe(`bytes */${content.length}`);
    expect(body.length).toBe(0);
  });

  it("answers HEAD like GET without a body, and takes no range for it", async () => {
    const { status, headers, body } = await ask({ range: "bytes=0-9" }, "HEAD");
    expect(status).toBe(200);
    expect(headers["content-length"]).toBe(String(content.length));
    expect(headers["content-type"]).toBe("video/mp4");
    expect(body.length).toBe(0);
  });

  it("answers 304 to who has it, 412 to who wants another", async () => {
    const first = await ask({}, "HEAD");
    const etag = first.headers.etag ?? "";
    const modified = first.headers["last-modified"] ?? "";
    const same = await ask({ "if-none-match": etag, range: "bytes=0-9" });
    expect([same.status, same.headers.etag, same.body.length]).toEqual([304, etag, 0]);
    expect((await ask({ "if-modified-since": modified })).status).toBe(304);
    expect((await ask({ "if-match": '"other"' })).status).toBe(412);
    expect((await ask({ "if-match": etag, range: "bytes=0-9" })).status).toBe(206);
  });

  it("sends the range only when If-Range names this very file, else the whole", async () => {
    const { headers } = await ask({}, "HEAD");
    const range = "bytes=0-9";
    const etag = headers.etag ?? "";
    const modified = headers["last-modified"] ?? "";
    expect((await ask({ range, "if-range": etag })).status).toBe(206);
    expect((await ask({ range, "if-range": modified })).status).toBe(206);
    const other = await ask({ range, "if-range": '"other"' });
    expect([other.status, other.body.length]).toEqual([200, content.length]);

    writeFileSync(`${path}.new`, content.subarray(1));
    renameSync(`${path}.new`, path);
    const changed = await ask({ range, "if-range": etag });
    expect([changed.status, changed.body.length]).toEqual([200, content.length - 1]);
  });

  it("names a download after the movie", async () => {
    downloadName = 'Amélie: "1/2" 千と千尋\n.mp4';
    const { headers } = await ask({}, "HEAD");
    expect(headers["content-disposition"]).toBe(
      "attachment; filename=\"Amelie 1 2 _ .mp4\"; filename*=UTF-8''" +
        "Am%C3%A9lie%201%202%20%E5%8D%83%E3%81%A8%E5%8D%83%E5%B0%8B%20.mp4",
    );
  });

  it("leaves it to the caller to say that nothing is there", async () => {
    expect((await ask({}, "GET", "other.mp4")).status).toBe(404);
    expect((await ask({}, "GET", "movie.mp4/x")).status).toBe(404);
    expect((await ask({}, "GET", "")).status).toBe(404);
  });

  it("ends reading and closes the file when the client goes away", async () => {
    for (let round = 0; round < 20; round += 1) {
      const sent = get({ host: "127.0.0.1", port, path: "/movie.mp4" });
      const [incoming] = (await once(sent, "response")) as [IncomingMessage];
      await once(incoming, "readable");
      incoming.destroy();
    }
    expect(await Promise.all(outcomes)).toEqual(Array.from({ length: 20 }, () => "aborted"));
    expect(openCount()).toBe(0);
  });

  it("keeps bytes apart when streams that share buffers run beside each other", async () => {
    const ranges = Array.from({ length: 12 }, (_, index) => [index * 500_000, content.length - 1]);
    const bodies = await Promise.all(
      ranges.map(([first, last], index) => {
        // Some leave early, so that their buffers go back while others run.
        if (index % 3 === 0) {
          const early = get({ host: "127.0.0.1", port, path: "/movie.mp4" });
          early.on("response", (incoming) => incoming.once("data", () => early.destroy()));
        }
        return ask({ range: `bytes=${first}-${last}` });
      }),
    );
    for (const [index, { body }] of bodies.entries()) {
      expect(body.equals(content.subarray(index * 500_000))).toBe(true);
    }
  });

  it("waits for a slow reader instead of filling the memory", async () => {
    const sent = get({ host: "127.0.0.1", port, path: "/movie.mp4", agent: false });
    const [incoming] = (await once(sent, "response")) as [IncomingMessage];
    await once(incoming, "readable");
    // Nothing is read here: what does not fit into the sockets stays in the file.
    expect(openCount()).toBe(1);
    incoming.resume();
    await once(incoming, "end");
    expect(await outcomes[0]).toBe("sent");
  });

  it("breaks the connection off when the file ends before its time", async () => {
    const sent = get({ host: "127.0.0.1", port, path: "/movie.mp4", agent: false });
    const [incoming] = (await once(sent, "response")) as [IncomingMessage];
    truncateSync(path, 2_200_000);
    incoming.resume();
    const [error] = (await once(incoming, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNRESET");
    expect(await outcomes[0]).toBe("aborted");
    expect(openCount()).toBe(0);
  });
});
