import { UpstreamError, type UpstreamFault } from "@/lib/errors";
import { type FetchedAnswer, fetchLimited } from "@/lib/services/http";
import { wireApiVersion } from "./wire";

export interface Call {
  method: "GET" | "POST";
  /** Below /api/v2, with its slash. */
  path: string;
  query?: Record<string, string | number> | undefined;
  body?: URLSearchParams | FormData | undefined;
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Statuses above 299 that the caller reads itself. */
  accepts?: number[];
  /** False when sending it twice does something else than sending it once. */
  isRepeatable?: boolean;
}

/** A list of thousands of torrents with every field is some megabytes. */
const maxAnswerBytes = 64 * 1024 * 1024;
/** While qBittorrent has banned this address, a login only fails. It bans for an hour by default. */
const banPauseMs = 5 * 60_000;

/**
 * One signed-in connection to a qBittorrent: keeps the cookie under whatever name it has, signs in
 * once when the session is gone, and never tries a refused password again (five failures ban the
 * address, and behind a NAT everybody with it).
 */
export class QbittorrentSession {
  readonly #base: string;
  #cookie: string | null = null;
  #signedIn = false;
  #login: Promise<void> | null = null;
  #refused: UpstreamError | null = null;
  #bannedUntil = 0;
  /** Counts the logins: what belongs to a session on the far side ends when it changes. */
  generation = 0;
  /** Of the WebUI API, such as 2.8.19; read again after each login. */
  apiVersion = "0";

  constructor(
    readonly options: { url: string; username: string; password: string; timeoutMs: number },
  ) {
    this.#base = `${options.url.replace(/\/+$/, "")}/api/v2`;
  }

  /**
   * Sends one call and answers with a 2xx (or one of `accepts`).
   *
   * @throws UpstreamError
   */
  async send(call: Call): Promise<FetchedAnswer> {
    await this.ready();
    const generation = this.generation;
    const first = await this.#fetch(call);
    if (first.status !== 403) return judge(call, first);
    this.#noteBan(first);
    // Another call may have found the session gone before and signed in meanwhile.
    if (generation === this.generation) await this.signIn();
    return judge(call, await this.#fetch(call));
  }

  /** Signs in unless that was done before. @throws UpstreamError */
  async ready(): Promise<void> {
    if (!this.#signedIn) await this.signIn();
  }

  /** Signs in; calls at the same time share one attempt. @throws UpstreamError */
  async signIn(): Promise<void> {
    if (this.#refused) throw this.#refused;
    if (this.#bannedUntil > Date.now()) throw bannedError(new Date(this.#bannedUntil));
    this.#login ??= this.#signIn().finally(() => {
      this.#login = null;
    });
    await this.#login;
  }

  async #signIn(): Promise<void> {
    const { username, password } = this.options;
    this.#cookie = null;
    const call: Call = {
      method: "POST",
      path: "/auth/login",
      body: new URLSearchParams({ username, password }),
      isRepeatable: false,
    };
    const answer = await this.#fetch(call);
    if (answer.status === 403) this.#noteBan(answer);
    if (answer.status === 401) throw await this.#whyUnauthorized();
    const text = judge(call, answer).body.toString("utf8").trim();
    if (text === "Fails.") throw this.#refuse();
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
    // Up to 5.1 the text is "Ok."; from 5.2 on there is none, but a cookie. Where signing in is
    // bypassed there may be neither.
    if (cookies.length === 0 && text !== "Ok." && text !== "") {
      throw new UpstreamError("qbittorrent", "broken", "login was not answered by qBittorrent", {
        status: answer.status,
      });
    }
    this.#cookie = cookies.join("; ") || null;
    this.#signedIn = true;
    this.generation += 1;
    await this.#readVersion();
  }

  async #readVersion(): Promise<void> {
    const call: Call = { method: "GET", path: "/app/webapiVersion" };
    const text = judge(call, await this.#fetch(call))
      .body.toString("utf8")
      .trim();
    const version = wireApiVersion.safeParse(text);
    if (!version.success) {
      this.#signedIn = false;
      throw new UpstreamError("qbittorrent", "broken", "answered something that is no version");
    }
    this.apiVersion = version.data;
  }

  /**
   * 401 on login is a wrong password (from 5.2 on), or a Host header that qBittorrent does not
   * take (every version): the latter refuses any call.
   */
  async #whyUnauthorized(): Promise<UpstreamError> {
    const probe = await this.#fetch({ method: "GET", path: "/app/webapiVersion" });
    if (probe.status !== 401) return this.#refuse();
    return new UpstreamError("qbittorrent", "refused", "does not take calls by this host name", {
      status: 401,
    });
  }

  #refuse(): UpstreamError {
    this.#signedIn = false;
    this.#refused = new UpstreamError("qbittorrent", "credentials", "name or password refused");
    return this.#refused;
  }

  #noteBan(answer: FetchedAnswer): void {
    if (!/banned/i.test(answer.body.toString("utf8"))) return;
    this.#bannedUntil = Date.now() + banPauseMs;
    throw bannedError(new Date(this.#bannedUntil));
  }

  async #fetch(call: Call): Promise<FetchedAnswer> {
    const query = new URLSearchParams(
      Object.entries(call.query ?? {}).map(([key, value]) => [key, String(value)]),
    ).toString();
    const send = () =>
      fetchLimited(
        `${this.#base}${call.path}${query && `?${query}`}`,
        {
          method: call.method,
          headers: this.#cookie ? { cookie: this.#cookie } : {},
          body: call.body ?? null,
        },
        {
          service: "qbittorrent",
          timeoutMs: call.timeoutMs ?? this.options.timeoutMs,
          maxBytes: maxAnswerBytes,
          redirect: "manual",
          signal: call.signal,
        },
      );
    try {
      return await send();
    } catch (error) {
      // It drops idle connections after seven seconds, sometimes just as one is used again.
      const isLost = error instanceof UpstreamError && error.fault === "unreachable";
      if (!isLost || call.isRepeatable === false) throw error;
      return send();
    }
  }
}

function bannedError(retryAt: Date): UpstreamError {
  return new UpstreamError("qbittorrent", "rate-limited", "has banned this address for a while", {
    status: 403,
    retryAt,
  });
}

const faults: Record<number, UpstreamFault> = {
  400: "refused",
  401: "refused",
  403: "refused",
  404: "not-found",
  405: "refused",
  409: "refused",
  413: "refused",
  415: "refused",
  429: "rate-limited",
};

/** Passes success on; the rest is named by its status alone, since a body may be a proxy's page. */
function judge(call: Call, answer: FetchedAnswer): FetchedAnswer {
  const { status } = answer;
  if ((status >= 200 && status < 300) || call.accepts?.includes(status)) return answer;
  throw new UpstreamError("qbittorrent", faults[status] ?? "broken", `${call.path}: ${status}`, {
    status,
  });
}

/** True when version `a` of the WebUI API is `b` or newer, part by part: 2.11 is above 2.9. */
export function isAtLeast(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
