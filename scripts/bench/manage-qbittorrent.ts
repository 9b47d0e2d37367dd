import { rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** A torrent that goes on for ever: what it is about stands in a row of `downloads`. */
export interface MovingTorrent {
  hash: string;
  tag: string;
  name: string;
  savePath: string;
}

interface Listed extends MovingTorrent {
  category: string;
  progress: number;
  isMoving: boolean;
}

const sizeBytes = 8_000_000_000;
const movesEveryMs = 1000;

async function formOf(request: IncomingMessage): Promise<FormData> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const type = request.headers["content-type"];
  if (!type) return new FormData();
  const body = Buffer.concat(chunks);
  return new Response(body, { headers: { "content-type": type } }).formData();
}

function wireOf(torrent: Listed): object {
  const { hash, tag, name, savePath, category, progress, isMoving } = torrent;
  const any = (below: number) => Math.floor(Math.random() * below);
  const speed = isMoving ? 400_000 + any(400_000) : 0;
  const left = sizeBytes * (1 - progress);
  return {
    ...{ hash, name, category, tags: tag, save_path: savePath, progress, size: sizeBytes },
    ...{ content_path: join(savePath, "film.mkv"), total_size: sizeBytes, dlspeed: speed },
    ...{ infohash_v1: hash, infohash_v2: "", completed: sizeBytes - left, amount_left: left },
    ...{ state: isMoving ? "downloading" : "pausedUP", eta: speed ? Math.round(left / speed) : 0 },
    ...{ added_on: 1_700_000_000, last_activity: 1_700_000_000, force_start: false },
    ...{ num_seeds: 5 + any(3), num_leechs: 2 + any(9), num_complete: 40, num_incomplete: 10 },
    ...{ ratio: progress * 0.3, seq_dl: false, upspeed: any(50_000) },
  };
}

/**
 * Stands in for qBittorrent: lists torrents of which every figure is another one each second, as
 * those of a busy evening are, and lets itself be proven the downloads folder.
 */
export async function startMovingQbittorrent(torrents: readonly MovingTorrent[]) {
  const listed = new Map<string, Listed>(
    torrents.map((torrent, at) => [
      torrent.hash,
      { ...torrent, category: "vigilio", progress: (at % 90) / 100, isMoving: true },
    ]),
  );
  const timer = setInterval(() => {
    for (const torrent of listed.values()) {
      if (torrent.isMoving) torrent.progress = Math.min(0.999, torrent.progress + 0.0001);
    }
  }, movesEveryMs);
  timer.unref();

  async function answer(request: IncomingMessage): Promise<string | object> {
    const { pathname } = new URL(request.url ?? "/", "http://qbittorrent");
    const form = request.method === "POST" ? await formOf(request) : new FormData();
    const text = (name: string) => String(form.get(name) ?? "");
    switch (pathname.replace("/api/v2", "")) {
      case "/app/version":
        return "v4.6.0";
      case "/app/webapiVersion":
        return "2.9.3";
      case "/app/preferences":
      case "/torrents/categories":
        return {};
      case "/torrents/info":
        return [...listed.values()].map(wireOf);
      case "/torrents/files":
      case "/log/main":
        return [];
      case "/torrents/add": {
        const hash = Buffer.from(text("tags")).toString("hex").padEnd(40, "0").slice(-40);
        const given = { hash, tag: text("tags"), name: "check", savePath: text("savepath") };
        listed.set(hash, { ...given, category: text("category"), progress: 1, isMoving: false });
        return "Ok.";
      }
      case "/torrents/delete": {
        const torrent = listed.get(text("hashes"));
        listed.delete(text("hashes"));
        if (torrent && text("deleteFiles") === "true") {
          rmSync(join(torrent.savePath, "vigilio-folder-check"), { force: true });
        }
        return "";
      }
      default:
        return "Ok.";
    }
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (given) => {
        const isText = typeof given === "string";
        response.setHeader("content-type", isText ? "text/plain" : "application/json");
        response.setHeader("set-cookie", "SID=one; HttpOnly; path=/");
        response.end(isText ? given : JSON.stringify(given));
      },
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}
