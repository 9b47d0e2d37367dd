import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What was asked, as it arrived. */
export interface LoggedRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  /** Path and query, exactly as sent. */
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
  /** What was answered; 0 when nothing was. */
  status: number;
}

/** What goes wrong instead of an answer. */
type Failure =
  /** The connection breaks. */
  | "down"
  /** Nothing comes, until the server is closed. */
  | "slow"
  /** 429 without Retry-After. */
  | "rate-limit"
  /** 502 with an HTML page of something in between. */
  | "html"
  /** 200 with an HTML page. */
  | "html-200"
  /** 200 with JSON that breaks off. */
  | "broken-json"
  /** 200 with JSON of another shape. */
  | "wrong-shape"
  | { status: number; headers?: Record<string, string>; body?: string | Buffer };

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer | object;
}

export interface StandIn {
  /** `http://127.0.0.1:port`. */
  origin: string;
  /** Everything that was asked, oldest first. */
  requests: LoggedRequest[];
  /** The next requests fail, one each, in this order. */
  fail(...next: Failure[]): void;
  /** The same for the next requests whose path starts like this alone. */
  failAt(pathStart: string, ...next: Failure[]): void;
  /** Every request fails like this, until null. */
  failAlways(failure: Failure | null): void;
  close(): Promise<void>;
}

const page = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>";
const failures: Record<Exclude<Failure, "down" | "slow" | object>, Answer> = {
  "rate-limit": { status: 429, body: "Throttle limit reached. Retry later." },
  html: { status: 502, headers: { "content-type": "text/html" }, body: page },
  "html-200": { status: 200, headers: { "content-type": "text/html" }, body: page },
  "broken-json": {
    status: 200,
    headers: { "content-type": "application/json" },
    body: '{"id": 1, "title": "Brok',
  },
  "wrong-shape": { status: 200, body: { unexpected: true } },
};

/**
 * A real HTTP server on 127.0.0.1 that answers like a service far away, or fails like one.
 *
 * @param port 0 for any that is free.
 */
export async function startStandIn(
  answer: (request: LoggedRequest) => Promise<Answer> | Answer,
  { port = 0, requests = [] }: { port?: number | undefined; requests?: LoggedRequest[] } = {},
): Promise<StandIn> {
  const queue: { pathStart: string; failure: Failure }[] = [];
  let always: Failure | null = null;

  const server = createServer(async (incoming, response) => {
    const logged = await read(incoming);
    requests.push(logged);
    const index = queue.findIndex(({ pathStart }) => logged.path.startsWith(pathStart));
    const failure = index === -1 ? always : queue.splice(index, 1)[0]?.failure;
    if (failure === "down") return void incoming.socket.destroy();
    if (failure === "slow") return;
    let given: Answer;
    if (failure) given = typeof failure === "object" ? failure : failures[failure];
    else {
      try {
        given = await answer(logged);
      } catch (error) {
        given = { status: 500, body: `the stand-in itself failed: ${error}` };
      }
    }
    logged.status = given.status;
    write(response, given);
  });
  server.listen(port, "127.0.0.1");
  await new Promise((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (...next) => void queue.push(...next.map((failure) => ({ pathStart: "/", failure }))),
    failAt: (pathStart, ...next) =>
      void queue.push(...next.map((failure) => ({ pathStart, failure }))),
    failAlways: (failure) => {
      always = failure;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function read(incoming: IncomingMessage): Promise<LoggedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = incoming.url ?? "/";
  const parsed = new URL(url, "http://127.0.0.1");
  return {
    method: incoming.method ?? "GET",
    path: parsed.pathname,
    query: Object.fromEntries(parsed.searchParams),
    url,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString("utf8"),
    status: 0,
  };
}

function write(response: ServerResponse, { status, headers = {}, body = "" }: Answer): void {
  const isJson = typeof body === "object" && !Buffer.isBuffer(body);
  const bytes = isJson ? JSON.stringify(body) : body;
  response.writeHead(status, {
    "content-type": isJson ? "application/json;charset=utf-8" : "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(bytes),
    ...headers,
  });
  response.end(bytes);
}
