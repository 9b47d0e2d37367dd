import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { UpstreamError } from "@/lib/errors";
import { startQbittorrent } from "@/tests/support/qbittorrent";
import { until } from "@/tests/support/until";
import { createQbittorrent } from "./client";

/** The far end of the socket: what it is asked, and what it answers. */
interface FarEnd {
  url: string;
  calls: string[];
  logins: number;
}
type Answer = (
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
) => void;

let server: Server | null = null;

async function farEnd(answer: Answer): Promise<FarEnd> {
  const end: FarEnd = { url: "", calls: [], logins: 0 };
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = (request.url ?? "").replace("/qb/api/v2", "");
    end.calls.push(`${request.method} ${path.split("?")[0]}`);
    if (path === "/auth/login") end.logins += 1;
    answer(path, request, response, Buffer.concat(chunks).toString("utf8"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  end.url = `http://127.0.0.1:${address.port}/qb/`;
  return end;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

const clientOf = ({ url }: { url: string }, timeoutMs = 2000) =>
  createQbittorrent({ url, username: "me", password: "secret", timeoutMs });

/** A qBittorrent whose only sessions are `cookies`. */
function sessions(cookies: string[], version: string, rest: Answer): Answer {
  return (path, request, response, body) => {
    if (path === "/auth/login") {
      const cookie = `QBT_SID_8080=a+b/${cookies.length}=`;
      cookies.push(cookie);
      response.writeHead(204, { "set-cookie": `${cookie}; HttpOnly; path=/` }).end();
    } else if (!cookies.includes(request.headers.cookie ?? ""))
      response.writeHead(403).end("Forbidden");
    else if (path === "/app/webapiVersion") response.end(version);
    else rest(path, request, response, body);
  };
}

async function faultOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "none";
  } catch (error) {
    return error instanceof UpstreamError ? error.fault : String(error);
  }
}

describe("signing in", () => {
  it.each([
    ["up to 5.1", 200, "Fails."],
    ["from 5.2 on", 401, "Unauthorized"],
  ])("tries a refused password once and never again (%s)", async (_, status, text) => {
    const end = await farEnd((path, _request, response) => {
      if (path === "/auth/login") response.writeHead(status).end(text);
      else response.writeHead(403).end("Forbidden");
    });
    const client = clientOf(end);
    const faults = await Promise.all([1, 2, 3].map(() => faultOf(client.snapshot())));
    faults.push(await faultOf(client.check()), await faultOf(client.findByTag("x")));
    expect(faults).toEqual(Array(5).fill("credentials"));
    expect(end.logins).toBe(1);
  });

  it("tells a host name that is not taken from a wrong password", async () => {
    const end = await farEnd((_path, _request, response) => response.writeHead(401).end());
    expect(await faultOf(clientOf(end).check())).toBe("refused");
  });

  it("waits out a ban instead of asking on", async () => {
    const end = await farEnd((_path, _request, response) =>
      response
        .writeHead(403)
        .end("Your IP address has been banned after too many failed attempts."),
    );
    const client = clientOf(end);
    const error = await client.check().catch((thrown: UpstreamError) => thrown);
    expect(error).toMatchObject({ fault: "rate-limited", options: { retryAt: expect.any(Date) } });
    expect(await faultOf(client.check())).toBe("rate-limited");
    expect(end.logins).toBe(1);
  });

  it("signs in once for many calls, keeping a cookie of any name as it came", async () => {
    const cookies: string[] = [];
    const end = await farEnd(
      sessions(cookies, "2.16.2", (_path, _request, response) => response.end("[]")),
    );
    const client = clientOf(end);
    await Promise.all([1, 2, 3, 4].map((n) => client.findByTag(`t${n}`)));
    expect(end.logins).toBe(1);
    cookies.length = 0;
    await Promise.all([1, 2, 3, 4].map((n) => client.findByTag(`t${n}`)));
    expect(end.logins).toBe(2);
    expect(end.calls.filter((call) => call === "GET /app/webapiVersion")).toHaveLength(2);
  });

  it("replays a call once, not for ever", async () => {
    const end = await farEnd((path, _request, response) => {
      if (path === "/auth/login") response.end("Ok.");
      else if (path === "/app/webapiVersion") response.end("2.11.4");
      else response.writeHead(403).end("Forbidden");
    });
    expect(await faultOf(clientOf(end).findByTag("x"))).toBe("refused");
    expect(end.logins).toBe(2);
    expect(end.calls.filter((call) => call === "GET /torrents/info")).toHaveLength(2);
  });
});

describe("names that version 5 changed", () => {
  const hash = "a".repeat(40);

  it.each([
    ["2.8.19", "POST /torrents/pause", "POST /torrents/resume"],
    ["2.11.2", "POST /torrents/stop", "POST /torrents/start"],
  ])("WebUI API %s", async (version, stop, start) => {
    const end = await farEnd(sessions([], version, (_path, _request, response) => response.end()));
    const client = clientOf(end);
    await client.stop(hash);
    await client.start(hash);
    expect(end.calls.slice(2)).toEqual([stop, start]);
  });

  it("follows an upgrade under a running session", async () => {
    const cookies: string[] = [];
    let version = "2.8.19";
    const end = await farEnd((path, request, response, body) =>
      sessions(cookies, version, (at, _request, answer) => {
        answer.writeHead(version === "2.11.4" && at === "/torrents/pause" ? 404 : 200).end();
      })(path, request, response, body),
    );
    const client = clientOf(end);
    await client.stop(hash);
    cookies.length = 0;
    version = "2.11.4";
    await client.stop(hash);
    expect(end.calls.at(-1)).toBe("POST /torrents/stop");
  });

  it("does not take an unknown call for a success", async () => {
    const end = await farEnd(
      sessions([], "2.11.4", (_path, _request, response) => response.writeHead(404).end()),
    );
    expect(await faultOf(clientOf(end).stop(hash))).toBe("not-found");
  });
});

describe("adding", () => {
  const request = {
    magnet: `magnet:?xt=urn:btih:${"a".repeat(40)}`,
    tag: "vigilio-1",
    category: "vigilio",
    savePath: "/data/downloads/1",
  };
  const row = {
    added_on: 1,
    amount_left: 0,
    category: "vigilio",
    completed: 0,
    content_path: "",
    dlspeed: 0,
    eta: 8_640_000,
    force_start: false,
    hash: "a".repeat(40),
    infohash_v1: "a".repeat(40),
    last_activity: 0,
    infohash_v2: "",
    name: "x",
    num_complete: 0,
    num_incomplete: 0,
    num_leechs: 0,
    num_seeds: 0,
    progress: 0,
    ratio: 0,
    save_path: "/remote/downloads/1",
    seq_dl: false,
    size: 0,
    state: "metaDL",
    tags: "vigilio-1",
    total_size: -1,
    upspeed: 0,
  };

  it("waits until it is listed, in the paths of both sides", async () => {
    let asked = 0;
    let sent = "";
    const end = await farEnd(
      sessions([], "2.8.19", (path, _request, response, body) => {
        if (path === "/torrents/add") {
          sent = body;
          response.end("Ok.");
        } else {
          asked += 1;
          response.end(JSON.stringify(asked < 3 ? [] : [row]));
        }
      }),
    );
    const client = createQbittorrent({
      url: end.url,
      username: "me",
      password: "secret",
      pathMap: [{ remote: "/remote", local: "/data" }],
    });
    const { torrent, isDuplicate } = await client.add(request);
    expect(asked).toBe(3);
    expect(isDuplicate).toBe(false);
    expect(torrent).toMatchObject({
      state: "metadata",
      isComplete: false,
      hasMetadata: false,
      savePath: "/data/downloads/1",
    });
    const fields = Object.fromEntries(
      [...sent.matchAll(/name="(\w+)"\r\n\r\n(.*)\r\n/g)].map((found) => [found[1], found[2]]),
    );
    expect(fields).toMatchObject({
      urls: request.magnet,
      savepath: "/remote/downloads/1",
      stopCondition: "MetadataReceived",
      paused: "false",
      stopped: "false",
      autoTMM: "false",
      tags: "vigilio-1",
      category: "vigilio",
    });
  });

  it.each([
    ["up to 5.1", 200, "Fails."],
    ["from 5.2 on", 409, "Conflict"],
    ["counted", 200, `{"failure_count":1,"pending_count":0,"success_count":0}`],
  ])("tells a duplicate from what it can't add (%s)", async (_, status, text) => {
    let rows = [{ ...row, tags: "another" }];
    const end = await farEnd(
      sessions([], "2.16.2", (path, _request, response) => {
        if (path === "/torrents/add") response.writeHead(status).end(text);
        else response.end(JSON.stringify(rows));
      }),
    );
    const client = clientOf(end);
    const hashes = { infoHashV1: row.infohash_v1, infoHashV2: null };
    expect(await client.add({ ...request, ...hashes })).toMatchObject({ isDuplicate: true });
    rows = [];
    expect(await faultOf(client.add({ ...request, ...hashes }))).toBe("refused");
  });

  it("hands over nothing that qBittorrent would fetch by itself", async () => {
    const client = clientOf({ url: "http://127.0.0.1:9" });
    for (const magnet of [
      "file:///etc/passwd",
      "http://x/a.torrent",
      `${request.magnet}\nhttp://x`,
    ]) {
      await expect(client.add({ ...request, magnet })).rejects.toThrow(TypeError);
    }
    await expect(client.add({ ...request, tag: "a,b" })).rejects.toThrow(TypeError);
    await expect(client.add({ ...request, savePath: "here" })).rejects.toThrow(TypeError);
  });
});

describe("answers that are none", () => {
  it.each<[string, Answer, string]>([
    ["a proxy's page", (_p, _q, response) => response.writeHead(502).end("<html>"), "broken"],
    ["a page with 200", (_p, _q, response) => response.end("<!doctype html>"), "broken"],
    ["another server", (_p, _q, response) => response.writeHead(404).end(), "not-found"],
    [
      "a redirect",
      (_p, _q, response) => response.writeHead(301, { location: "/x" }).end(),
      "broken",
    ],
    ["silence", () => {}, "timeout"],
    ["a closed connection", (_p, request) => request.socket.destroy(), "unreachable"],
  ])("%s", async (_, answer, fault) => {
    expect(await faultOf(clientOf(await farEnd(answer), 300).check())).toBe(fault);
  });

  it("says nothing of the password, whatever goes wrong", async () => {
    const end = await farEnd((_path, _request, response) => response.writeHead(500).end("secret"));
    const error = await clientOf(end)
      .check()
      .catch((thrown: Error) => thrown);
    expect(JSON.stringify([error, String(error)])).not.toContain("secret");
  });
});

it("goes on by itself after a real qBittorrent was killed and lost its sessions", async () => {
  const real = await startQbittorrent();
  try {
    await real.client.check();
    const before = real.pid;
    process.kill(before ?? 0, "SIGKILL");
    await until("it answers again", async () => {
      return real.pid !== before && (await faultOf(real.client.snapshot())) === "none";
    });
    expect(await real.client.check()).toMatchObject({ isSupported: true });
  } finally {
    await real.stop();
  }
});

it("tries a wrong password on a real qBittorrent exactly once", async () => {
  const real = await startQbittorrent();
  try {
    const client = createQbittorrent({ url: real.url, username: "vigilio", password: "wrong" });
    for (let n = 0; n < 3; n += 1) expect(await faultOf(client.snapshot())).toBe("credentials");
    expect(await faultOf(real.client.check())).toBe("none");
  } finally {
    await real.stop();
  }
});
