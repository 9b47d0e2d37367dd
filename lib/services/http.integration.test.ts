import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type FetchLimits, fetchLimited } from "./http";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: RequestListener): Promise<string> {
  const made = createServer(answer);
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/path?api_key=very-secret`;
}

const limits: FetchLimits = { service: "link", timeoutMs: 5000, maxBytes: 1000 };
const errorOf = (url: string, with_: Partial<FetchLimits> = {}) =>
  fetchLimited(url, {}, { ...limits, ...with_ }).then(
    () => Promise.reject(new Error("nothing failed")),
    (error) => error,
  );

describe("fetchLimited", () => {
  it("gives any status as an answer", async () => {
    const url = await serve((_, response) => response.writeHead(404, { "x-a": "b" }).end("gone"));
    const answer = await fetchLimited(url, {}, limits);
    expect([answer.status, answer.headers.get("x-a"), answer.body.toString()]).toEqual([
      404,
      "b",
      "gone",
    ]);
  });

  it("stops at the limit, whether the length is told or not", async () => {
    const told = await serve((_, response) => response.end(Buffer.alloc(1001)));
    expect(await errorOf(told)).toMatchObject({ fault: "broken", options: { status: 200 } });
    server?.close();
    const endless = await serve((_, response) => {
      const write = () => response.write(Buffer.alloc(500), write);
      write();
    });
    expect(await errorOf(endless)).toMatchObject({ fault: "broken", options: { status: 200 } });
  });

  it("takes exactly as much as the limit", async () => {
    const url = await serve((_, response) => response.end(Buffer.alloc(1000)));
    expect((await fetchLimited(url, {}, limits)).body).toHaveLength(1000);
  });

  it("ends in time when nothing comes, and when a body never ends", async () => {
    const silent = await serve(() => undefined);
    expect(await errorOf(silent, { timeoutMs: 50 })).toMatchObject({ fault: "timeout" });
    server?.closeAllConnections();
    server?.close();
    const stalled = await serve((_, response) => response.write("a"));
    expect(await errorOf(stalled, { timeoutMs: 50 })).toMatchObject({ fault: "timeout" });
  });

  it("is unreachable when refused, and when the connection breaks off in the body", async () => {
    const url = await serve((_, response) => response.end());
    await new Promise((resolve) => server?.close(resolve));
    const refused = await errorOf(url);
    expect(refused).toMatchObject({ fault: "unreachable" });
    expect(refused.message).toContain("ECONNREFUSED");

    const broken = await serve((request, response) => {
      response.writeHead(200, { "content-length": "900" });
      response.write("a", () => request.socket.destroy());
    });
    expect(await errorOf(broken)).toMatchObject({ fault: "unreachable" });
  });

  it("throws a caller's own reason when the caller gives up", async () => {
    const url = await serve(() => undefined);
    const reason = new Error("a person cancelled");
    const controller = new AbortController();
    const waiting = errorOf(url, { signal: controller.signal });
    controller.abort(reason);
    expect(await waiting).toBe(reason);
    expect(await errorOf(url, { signal: AbortSignal.abort(reason) })).toBe(reason);
  });

  it("leaves redirects to the caller when asked to", async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: "/b" }).end());
    const answer = await fetchLimited(url, {}, { ...limits, redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/b"]);
  });

  it("names no address in its errors, which may hold a key", async () => {
    const url = await serve((request) => void request.socket.destroy());
    for (const error of [await errorOf(url), await errorOf("http://[bad/?api_key=very-secret")]) {
      const all = JSON.stringify(error, Object.getOwnPropertyNames(error));
      expect(error).toMatchObject({ fault: "unreachable" });
      expect(all).not.toContain("very-secret");
    }
  });
});
