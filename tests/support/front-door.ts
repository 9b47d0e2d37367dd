import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/** A reverse proxy before a Vigilio, which can be shut, and can name another build. */
export interface FrontDoor extends AsyncDisposable {
  url: string;
  /** While it is shut nobody listens behind its address. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** What pages and the worker are told about which build serves them. */
  build: string | null;
}

/** @param target http://127.0.0.1:<port> of the Vigilio. `at`: the port to listen on; 0 for any. */
export async function openFrontDoor(target: string, at = 0): Promise<FrontDoor> {
  const { port: targetPort } = new URL(target);

  function pass(incoming: IncomingMessage, outgoing: ServerResponse) {
    const { method, url, headers } = incoming;
    // Plain bodies, so that a page can be changed on its way.
    const sent = { ...headers, "accept-encoding": "identity" };
    const onward = request(
      { host: "127.0.0.1", port: targetPort, method, path: url, headers: sent },
      (answer) => {
        // Also what a page is drawn anew from.
        const isPage = /text\/(html|x-component)/.test(answer.headers["content-type"] ?? "");
        if (!isPage || !door.build) {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
          return;
        }
        const chunks: Buffer[] = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("end", () => {
          const html = Buffer.concat(chunks).toString("utf8");
          const { "content-length": _, ...kept } = answer.headers;
          outgoing.writeHead(answer.statusCode ?? 502, kept);
          outgoing.end(html.replaceAll(/(\\?"build\\?":\\?")[0-9a-f]{16}/g, `$1${door.build}`));
        });
      },
    );
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  }

  let server = createServer(pass);
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(at);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const { port } = address;
  const door: FrontDoor = {
    url: `http://127.0.0.1:${port}`,
    build: null,
    shut: close,
    async open() {
      server = createServer(pass);
      await listen(port);
    },
    async [Symbol.asyncDispose]() {
      await close();
    },
  };
  return door;
}
