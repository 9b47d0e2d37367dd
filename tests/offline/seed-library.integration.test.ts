import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { publishedFile } from "@/jobs/work-files";
import type { Connection } from "@/lib/db";
import { subtitlePath } from "@/lib/subtitles/stored-file";
import { until } from "../support/until";
import { startVigilio } from "../support/vigilio";
import { offlineAdmin } from "./household";
import { seedLibrary } from "./seed-library";

const dataDir = mkdtempSync(join(tmpdir(), "vigilio-offline-"));
const mediaDir = join(dataDir, "media");
let db: Connection;

beforeAll(async () => {
  await seedLibrary({ dataDir, now: new Date() });
  db = openDatabase(join(dataDir, "vigilio.db"));
}, 600_000);

afterAll(() => {
  db?.$client.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function countBy<Row>(rows: readonly Row[], key: (row: Row) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[key(row)] = (counts[key(row)] ?? 0) + 1;
  return counts;
}

describe("the library for working offline", () => {
  it("has 60 movies in every state, two of which failed for different reasons", () => {
    const movies = db.query.movies.findMany().sync();
    expect(countBy(movies, ({ status }) => status)).toEqual({
      ...{ adding: 1, downloading: 8, processing: 2, deciding: 1, failed: 2, ready: 46 },
    });
    const failed = movies.filter(({ status }) => status === "failed");
    expect(failed.map(({ reason }) => reason?.code).sort()).toEqual([
      "media-not-video",
      "torrent-bait",
    ]);
    const lengths = movies.map(({ title }) => [...title].length);
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([1, 90]);
    expect(movies.some(({ originalTitle }) => /\p{Script=Han}/u.test(originalTitle ?? ""))).toBe(
      true,
    );
    expect(movies.some(({ title }) => /\p{Script=Arabic}/u.test(title))).toBe(true);
    const ready = movies.filter(({ status }) => status === "ready");
    for (const missing of ["posterId", "score", "runtimeMinutes"] as const) {
      expect(ready.some((movie) => movie[missing] === null)).toBe(true);
    }
  });

  it("has jobs of every status", () => {
    const jobs = db.query.jobs.findMany().sync();
    expect(Object.keys(countBy(jobs, ({ status }) => status)).sort()).toEqual(
      ["cancelled", "failed", "queued", "running", "succeeded", "waiting"].sort(),
    );
  });

  it("has every file of which a row speaks", () => {
    const versions = db.query.versions.findMany().sync();
    const ready = versions.filter(({ status }) => status === "ready");
    expect(ready.length).toBe(47);
    for (const version of ready) expect(existsSync(publishedFile(mediaDir, version))).toBe(true);

    const images = db.query.images.findMany().sync();
    expect(countBy(images, ({ kind }) => kind)).toMatchObject({ poster: 54, backdrop: 56 });
    for (const { id, widths } of images) {
      for (const width of widths) {
        expect(existsSync(join(dataDir, "images", id, `${width}.webp`))).toBe(true);
      }
    }

    const subtitles = db.query.subtitles.findMany().sync();
    const folders = new Map(versions.map(({ id, folder }) => [id, folder]));
    for (const { id, versionId, reason } of subtitles.filter((row) => row.reason === null)) {
      expect(reason).toBeNull();
      expect(existsSync(subtitlePath(mediaDir, folders.get(versionId) ?? "", id))).toBe(true);
    }
    const perVersion = countBy(subtitles, ({ versionId }) => versionId);
    expect(Math.max(...Object.values(perVersion))).toBe(20);
    const tracks = countBy(db.query.audioTracks.findMany().sync(), ({ versionId }) => versionId);
    expect(Math.max(...Object.values(tracks))).toBe(2);
  });

  it("keeps what a household did", () => {
    const people = db.query.users.findMany().sync();
    expect(people.map(({ username }) => username).sort()).toEqual(["admin", "guest"]);
    expect(db.query.progress.findMany().sync()).toHaveLength(6);
    expect(db.query.listEntries.findMany().sync()).toHaveLength(12);
    expect(
      db.query.history
        .findMany()
        .sync()
        .some(({ finished }) => finished),
    ).toBe(true);
  });

  it("is served by Vigilio, and the home page shows it", async () => {
    await using vigilio = await startVigilio({ dataDir });
    const answer = await vigilio.fetch("/api/v1/movies?status=ready&pageSize=100&sort=title");
    expect(answer.status).toBe(200);
    const { items, total } = (await answer.json()) as {
      total: number;
      items: { title: string; posterUrl: string | null }[];
    };
    expect(total).toBe(items.length);
    expect(total).toBeGreaterThanOrEqual(46);
    const withPoster = items.find(({ posterUrl }) => posterUrl !== null);
    const poster = await vigilio.fetch(withPoster?.posterUrl ?? "/");
    expect(poster.headers.get("content-type")).toBe("image/webp");

    const home = await fetch(`${vigilio.url}/`, { headers: { cookie: await signIn(vigilio.url) } });
    expect(home.status).toBe(200);
    expect(await home.text()).toContain("The Salt Cartographer");

    // What was left running goes on, and torrents without a seed say that they wait.
    await until("the torrents to be with qBittorrent", async () => {
      const downloads = await vigilio.fetch("/api/v1/downloads?pageSize=100");
      const { items } = (await downloads.json()) as { items: { state: string }[] };
      const states = countBy(items, ({ state }) => state);
      return states.metadata === 1 && (states.stalled ?? 0) >= 2 && states.checking === 1;
    });
  });
});

/** Signs in as the sign-in page does; the cookie. */
async function signIn(url: string): Promise<string> {
  const cookies = (response: Response) =>
    response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookies(csrf).join("; "), origin: url },
    body: new URLSearchParams({ csrfToken, ...offlineAdmin }),
  });
  return [...cookies(csrf), ...cookies(answer)].join("; ");
}
