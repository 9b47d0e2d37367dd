import { QBittorrent } from "@ctrl/qbittorrent";
import { UpstreamError } from "@/lib/errors";
import { isAtLeast, type QbittorrentSession } from "./session";

/**
 * @ctrl/qbittorrent with our own transport under it: the library knows paths, parameters and what
 * version 5 renamed; signing in, time limits, retries and errors are ours (its own would send a
 * wrong password again and again). What it answers is not parsed yet.
 */
export class QbittorrentApi extends QBittorrent {
  readonly #session: QbittorrentSession;

  constructor(session: QbittorrentSession) {
    super({ baseUrl: "http://never-used.invalid" });
    this.#session = session;
  }

  override async request<T>(
    path: string,
    method: "GET" | "POST",
    params?: Record<string, string | number>,
    body?: URLSearchParams | FormData,
    _headers?: Record<string, string>,
    isJson = true,
  ): Promise<T> {
    const answer = await this.#session.send({ method, path, query: params, body });
    const text = answer.body.toString("utf8");
    // Commands answer nothing at all, whatever the library expects.
    if (!isJson || text === "") return text as T;
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new UpstreamError("qbittorrent", "broken", `${path}: answer is no JSON`);
    }
  }

  /** Signing in happens in the session; this only tells the library which names to use. */
  override async login(): Promise<boolean> {
    await this.#session.signIn();
    return true;
  }

  /** Before a call whose name depends on the version. */
  async readVersion(): Promise<void> {
    await this.#session.ready();
    const { apiVersion } = this.#session;
    // pause and resume became stop and start with 5.0, WebUI API 2.11.
    this.state.version = {
      version: apiVersion,
      isVersion5OrHigher: isAtLeast(apiVersion, "2.11.0"),
    };
  }
}
