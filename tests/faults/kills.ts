import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { until } from "../support/until";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { films, imdbIdOf } from "../upstreams/films";
import { openSubtitlesAccount, startOpenSubtitles } from "../upstreams/opensubtitles";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";
import { ask, faults, unfinished, unplayable } from "./inspect";
import { isAlive, orphansOf, programsOf } from "./processes";
import { type Chance, chanceOf } from "./random";
import { makeReleases, type ReleaseKind, type Releases, releaseKinds } from "./releases";

/** Parts of a film's way; a kill waits for work of that part to be on, and strikes a moment later. */
const moments = {
  add: { jobs: [], withinMs: 120 },
  metadata: { jobs: ["fetch-metadata"], withinMs: 400 },
  start: { jobs: ["start-download", "prepare-download"], withinMs: 150 },
  download: { jobs: [], withinMs: 1500 },
  import: { jobs: ["import"], withinMs: 150 },
  processing: { jobs: ["make-playable"], withinMs: 1200 },
  publish: { jobs: ["publish"], withinMs: 100 },
  subtitles: { jobs: ["find-subtitles"], withinMs: 400 },
} as const;
type Moment = keyof typeof moments;

const victims = ["vigilio", "vigilio", "vigilio", "term", "qbittorrent", "ffmpeg"] as const;
type Victim = (typeof victims)[number];

/** A part that does not come up in this time is not waited for: the kill strikes all the same. */
const momentTimeoutMs = 12_000;
/** How long a Vigilio that is told to stop may take. */
const stopWithinMs = 15_000;
/** An orphan qBittorrent gets ten seconds to write down what it has. */
const orphansGoneWithinMs = 25_000;
/** Films that are on their way at the same time, at least. */
const fewestOnTheWay = 3;

export interface KillsOptions {
  kills: number;
  /** The same seed kills in the same order; when exactly is up to the machine. */
  seed: number;
  say(line: string): void;
}

export interface KillsResult {
  added: number;
  ready: number;
  failed: { imdbId: string; why: string }[];
}

/**
 * Runs a Vigilio, gives it films, and kills it, its qBittorrent and its ffmpeg in the middle of all
 * that it does, again and again on the same data folder. In the end everything must be as if
 * nothing had happened.
 *
 * @throws Error with all that is not as it must be.
 */
export async function runKills({ kills, seed, say }: KillsOptions): Promise<KillsResult> {
  const root = mkdtempSync(join(tmpdir(), "vigilio-kills-"));
  const tmdb = await startTmdb();
  const openSubtitles = await startOpenSubtitles({ allowedDownloads: 10_000 });
  const releases = await makeReleases(root, 250_000);
  const dataDir = join(root, "data");
  const household = new Household(dataDir, releases, chanceOf(seed), say, {
    VIGILIO_API_TOKEN: "0123456789abcdef0123456789abcdef",
    VIGILIO_IMPORT_DIRS: releases.importDir,
    TMDB_API_KEY: tmdbKeys.v4,
    TMDB_API_URL: tmdb.apiUrl,
    TMDB_IMAGE_URL: tmdb.imageUrl,
    OPENSUBTITLES_API_KEY: openSubtitlesAccount.apiKey,
    OPENSUBTITLES_USERNAME: openSubtitlesAccount.username,
    OPENSUBTITLES_PASSWORD: openSubtitlesAccount.password,
    OPENSUBTITLES_API_URL: openSubtitles.apiUrl,
    SUBTITLE_LANGUAGES: "en,tr,de",
  });
  // Also when somebody ends the run: nothing that it started outlives it.
  const leaveNothing = () => household.killPrograms();
  process.once("exit", leaveNothing);
  try {
    await household.start();
    for (let number = 1; number <= kills; number += 1) await household.kill(`${number}/${kills}`);
    return await household.settle();
  } finally {
    await household.end();
    process.off("exit", leaveNothing);
    await Promise.all([releases.close(), tmdb.close(), openSubtitles.close()]);
    rmSync(root, { recursive: true, force: true });
  }
}

interface Wish {
  imdbId: string;
  kind: ReleaseKind;
  way: "torrent" | "link" | "copy" | "move";
}

class Household {
  private vigilio: Vigilio | null = null;
  private readonly wishes: Wish[] = [];

  constructor(
    private readonly dataDir: string,
    private readonly releases: Releases,
    private readonly chance: Chance,
    private readonly say: (line: string) => void,
    private readonly env: Record<string, string>,
  ) {}

  /** A Vigilio on what the last one left; whatever that left running is gone soon after. */
  async start(): Promise<void> {
    this.vigilio = await startVigilio({ dataDir: this.dataDir, env: this.env });
    const { pid } = this.vigilio;
    await until(
      "what a dead Vigilio left running is gone",
      () => orphansOf(this.dataDir, pid).length === 0,
      orphansGoneWithinMs,
    ).catch((error) => {
      const left = orphansOf(this.dataDir, pid).map((orphan) => JSON.stringify(orphan));
      this.complain(error.message, left);
    });
    const own = programsOf(this.dataDir).filter(({ what }) => what === "qbittorrent");
    if (own.length > 1) throw new Error(`${own.length} qBittorrents run on one profile`);
  }

  async kill(number: string): Promise<void> {
    const { chance } = this;
    const victim = chance.pick(victims);
    const moment = chance.pick(momentsOf(victim));
    const { withinMs } = moments[moment];
    const delayMs = chance.below(withinMs);
    await this.keepBusy();
    // These come up at a film's beginning alone.
    const isEarly = ["add", "metadata", "start", "download"].includes(moment);
    const adding = isEarly ? this.add(this.wish({ isTorrent: true })) : null;
    if (moment !== "add" && !(await this.waitFor(moment))) {
      this.say(`kill ${number}: ${moment} did not come up`);
    }
    await wait(delayMs);
    this.say(`kill ${number}: ${victim}, ${delayMs} ms into ${moment}`);
    await this.strike(victim);
    await adding;
  }

  private async strike(victim: Victim): Promise<void> {
    const { vigilio } = this;
    if (!vigilio) throw new Error("no Vigilio runs");
    if (victim === "qbittorrent" || victim === "ffmpeg") {
      for (const { pid } of programsOf(this.dataDir).filter(({ what }) => what === victim)) {
        endIfThere(pid, "SIGKILL");
      }
      return;
    }
    if (victim === "term") await this.stop(vigilio);
    else await vigilio.kill();
    await this.start();
  }

  /** SIGTERM: it ends in time, in order, and with everything that it started. */
  private async stop(vigilio: Vigilio): Promise<void> {
    const startedAt = performance.now();
    endIfThere(vigilio.pid, "SIGTERM");
    await until("Vigilio stops", () => !isAlive(vigilio.pid), stopWithinMs);
    const left = programsOf(this.dataDir);
    const status = await vigilio.stop();
    this.vigilio = null;
    if (left.length > 0)
      throw new Error(`left running: ${JSON.stringify(left)}\n${vigilio.logs()}`);
    if (status !== 0) throw new Error(`ended with ${status}\n${vigilio.logs()}`);
    const running = ask<{ kind: string }>(
      this.dataDir,
      "select kind from jobs where status = 'running'",
    );
    if (running.length > 0) throw new Error(`claims kept: ${JSON.stringify(running)}`);
    this.say(`stopped in ${Math.round(performance.now() - startedAt)} ms`);
  }

  /** Enough on its way that every part comes up. */
  private async keepBusy(): Promise<void> {
    const onTheWay = ask<{ count: number }>(
      this.dataDir,
      "select count(*) as count from movies where status not in ('ready', 'failed')",
    );
    for (let count = onTheWay[0]?.count ?? 0; count < fewestOnTheWay; count += 1) {
      await this.add(this.wish());
    }
  }

  private wish({ isTorrent } = { isTorrent: false }): Wish {
    const film = films[this.wishes.length];
    const { chance } = this;
    const wish: Wish = {
      imdbId: film ? imdbIdOf(film) : `tt${8_000_000 + this.wishes.length}`,
      kind: chance.pick(releaseKinds),
      way: isTorrent ? "torrent" : chance.pick(["torrent", "torrent", "link", "copy", "move"]),
    };
    this.wishes.push(wish);
    return wish;
  }

  /** Adds a film as a person would who tries again until it is there. */
  private async add({ imdbId, kind, way }: Wish): Promise<void> {
    const name = `Film.${imdbId}.2020.1080p.WEB-DL.x264-LAMP`;
    const torrent = way === "torrent" ? await this.releases.torrent(kind, name) : null;
    const path = torrent ? null : await this.releases.file(kind, name);
    await until(`${imdbId} is added`, async () => {
      const isThere = ask(this.dataDir, "select id from movies where imdb_id = ?", imdbId);
      if (isThere.length > 0) return true;
      const { vigilio } = this;
      if (!vigilio) return false;
      const answer = await vigilio
        .fetch("/api/v1/movies", {
          method: "POST",
          ...(torrent ? formOf(imdbId, torrent) : jsonOf({ imdbId, path, mode: way })),
        })
        .catch(() => null);
      // 503 while qBittorrent starts; nothing when it was killed in the middle.
      if (answer && ![201, 409, 503].includes(answer.status)) {
        throw new Error(`${imdbId}: ${answer.status} ${await answer.text()}`);
      }
      return answer?.status === 201;
    });
    this.say(`added ${imdbId}: ${kind} by ${way}`);
  }

  private async waitFor(moment: Moment): Promise<boolean> {
    const kinds = moments[moment].jobs.map((kind) => `'${kind}'`).join(", ");
    const query =
      moment === "download"
        ? "select id from downloads where progress > 0 and progress < 1"
        : `select id from jobs where status = 'running' and kind in (${kinds})`;
    const giveUpAt = performance.now() + momentTimeoutMs;
    while (performance.now() < giveUpAt) {
      if (ask(this.dataDir, query).length > 0) return true;
      await wait(4);
    }
    return false;
  }

  /** Lets everything come to its end, and looks at what is there then. */
  async settle(): Promise<KillsResult> {
    this.say(`${this.wishes.length} films are in; waiting for the last of them`);
    await until("all work is over", () => unfinished(this.dataDir).length === 0, 240_000).catch(
      (error) => this.complain(error.message, unfinished(this.dataDir)),
    );
    // Once more, in order: what the last kill left is swept away by the start after it.
    if (this.vigilio) await this.stop(this.vigilio);
    await this.start();
    await until("nothing is left over", () => faults(this.dataDir).length === 0, 20_000).catch(() =>
      this.complain("not as it must be", faults(this.dataDir)),
    );
    const broken = unplayable(this.dataDir);
    if (broken.length > 0) this.complain("cannot be played", broken);
    const movies = ask<{ imdbId: string; status: string; reason: string }>(
      this.dataDir,
      "select imdb_id as imdbId, status, reason from movies",
    );
    const lost = this.wishes.filter((wish) => !movies.some(({ imdbId }) => imdbId === wish.imdbId));
    if (lost.length > 0)
      this.complain(
        "lost",
        lost.map(({ imdbId }) => imdbId),
      );
    return {
      added: movies.length,
      ready: movies.filter(({ status }) => status === "ready").length,
      failed: movies
        .filter(({ status }) => status === "failed")
        .map(({ imdbId, reason }) => ({ imdbId, why: reason })),
    };
  }

  private complain(what: string, list: string[]): never {
    const logs = this.vigilio?.logs().split("\n").slice(-60).join("\n") ?? "";
    throw new Error(`${what}:\n${list.join("\n")}\n\nWhat Vigilio wrote last:\n${logs}`);
  }

  async end(): Promise<void> {
    await this.vigilio?.stop().catch((error) => this.say(String(error)));
    this.killPrograms();
  }

  killPrograms(): void {
    for (const { pid } of programsOf(this.dataDir)) endIfThere(pid, "SIGKILL");
  }
}

/** A program can be killed only while it runs. */
function momentsOf(victim: Victim): Moment[] {
  if (victim === "qbittorrent") return ["start", "download", "import"];
  if (victim === "ffmpeg") return ["processing", "subtitles"];
  return Object.keys(moments) as Moment[];
}

function endIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function formOf(imdbId: string, torrent: Buffer): RequestInit {
  const form = new FormData();
  form.set("imdbId", imdbId);
  form.set("torrent", new Blob([new Uint8Array(torrent)]), "a.torrent");
  return { body: form };
}

function jsonOf(body: object): RequestInit {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
