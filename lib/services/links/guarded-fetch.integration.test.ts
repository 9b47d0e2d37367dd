import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { isReachableByAdmin } from "./addresses";
import {
  FetchFault,
  type GuardedRequest,
  guardedFetch,
  headersFor,
  mayEnter,
  privateHostOf,
} from "./guarded-fetch";

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** `127.0.0.1:port` of a server that answers like this. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const limits = { timeoutMs: 10_000, maxBytes: 10_000 };

/** Asks as an admin who typed that host. */
const ask = (host: string, path = "/", more: Partial<GuardedRequest> = {}) =>
  guardedFetch(`http://${host}${path}`, { ...limits, privateHost: host, ...more });

async function faultOf(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FetchFault);
  return (error as FetchFault).kind;
}

describe("an answer", () => {
  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync],
    ["br", brotliCompressSync],
    ["x-gzip, BR", (text: string) => brotliCompressSync(gzipSync(text))],
    ["identity", (text: string) => Buffer.from(text)],
  ])("is unpacked: %s", async (encoding, pack) => {
    const host = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(pack("the lamp"));
    });
    const answer = await ask(host);
    expect(answer).toMatchObject({ kind: "answer", status: 200, body: Buffer.from("the lamp") });
    expect(answer.elapsedMs).toBeGreaterThanOrEqual(0);
  });

  it("is no larger than allowed, unpacked or told before", async () => {
    const large = "x".repeat(limits.maxBytes + 1);
    const host = await serve((request, response) => {
      if (request.url === "/gzip") {
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(large));
      } else if (request.url === "/br") {
        response.writeHead(200, { "content-encoding": "br" }).end(brotliCompressSync(large));
      } else if (request.url === "/told") {
        response.writeHead(200, { "content-length": large.length }).write("x");
      } else if (request.url === "/exact") {
        response.end(large.slice(1));
      } else {
        // Without a length, and without an end.
        const write = () => response.writable && response.write(large.slice(0, 1000), write);
        write();
      }
    });
    for (const path of ["/gzip", "/br", "/told", "/endless"]) {
      expect(await faultOf(ask(host, path)), path).toBe("too-large");
    }
    expect(await ask(host, "/exact")).toMatchObject({ status: 200 });
  });

  it("may be packed as it says, or not be read", async () => {
    const host = await serve((request, response) => {
      const encoding = request.url?.slice(1).replace("-cut", "") ?? "";
      const body = gzipSync("the lamp");
      const isCut = request.url?.endsWith("-cut");
      response
        .writeHead(200, { "content-encoding": encoding })
        .end(isCut ? body.subarray(0, body.length - 12) : "not packed");
    });
    for (const path of ["/gzip", "/br", "/deflate", "/zstd", "/gzip-cut", "/gzip,gzip,gzip"]) {
      expect(await faultOf(ask(host, path)), path).toBe("garbled");
    }
  });

  it("ends in time, also when it never ends itself", async () => {
    const host = await serve((request, response) => {
      if (request.url === "/drip") response.write("x");
    });
    expect(await faultOf(ask(host, "/silent", { timeoutMs: 100 }))).toBe("timeout");
    expect(await faultOf(ask(host, "/drip", { timeoutMs: 100 }))).toBe("timeout");
    const giveUp = new AbortController();
    const asked = ask(host, "/drip", { signal: giveUp.signal });
    giveUp.abort(new Error("gone elsewhere"));
    await expect(asked).rejects.toThrow("gone elsewhere");
    await expect(ask(host, "/", { signal: giveUp.signal })).rejects.toThrow("gone elsewhere");
  });

  it("that isn't there is a fault without the address", async () => {
    const closed = await serve(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const error = await ask(closed, "/?apikey=secret").catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ kind: "unreachable" });
    expect(`${JSON.stringify(error)} ${(error as Error).stack}`).not.toContain("secret");
    expect(await faultOf(guardedFetch("ftp://films.example/", limits))).toBe("address");
    expect(await faultOf(guardedFetch("films", limits))).toBe("address");
  });
});

describe("a redirect", () => {
  it("takes headers along on its own origin, says who asks, and has no cookies", async () => {
    const seen: Record<string, unknown>[] = [];
    const host = await serve((request, response) => {
      seen.push(request.headers);
      if (request.url !== "/") response.end("here");
      else response.writeHead(302, { location: "/next", "set-cookie": "a=b" }).end();
    });
    const headers = { "X-Api-Key": "secret", "user-agent": "Somebody", Cookie: "c=d" };
    expect(await ask(host, "/", { headers })).toMatchObject({ status: 200 });
    expect(seen).toHaveLength(2);
    for (const one of seen) {
      expect(one).toMatchObject({ "x-api-key": "secret", "user-agent": "Vigilio" });
      expect(one).not.toHaveProperty("cookie");
    }
  });

  it("takes no headers along to another origin", () => {
    const first = new URL("https://films.example/api");
    const request = { headers: { authorization: "secret" }, accept: "application/json" };
    const to = (url: string) => headersFor(new URL(url), first, request);
    expect(to("https://films.example/other")).toHaveProperty("authorization", "secret");
    for (const url of [
      "http://films.example/api",
      "https://films.example:8443/api",
      "https://www.films.example/api",
    ]) {
      expect(to(url), url).not.toHaveProperty("authorization");
      expect(to(url), url).toMatchObject({ accept: "application/json", "user-agent": "Vigilio" });
    }
  });

  it("is followed five times and no more, to web addresses and magnets", async () => {
    const host = await serve((request, response) => {
      const [, kind, count = "0"] = request.url?.split("/") ?? [];
      const locations: Record<string, string> = {
        magnet: "magnet:?xt=urn:btih:abc",
        file: "file:///etc/passwd",
        broken: "http://[",
        down: Number(count) > 0 ? `/down/${Number(count) - 1}` : "",
      };
      const location = locations[kind ?? ""];
      if (location) response.writeHead(307, { location }).end();
      else response.writeHead(kind === "bare" ? 302 : 200).end("here");
    });
    expect(await ask(host, "/down/5")).toMatchObject({ status: 200, body: Buffer.from("here") });
    expect(await faultOf(ask(host, "/down/6"))).toBe("redirects");
    expect(await ask(host, "/magnet")).toMatchObject({ magnet: "magnet:?xt=urn:btih:abc" });
    expect(await faultOf(ask(host, "/file"))).toBe("elsewhere");
    expect(await faultOf(ask(host, "/broken"))).toBe("elsewhere");
    expect(await ask(host, "/bare")).toMatchObject({ kind: "answer", status: 302 });
  });

  it("is an answer to what is sent, which goes no further", async () => {
    const got: string[] = [];
    const host = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method, url, headers } = request;
      got.push([method, url, headers["content-type"], Buffer.concat(chunks)].join(" "));
      response.writeHead(url === "/on" ? 307 : 200, { location: "/there" }).end("taken");
    });
    const post = { type: "application/json", body: '{"up":true}' };
    expect(await ask(host, "/here", { post })).toMatchObject({
      ...{ status: 200, url: `http://${host}/here`, body: Buffer.from("taken") },
    });
    expect(await ask(host, "/on", { post })).toMatchObject({ status: 307 });
    expect(await ask(host, "/on")).toMatchObject({ status: 200, url: `http://${host}/there` });
    expect(got).toEqual([
      'POST /here application/json {"up":true}',
      'POST /on application/json {"up":true}',
      "GET /on  ",
      "GET /there  ",
    ]);
  });

  it("never leads into the own network, nor back into it", async () => {
    let asked = 0;
    const own = await serve((_, response) => {
      asked += 1;
      response.end("secret");
    });
    const host = await serve((request, response) => {
      response.writeHead(302, { location: request.url?.slice(1) ?? "" }).end();
    });
    for (const location of [
      `http://${own}/`,
      `http://localhost:${own.split(":")[1]}/`,
      "http://169.254.169.254/latest/meta-data/",
      "http://[::ffff:169.254.169.254]/",
      "http://0x7f.1/",
      "http://2130706433/",
    ]) {
      expect(await faultOf(ask(host, `/${location}`)), location).toBe("private");
    }
    expect(asked).toBe(0);
  });
});

describe("the own network", () => {
  it("is there for the host that an admin typed, and for nobody else", async () => {
    const host = await serve((_, response) => response.end("here"));
    const local = host.replace("127.0.0.1", "localhost");
    expect(await ask(local)).toMatchObject({ status: 200 });
    // A socket that was opened for an admin would be here still, if it were kept.
    expect(await faultOf(guardedFetch(`http://${local}/`, limits))).toBe("private");
    expect(await faultOf(ask(local, "/", { privateHost: "localhost:1" }))).toBe("private");
    expect(await faultOf(ask(host, "/", { privateHost: local }))).toBe("private");
  });

  it("is closed once another host sent the request on, also to that host", () => {
    expect(mayEnter(["nas:9117", "nas:9117"], "nas:9117")).toBe(true);
    expect(mayEnter(["films.example", "nas:9117"], "nas:9117")).toBe(false);
    expect(mayEnter(["nas:9117", "films.example", "nas:9117"], "nas:9117")).toBe(false);
    expect(mayEnter(["nas:9117"], null)).toBe(false);
  });

  it("has no link-local addresses in it", async () => {
    for (const typed of ["169.254.169.254", "[fe80::1]", "0.0.0.0:1", "[::ffff:a9fe:a9fe]"]) {
      expect(await faultOf(ask(typed)), typed).toBe("private");
    }
    expect(["10.0.0.1", "fd00::1", "::1", "100.64.0.1", "1.1.1.1"].every(isReachableByAdmin)).toBe(
      true,
    );
    expect(["fe80::1", "224.0.0.1", "films.example"].some(isReachableByAdmin)).toBe(false);
  });

  it("is told from an address", async () => {
    expect(await privateHostOf("http://127.0.0.1:9117/api")).toBe("127.0.0.1:9117");
    expect(await privateHostOf("http://localhost/api")).toBe("localhost");
    expect(await privateHostOf("http://[::1]:9117/")).toBe("[::1]:9117");
    expect(await privateHostOf("https://1.1.1.1/")).toBe(null);
    expect(await privateHostOf("http://169.254.169.254/")).toBe(null);
    expect(await privateHostOf("http://nowhere.invalid/")).toBe(null);
    expect(await privateHostOf("nothing")).toBe(null);
  });
});
