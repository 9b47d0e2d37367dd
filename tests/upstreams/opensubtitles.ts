import { randomBytes } from "node:crypto";
import { films } from "./films";
import { contentOf, type OfferedSubtitle, offeredFor } from "./opensubtitles-library";
import { canonicalQuery, rowsFor } from "./opensubtitles-search";
import { type Answer, type LoggedRequest, type StandIn, startStandIn } from "./server";

/** What the stand-in takes, unless told otherwise. It opens nothing anywhere else. */
export const openSubtitlesAccount = {
  apiKey: "standInConsumerKey0123456789abcd",
  username: "lamplighter",
  password: "correct-horse",
} as const;

export interface OpenSubtitlesStandIn {
  apiUrl: string;
  requests: LoggedRequest[];
  /** The steps in order, such as `login`, `subtitles imdb_id=7000001&languages=en`, `download 1001`, `link 1001`. */
  steps: string[];
  fail: StandIn["fail"];
  failAt: StandIn["failAt"];
  failAlways: StandIn["failAlways"];
  /** Tokens given so far are no longer taken. */
  expireTokens(): void;
  /** Links given so far answer 410. */
  expireLinks(): void;
  /** Downloads left today. */
  setRemaining(downloads: number): void;
  /** What login and download answers name, in place of this server. */
  setNames(names: { baseUrl?: string; linkOrigin?: string }): void;
  close(): Promise<void>;
}

export interface OpenSubtitlesStandInOptions {
  subtitles?: readonly OfferedSubtitle[];
  account?: { apiKey: string; username: string; password: string };
  allowedDownloads?: number;
  /** When downloads are renewed; the last millisecond of today (UTC) when absent. */
  resetAt?: Date;
  port?: number;
}

const loginsPerMinute = 10;
const links = /^\/download\/([0-9a-f]{32})\/subfile\//;

/** An OpenSubtitles.com of invented subtitles on 127.0.0.1, as strict as the real one. */
export async function startOpenSubtitles({
  subtitles = offeredFor(films),
  account = openSubtitlesAccount,
  allowedDownloads = 20,
  resetAt,
  port,
}: OpenSubtitlesStandInOptions = {}): Promise<OpenSubtitlesStandIn> {
  const steps: string[] = [];
  const tokens = new Set<string>();
  const given = new Map<string, OfferedSubtitle>();
  const started = { requests: [] as number[], logins: [] as number[] };
  let names: { baseUrl?: string; linkOrigin?: string } = {};
  let remaining = allowedDownloads;
  let failedLogins = 0;

  const server = await startStandIn((request) => withRate(request, answer), { port });
  const reset = () => (resetAt ?? endOfDay()).toISOString();

  /** Five a second (a sixth is turned away), and one login a second, ten a minute. */
  function withRate(request: LoggedRequest, then: (request: LoggedRequest) => Answer): Answer {
    if (links.test(request.path)) return then(request);
    const isLogin = request.path === "/api/v1/login";
    const limit = isLogin ? 1 : 5;
    const list = isLogin ? started.logins : started.requests;
    const now = Date.now();
    const lastMinute = list.filter((at) => now - at < 60_000);
    const recent = lastMinute.filter((at) => now - at < 1000);
    list.splice(0, list.length, ...lastMinute, now);
    const left = isLogin && lastMinute.length >= loginsPerMinute ? -1 : limit - recent.length - 1;
    const headers = {
      "ratelimit-limit": String(limit),
      "ratelimit-remaining": String(Math.max(0, left)),
      "ratelimit-reset": "1",
      "x-ratelimit-limit-second": String(limit),
      "x-ratelimit-remaining-second": String(Math.max(0, left)),
    };
    if (left < 0) {
      steps.push("turned away");
      return {
        status: 429,
        headers: { ...headers, "retry-after": "1" },
        body: "Throttle limit reached. Retry later.",
      };
    }
    const given = then(request);
    return { ...given, headers: { ...headers, ...given.headers } };
  }

  function answer(request: LoggedRequest): Answer {
    const link = links.exec(request.path)?.[1];
    if (link) return fetchLink(link);
    const { headers, method, path } = request;
    // A name and a version, and neither a library's default nor a browser's.
    const isNamed = /^[A-Z][\w .-]* v\d+(\.\d+)+$/.test(headers["user-agent"] ?? "");
    if (!isNamed || headers["api-key"] !== account.apiKey) {
      return { status: 403, body: { message: "You cannot consume this service" } };
    }
    if (method === "POST" && !headers["content-type"]?.startsWith("application/json")) {
      return { status: 400, headers: { "x-reason": "the body is not JSON" } };
    }
    if (path === "/api/v1/login" && method === "POST") return login(request);
    if (path === "/api/v1/subtitles" && method === "GET") return search(request);
    if (path === "/api/v1/download" && method === "POST") return download(request);
    if (path === "/api/v1/infos/user" && method === "GET") return userInfo(request);
    return { status: 404, body: "not found" };
  }

  function login({ body }: LoggedRequest): Answer {
    const sent = asJson(body);
    steps.push("login");
    if (String(sent.username).includes("@")) {
      return { status: 400, headers: { "x-reason": "username is not an e-mail" } };
    }
    if (sent.username !== account.username || sent.password !== account.password) {
      failedLogins++;
      return {
        status: 401,
        body: {
          message: `Error, invalid username/password failed:${failedLogins} remaining:${Math.max(0, 10 - failedLogins)}  `,
          status: 401,
        },
      };
    }
    failedLogins = 0;
    const token = tokenUntil(Date.now() + 86_400_000);
    tokens.add(token);
    return {
      status: 200,
      body: {
        user: { ...userOf(), user_id: 1 },
        token,
        status: 200,
        base_url: names.baseUrl ?? new URL(server.origin).host,
      },
    };
  }

  const userOf = () => ({
    allowed_translations: 1,
    allowed_downloads: allowedDownloads,
    level: "Sub leecher",
    user_id: 1,
    ext_installed: false,
    vip: false,
  });

  const tokenOf = ({ headers }: LoggedRequest) =>
    /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? null;

  function userInfo(request: LoggedRequest): Answer {
    steps.push("user");
    if (!tokens.has(tokenOf(request) ?? "")) {
      return { status: 401, body: { errors: ["Invalid token"], status: 401 } };
    }
    return {
      status: 200,
      body: {
        data: {
          ...userOf(),
          downloads_count: allowedDownloads - remaining,
          remaining_downloads: remaining,
          username: account.username,
        },
      },
    };
  }

  function search(request: LoggedRequest): Answer {
    const asked = request.url.slice(request.path.length + 1);
    const canonical = canonicalQuery(request.query);
    if (asked !== canonical) {
      steps.push("redirected");
      return { status: 301, headers: { location: `${request.path}?${canonical}` } };
    }
    const token = tokenOf(request);
    if (token !== null && !tokens.has(token)) {
      return { status: 401, body: { errors: ["Invalid token"], status: 401 } };
    }
    steps.push(`subtitles ${canonical}`);
    const { moviehash } = request.query;
    if (moviehash !== undefined && !/^[a-f0-9]{16}$/.test(moviehash)) {
      const reason = "Request parameters does not make sense, moviehash is wrong";
      return { status: 400, headers: { "x-reason": reason } };
    }
    const rows = rowsFor(request.query, subtitles);
    const page = Number(request.query.page ?? 1);
    return {
      status: 200,
      headers: { "cache-control": "public, max-age=86400" },
      body: {
        total_pages: Math.ceil(rows.length / 50),
        total_count: rows.length,
        per_page: 50,
        page,
        data: rows.slice((page - 1) * 50, page * 50),
      },
    };
  }

  function download(request: LoggedRequest): Answer {
    const token = tokenOf(request);
    if (token !== null && !tokens.has(token)) {
      return { status: 401, body: { message: "invalid token", uk: "0", uid: 0, ts: 0 } };
    }
    const fileId = asJson(request.body).file_id;
    steps.push(`download ${fileId}`);
    const offered = subtitles.find((one) => one.fileId === fileId);
    if (!offered) return { status: 406, body: { message: "Invalid file_id. It does not exist." } };
    const times = { reset_time: "a few hours", reset_time_utc: reset() };
    if (remaining <= 0) {
      const message = `You have downloaded your allowed ${allowedDownloads} subtitles for 24h.`;
      return {
        status: 406,
        body: { requests: allowedDownloads, remaining: -1, message, ...times },
      };
    }
    remaining--;
    const id = randomBytes(16).toString("hex");
    given.set(id, offered);
    const origin = names.linkOrigin ?? server.origin;
    return {
      status: 200,
      body: {
        link: `${origin}/download/${id}/subfile/${encodeURIComponent(offered.release)}.srt`,
        file_name: `${offered.release}.srt`,
        requests: allowedDownloads - remaining,
        remaining,
        message: "Your quota will be renewed in a few hours",
        ...times,
        uk: "0",
        uid: 1,
        ts: 0,
      },
    };
  }

  function fetchLink(id: string): Answer {
    const offered = given.get(id);
    steps.push(offered ? `link ${offered.fileId}` : "link gone");
    if (!offered) return { status: 410, body: "The link is invalid or expired" };
    return { status: 200, body: contentOf(offered) };
  }

  return {
    apiUrl: `${server.origin}/api/v1`,
    requests: server.requests,
    steps,
    fail: server.fail,
    failAt: server.failAt,
    failAlways: server.failAlways,
    expireTokens: () => tokens.clear(),
    expireLinks: () => given.clear(),
    setRemaining: (downloads) => {
      remaining = downloads;
    },
    setNames: (next) => {
      names = next;
    },
    close: server.close,
  };
}

function asJson(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function tokenUntil(ms: number): string {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const payload = { exp: Math.floor(ms / 1000), jti: randomBytes(8).toString("hex") };
  return [part({ alg: "HS256", typ: "JWT" }), part(payload), "c3RhbmQtaW4"].join(".");
}

function endOfDay(): Date {
  const end = new Date();
  end.setUTCHours(23, 59, 59, 999);
  return end;
}
