import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { installPeerHeader, isLoopbackVisitor, markRequest, peerAddress } from "./peer";

const server = createServer((incoming, response) => response.end(JSON.stringify(incoming.headers)));
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** What a handler sees of a request over a real socket. */
async function seen(headers: Record<string, string>): Promise<IncomingHttpHeaders> {
  if (!server.listening) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  }
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, headers, agent: false }, (response) => {
      let text = "";
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () => resolve(JSON.parse(text)));
    });
    sent.on("error", reject);
    sent.end();
  });
}

const asHeaders = (headers: IncomingHttpHeaders) => new Headers(headers as Record<string, string>);

describe("a process that marks its requests", () => {
  test("knows nobody before", async () => {
    const headers = asHeaders(await seen({ "x-vigilio-peer": "127.0.0.1", host: "localhost" }));
    expect(peerAddress(headers)).toBeNull();
    expect(isLoopbackVisitor(headers)).toBe(false);
  });

  test("writes the peer over what a client claims, and drops what it says about forwarding", async () => {
    installPeerHeader({ trustProxy: false });
    installPeerHeader({ trustProxy: true });
    const plain = await seen({ "x-vigilio-peer": "192.0.2.9", host: "localhost:3000" });
    expect(plain["x-vigilio-peer"]).toBe("127.0.0.1");
    expect(plain["x-vigilio-proxied"]).toBeUndefined();
    expect(isLoopbackVisitor(asHeaders(plain))).toBe(true);

    const proxied = await seen({
      host: "localhost:3000",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": "evil.test",
      "x-vigilio-proxied": "",
    });
    expect(proxied["x-forwarded-for"]).toBeUndefined();
    expect(proxied["x-forwarded-host"]).toBeUndefined();
    expect(isLoopbackVisitor(asHeaders(proxied))).toBe(false);
  });

  test.each([
    ["localhost", true],
    ["LOCALHOST:3000", true],
    ["127.0.0.1:3000", true],
    ["[::1]:3000", true],
    ["vigilio.lan", false],
    ["127.0.0.1.evil.test", false],
    ["localhost.evil.test", false],
  ])("a visitor to %s is at this machine: %s", async (host, is) => {
    expect(isLoopbackVisitor(asHeaders(await seen({ host })))).toBe(is);
  });
});

function marked(
  headers: IncomingHttpHeaders,
  options: { trustProxy: boolean; remoteAddress?: string; httpVersion?: string },
): IncomingHttpHeaders {
  const { remoteAddress = "127.0.0.1", httpVersion = "1.1" } = options;
  const incoming = { headers, httpVersion, socket: { remoteAddress } };
  markRequest(incoming as Parameters<typeof markRequest>[0], options);
  return headers;
}

describe("behind a proxy that is trusted", () => {
  test("the peer is the last of the chain, which our proxy wrote", () => {
    const chain = "127.0.0.1, 198.51.100.4";
    const headers = marked({ "x-forwarded-for": chain }, { trustProxy: true });
    expect(headers["x-vigilio-peer"]).toBe("198.51.100.4");
    expect(headers["x-forwarded-for"]).toBe(chain);
    expect(headers["x-vigilio-proxied"]).toBe("1");
  });
});

test.each([
  [{ via: "1.1 proxy" }],
  [{ forwarded: "for=192.0.2.1" }],
  [{ "x-real-ip": "192.0.2.1" }],
])("%o tells of a proxy", (headers) => {
  expect(marked(headers, { trustProxy: false })["x-vigilio-proxied"]).toBe("1");
});

test("a proxy that adds nothing is known by its HTTP/1.0", () => {
  const headers = marked({}, { trustProxy: false, httpVersion: "1.0" });
  expect(headers["x-vigilio-proxied"]).toBe("1");
});

test("IPv4 in IPv6's clothes is IPv4", () => {
  const headers = marked({}, { trustProxy: false, remoteAddress: "::ffff:192.0.2.1" });
  expect(headers["x-vigilio-peer"]).toBe("192.0.2.1");
});
