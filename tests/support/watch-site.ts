import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { makeMovie } from "../media/make";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";
import { addJson, postJson, readyMovie } from "./movies-api";
import { startVigilio, type Vigilio } from "./vigilio";

const admin = { username: "ada", password: "a long enough password" };

const chapters = [
  { startSeconds: 0, endSeconds: 120, title: "Chapter 1" },
  { startSeconds: 120, endSeconds: 300, title: "The heist" },
  { startSeconds: 300, endSeconds: 500, title: "Chapter 3" },
  { startSeconds: 500, endSeconds: 600, title: "End credits" },
];

const audio = [{ codec: "aac" as const, channels: 1 }];
const small = { width: 160, height: 90, framesPerSecond: 5, audio, extra: ["-g", "10"] };
const constant = ["-b:v", "12M", "-minrate", "12M", "-maxrate", "12M", "-bufsize", "12M"];
const text = "1\n00:00:01,000 --> 00:09:00,000\nA line that stays\n";

/** The films of these tests, and how each is made. */
const films = {
  /** Ten minutes with chapters, credits and a subtitle. */
  long: { ...small, seconds: 600, chapters, subtitles: [{ language: "eng", text }] },
  /** What follows it. */
  next: { ...small, seconds: 30 },
  /** Too large to be fetched ahead. */
  large: {
    ...small,
    seconds: 60,
    extra: [...constant, "-x264-params", "nal-hrd=cbr:filler=1", "-g", "25"],
  },
  /** To be broken. */
  gone: { ...small, seconds: 10 },
  broken: { ...small, seconds: 10 },
};
export type FilmName = keyof typeof films;
const imdbIds: Partial<Record<FilmName, string>> = { long: "tt7000002", next: "tt7000003" };

export interface WatchSite extends AsyncDisposable {
  vigilio: Vigilio;
  ids: Record<FilmName, string>;
}

/** A Vigilio with films that are ready to be watched by ada. */
export async function openWatchSite(names: readonly FilmName[]): Promise<WatchSite> {
  const root = mkdtempSync(join(tmpdir(), "vigilio-watch-"));
  const pathOf = (name: FilmName) => join(root, `${name}.${name === "long" ? "mkv" : "mp4"}`);
  for (const name of names) await makeMovie({ ...films[name], path: pathOf(name) });
  const tmdb = await startTmdb();
  const vigilio = await startVigilio({
    env: {
      TMDB_API_KEY: tmdbKeys.v3,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      SUBTITLE_LANGUAGES: "en",
      VIGILIO_IMPORT_DIRS: root,
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
    },
  });
  const health = async () => (await (await vigilio.fetch("/api/health")).json()).status;
  await expect.poll(health, { timeout: 60_000 }).toBe("ok");
  const ids: Record<FilmName, string> = { long: "", next: "", large: "", gone: "", broken: "" };
  for (const name of names) {
    const imdbId = imdbIds[name];
    const which = imdbId ? { imdbId } : { title: name };
    ids[name] = (await addJson(vigilio, { ...which, path: pathOf(name) })).movie.id;
  }
  for (const name of names) await readyMovie(vigilio, ids[name]);
  return {
    ...{ vigilio, ids },
    async [Symbol.asyncDispose]() {
      await vigilio.stop();
      await tmdb.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Forgets what ada watched of a film. */
export async function forget({ vigilio }: WatchSite, id: string): Promise<void> {
  await postJson(vigilio, `/api/v1/me/watched/${id}`, { watched: false }, "PUT");
  await vigilio.fetch(`/api/v1/me/progress/${id}`, { method: "DELETE" });
}

/** Fills in the form that the page shows, as ada. */
export async function signIn(page: Page): Promise<void> {
  await page.getByLabel("User name").fill(admin.username);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

type Film = HTMLVideoElement;
export const film = (page: Page) => page.locator("video");
export const position = (page: Page) => film(page).evaluate((video: Film) => video.currentTime);
export const isPaused = (page: Page) => film(page).evaluate((video: Film) => video.paused);

/** Opens a film and waits until it is there. */
export async function watch(page: Page, { vigilio }: WatchSite, id: string): Promise<void> {
  await page.goto(`${vigilio.url}/watch/${id}`);
  await expect
    .poll(() => film(page).evaluate((video: Film) => video.readyState), { timeout: 30_000 })
    .toBeGreaterThan(2);
}

/** Stops a film at a moment. */
export async function pauseAt(page: Page, seconds: number): Promise<void> {
  await film(page).evaluate((video: Film, to) => {
    video.pause();
    video.currentTime = to;
  }, seconds);
  await expect.poll(() => position(page)).toBeCloseTo(seconds, 0);
  await expect.poll(() => film(page).evaluate((video: Film) => video.seeking)).toBe(false);
}

/** What goes wrong in a page, by its own word: nothing must. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  return faults;
}
