import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { isPublicAddress } from "./addresses";
import { fetchTorrent, maxTorrentBytes } from "./fetch-torrent";

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The code of the refusal for the field `source`. */
async function refusal(link: string, allowPrivate = true): Promise<string | undefined> {
  const error = await fetchTorrent(link, { allowPrivate }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return (error as AppError).fields?.source?.code;
}

describe("a link to a .torrent", () => {
  it("is fetched, also behind redirects", async () => {
    const base = await serve((request, response) => {
      if (request.url === "/a") response.writeHead(302, { location: "/b" }).end();
      else response.end("d4:infodee");
    });
    const found = await fetchTorrent(`${base}/a`, { allowPrivate: true });
    expect(found).toEqual({ kind: "file", bytes: Buffer.from("d4:infodee") });
  });

  it("may lead to a magnet", async () => {
    const magnet = `magnet:?xt=urn:btih:${"a".repeat(40)}`;
    const base = await serve((_, response) => response.writeHead(301, { location: magnet }).end());
    expect(await fetchTorrent(base, { allowPrivate: true })).toEqual({ kind: "magnet", magnet });
  });

  it("is refused in words for what it did instead", async () => {
    const base = await serve((request, response) => {
      const status = Number(request.url?.slice(1));
      if (status) response.writeHead(status).end("no");
      else if (request.url === "/page") response.end("\n<!DOCTYPE html><title>Sign in</title>");
      else if (request.url === "/round") response.writeHead(302, { location: "/round" }).end();
      else if (request.url === "/file")
        response.writeHead(302, { location: "file:///etc/passwd" }).end();
      else if (request.url === "/cut")
        response.writeHead(200, { "content-length": "10" }).write("abc", () => response.destroy());
      else if (request.url === "/large") {
        response.write(Buffer.alloc(maxTorrentBytes));
        response.end("more");
      } else response.end();
    });
    const codes = await Promise.all(
      ["401", "500", "page", "round", "file", "cut", "large", "empty"].map((path) =>
        refusal(`${base}/${path}`),
      ),
    );
    expect(codes).toEqual([
      "link-forbidden",
      "link-status",
      "link-is-a-page",
      "link-redirects",
      "link-malformed",
      "link-unreachable",
      "link-too-large",
      "link-empty",
    ]);
    expect(await refusal("http://127.0.0.1:1/x")).toBe("link-unreachable");
    expect(await refusal("ftp://example.org/x")).toBe("link-malformed");
    expect(await refusal("not a link")).toBe("link-malformed");
  });

  it("never leads anybody but an admin into a private network", async () => {
    const base = await serve((_, response) => response.end("d4:infodee"));
    expect(await refusal(base, false)).toBe("link-private");
    expect(await refusal(base.replace("127.0.0.1", "localhost"), false)).toBe("link-private");
    expect(await refusal("http://[::1]:1/x", false)).toBe("link-private");
  });
});

it("knows the addresses that are not the public internet", () => {
  for (const address of [
    "10.0.0.1",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:a9fe:a9fe",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fec0::1",
    "224.0.0.1",
  ]) {
    expect(isPublicAddress(address), address).toBe(false);
  }
  for (const address of ["1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1"]) {
    expect(isPublicAddress(address), address).toBe(true);
  }
});
