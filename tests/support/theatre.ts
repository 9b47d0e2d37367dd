import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { makeMovie } from "../media/make";
import { filmOf, titleOf } from "../upstreams/films";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";
import { addJson, postJson, readyMovie } from "./movies-api";
import { until } from "./until";
import { startVigilio, type Vigilio } from "./vigilio";

export const admin = { username: "ada", password: "a long enough password" };
export const member = { username: "bob", password: "another long password" };

/** A Vigilio with an admin, a member, and films with posters that are added from a folder. */
export interface Theatre extends AsyncDisposable {
  vigilio: Vigilio;
  /** Adds one of the invented films, as the admin. */
  add(imdbId: string): Promise<{ id: string; title: string }>;
  /** The same, and waits until it can be watched. */
  addReady(imdbId: string): Promise<{ id: string; title: string }>;
}

export async function openTheatre(env: Record<string, string> = {}): Promise<Theatre> {
  const root = mkdtempSync(join(tmpdir(), "vigilio-theatre-"));
  const importDir = join(root, "import");
  mkdirSync(importDir);
  const tmdb = await startTmdb();
  const vigilio = await startVigilio({
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
      VIGILIO_IMPORT_DIRS: importDir,
      TMDB_API_KEY: tmdbKeys.v3,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      ...env,
    },
  });
  await until("all services are up", async () => {
    return (await (await vigilio.fetch("/api/health")).json()).status === "ok";
  });
  const made = await postJson(vigilio, "/api/v1/users", { ...member, mustChangePassword: false });
  expect(made.status).toBe(201);

  async function add(imdbId: string) {
    const path = join(importDir, `${imdbId}.mp4`);
    await makeMovie({ path, seconds: 3, width: 320, height: 180, isFastStart: true });
    const { movie } = await addJson(vigilio, { imdbId, path });
    return { id: movie.id, title: titleOf(filmOf(imdbId)) };
  }
  return {
    vigilio,
    add,
    async addReady(imdbId) {
      const added = await add(imdbId);
      await readyMovie(vigilio, added.id);
      return added;
    },
    async [Symbol.asyncDispose]() {
      await vigilio.stop();
      await tmdb.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Signs in by the form, in English. */
export async function enter(
  page: Page,
  url: string,
  person: { username: string; password: string } = admin,
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("User name").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${url}/`);
}

/** Fails where a page is wider than the screen. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}
