import { once } from "node:events";
import { createServer } from "node:http";

export interface BadLinks {
  /** http://127.0.0.1:<port>, to be followed by what it shall do: /page, /round, /401 and so on. */
  url: string;
  close(): Promise<void>;
}

/** The far end of a link that does anything but hand out a torrent. */
export async function startBadLinks(): Promise<BadLinks> {
  const server = createServer((request, response) => {
    switch (request.url) {
      case "/page":
        response.setHeader("content-type", "text/html");
        response.end("<!doctype html><title>Sign in</title>");
        break;
      case "/round":
        response.writeHead(302, { location: "/round" }).end();
        break;
      case "/empty":
        response.end();
        break;
      case "/large":
        response.end(Buffer.alloc(11 * 1024 ** 2));
        break;
      case "/slow": {
        // A byte now and then: alive, and never done.
        const timer = setInterval(() => response.write("d"), 500);
        response.on("close", () => clearInterval(timer));
        break;
      }
      default:
        response.writeHead(Number(request.url?.slice(1))).end("no");
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
