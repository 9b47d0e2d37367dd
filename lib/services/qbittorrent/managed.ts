import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { createQbittorrent } from "./client";
import { endOrphan, profileArgument, removePid, writePid } from "./orphan";
import { type ProfileSettings, writeProfile } from "./profile";

const log = logFor("qbittorrent");

const readyTimeoutMs = 60_000;
const killAfterMs = 10_000;
/** Pause before it is started again: doubled each time, from the start when it lived for a while. */
const firstPauseMs = 1000;
const longestPauseMs = 60_000;
const steadyAfterMs = 5 * 60_000;
/** Another program may take the port between choosing and listening. */
const startAttempts = 3;

export interface ManagedOptions {
  /** qbittorrent-nox: a path, or a name on PATH. */
  binaryPath: string;
  /** Absolute; its settings, torrents and log. */
  profileDir: string;
  /** Absolute; where it saves unless told otherwise. */
  downloadsDir: string;
  /** Each line that it prints. */
  onLine?: ((line: string) => void) | undefined;
  /** It ended by itself; it is started again after `restartInMs`. */
  onExit?:
    | ((exit: { code: number | null; signal: string | null; restartInMs: number }) => void)
    | undefined;
  /** Gives up a start that is under way; afterwards it means nothing. */
  signal?: AbortSignal | undefined;
  /** Settings for a profile that is new (section, key, value as in qBittorrent.conf). */
  settings?: ProfileSettings | undefined;
}

export interface Managed {
  /** On loopback; the same for as long as this Vigilio runs, also after a restart of it. */
  url: string;
  username: string;
  password: string;
  /** Null while it is down. */
  readonly pid: number | null;
  /** SIGTERM, SIGKILL after 10 s. Resolves when it is gone; may be called again. */
  stop(): Promise<void>;
}

/**
 * Runs a qbittorrent-nox of Vigilio's own: web interface on loopback only, on a free port, with a
 * random password that is made anew each time; what an earlier Vigilio left running is ended first.
 * Resolves when it answers. It is started again whenever it dies, and ends with this process.
 *
 * @throws UpstreamError `unreachable` when it can't be started, with what it printed last.
 */
export async function startManaged(options: ManagedOptions): Promise<Managed> {
  await endOrphan(options.profileDir, killAfterMs);
  const username = "vigilio";
  const password = randomBytes(32).toString("base64url");
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    await writeProfile({ ...options, port, username, password, extra: options.settings });
    const url = `http://127.0.0.1:${port}`;
    const run = new Run(options);
    try {
      await run.start();
      await whenReady(run, { url, username, password }, options.signal);
    } catch (error) {
      await run.stop();
      const isOver = attempt >= startAttempts || options.signal?.aborted || !run.mayTryAgain;
      if (isOver) throw error;
      continue;
    }
    run.keepAlive();
    return {
      url,
      username,
      password,
      get pid() {
        return run.pid;
      },
      stop: () => run.stop(),
    };
  }
}

/** Waits until it takes our password: what else might listen on that port would not. */
async function whenReady(
  run: Run,
  access: { url: string; username: string; password: string },
  signal: AbortSignal | undefined,
): Promise<void> {
  const giveUpAt = performance.now() + readyTimeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    if (run.pid === null) throw run.failure("ended while it was starting");
    try {
      await createQbittorrent({ ...access, timeoutMs: 5000 }).check();
      return;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (error.fault === "credentials") throw run.failure("is not what listens on its port");
      if (performance.now() > giveUpAt) throw run.failure("does not answer");
    }
    await wait(50);
  }
}

/** One process after the other on the same profile. */
class Run {
  #child: ChildProcess | null = null;
  #stopping: Promise<void> | null = null;
  #isKept = false;
  #pauseMs = firstPauseMs;
  #timer: NodeJS.Timeout | null = null;
  readonly #lastLines: string[] = [];
  /** False when there is nothing to start at all. */
  mayTryAgain = true;
  readonly #endWithUs = () => {
    this.#child?.kill("SIGTERM");
  };

  constructor(readonly options: ManagedOptions) {
    process.once("exit", this.#endWithUs);
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  async start(): Promise<void> {
    const child = spawn(this.options.binaryPath, [profileArgument(this.options.profileDir)], {
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C in a terminal is for Vigilio, which ends it in order.
      detached: true,
      // Nothing of ours, keys least of all. Qt names files by the locale: without UTF-8 it loses
      // every letter beyond ASCII.
      env: {
        NODE_ENV: process.env.NODE_ENV,
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TZ: process.env.TZ,
        TMPDIR: process.env.TMPDIR,
        LANG: "C.UTF-8",
        LC_ALL: "C.UTF-8",
      },
    });
    this.#child = child;
    const startedAt = performance.now();
    child.once("exit", (code, signal) => this.#ended(child, code, signal, startedAt));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => this.#say(line));
    }
    try {
      await once(child, "spawn");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.#child = null;
      this.mayTryAgain = false;
      throw this.failure(`can't be started (${code})`);
    }
    child.on("error", (error) => log.warn({ error: error.message }, "qbittorrent-nox"));
    if (child.pid !== undefined) await writePid(this.options.profileDir, child.pid);
  }

  /** From now on it is started again when it ends. */
  keepAlive(): void {
    this.#isKept = true;
    if (this.#child === null) this.#startLater();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  failure(what: string): UpstreamError {
    const said = this.#lastLines.length > 0 ? `; it said: ${this.#lastLines.join(" / ")}` : "";
    return new UpstreamError("qbittorrent", "unreachable", `qbittorrent-nox ${what}${said}`);
  }

  async #stop(): Promise<void> {
    process.off("exit", this.#endWithUs);
    if (this.#timer) clearTimeout(this.#timer);
    const child = this.#child;
    if (child) {
      const gone = once(child, "exit");
      const killer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
      child.kill("SIGTERM");
      await gone;
      clearTimeout(killer);
    }
    await removePid(this.options.profileDir);
  }

  #say(line: string): void {
    if (line.trim() === "") return;
    this.#lastLines.push(line.trim().slice(0, 300));
    if (this.#lastLines.length > 5) this.#lastLines.shift();
    this.options.onLine?.(line);
  }

  #ended(child: ChildProcess, code: number | null, signal: string | null, startedAt: number): void {
    if (this.#child === child) this.#child = null;
    if (this.#stopping || !this.#isKept) return;
    if (performance.now() - startedAt > steadyAfterMs) this.#pauseMs = firstPauseMs;
    log.warn({ code, signal, restartInMs: this.#pauseMs }, "qBittorrent ended by itself");
    this.options.onExit?.({ code, signal, restartInMs: this.#pauseMs });
    this.#startLater();
  }

  #startLater(): void {
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.start().catch((error: Error) => {
        log.error({ error: error.message }, "qBittorrent can't be started again");
        if (!this.#stopping) this.#startLater();
      });
    }, pauseMs);
  }
}

/** A port that nobody listens on right now. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
