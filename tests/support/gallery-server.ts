import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { POST as vote } from "@/app/gallery/[id]/vote/route";
import { GET as index } from "@/app/gallery/index.json/route";
import { installPeerHeader, markRequest } from "@/lib/web/peer";

export interface Answered {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Of 127.0.0.0/8: who asks. */
  from?: string;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The public gallery of this process behind a real socket, which knows who asks. */
export async function startGalleryServer({ trustProxy = false } = {}) {
  // From then on the header counts; each request is marked below, by this server's own rule.
  installPeerHeader({ trustProxy: true });
  const server = createServer(async (incoming, outgoing) => {
    markRequest(incoming, { trustProxy });
    const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host}`);
    const { method = "GET" } = incoming;
    const body = method === "POST" ? { body: await bodyOf(incoming) } : {};
    const headers = new Headers(incoming.headers as Record<string, string>);
    const request = new Request(url, { method, headers, ...body });
    const id = /^\/gallery\/([^/]+)\/vote$/.exec(url.pathname)?.[1];
    const isIndex = url.pathname === "/gallery/index.json";
    const answer = isIndex
      ? await index(request, { params: Promise.resolve({}) })
      : id
        ? await vote(request, { params: Promise.resolve({ id }) })
        : new Response("<!DOCTYPE html><title>Vigilio</title>", {
            status: isHome(url) ? 200 : 404,
          });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    ask(path: string, { method = "GET", headers = {}, body, from = "127.0.0.1" }: Ask = {}) {
      return new Promise<Answered>((resolve, reject) => {
        const options = { method, headers, localAddress: from, agent: false };
        const sent = httpRequest(`${origin}${path}`, options, async (response) => {
          const { statusCode: status = 0 } = response;
          resolve({ status, headers: response.headers, text: await bodyOf(response) });
        });
        sent.on("error", reject);
        sent.end(body);
      });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const isHome = (url: URL) => url.pathname === "/" || url.pathname === "/gallery";
