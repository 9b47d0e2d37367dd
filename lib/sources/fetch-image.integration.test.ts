import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, expect, it } from "vitest";
import { connectWith } from "@/lib/settings/connect";
import { type TestSite, testSite } from "@/tests/support/site";
import { filmOf, imdbIdOf } from "@/tests/upstreams/films";
import { startStandIn } from "@/tests/upstreams/server";
import { startTmdb, tmdbKeys } from "@/tests/upstreams/tmdb";
import { foundPicture } from "./fetch-image";
import { imageOf, rememberImages } from "./found-images";

const now = new Date();
let site: TestSite;
let imagesDir: string;
beforeEach(() => {
  site = testSite();
  imagesDir = mkdtempSync(join(tmpdir(), "vigilio-found-"));
});
afterEach(() => {
  site[Symbol.dispose]();
  rmSync(imagesDir, { recursive: true, force: true });
});

function contextAt(at: Date, draft: Parameters<typeof connectWith>[2] = {}) {
  const env = { ...site.env, imagesDir };
  return { db: site.db, env, services: connectWith(site.db, env, draft), now: at };
}

function remember(film: { imdbId: string | null; imageUrl: string | null }): string {
  const image = imageOf(film);
  if (!image) throw new Error("no picture");
  rememberImages(site.db, [image], now);
  return image.id;
}

const missing = expect.objectContaining({ status: 404 });

it("is TMDB's where the source has none, small, and fetched once a day", async () => {
  const tmdb = await startTmdb();
  const draft = {
    ...{ tmdbApiKey: tmdbKeys.v3, tmdbApiUrl: tmdb.apiUrl, tmdbImageUrl: tmdb.imageUrl },
  };
  const id = remember({ imdbId: imdbIdOf(filmOf("tt7000001")), imageUrl: null });
  const context = contextAt(now, draft);
  const [first, second] = await Promise.all([foundPicture(context, id), foundPicture(context, id)]);
  expect(second.equals(first)).toBe(true);
  expect(await sharp(first).metadata()).toMatchObject({ format: "webp", width: 185 });
  const asked = tmdb.requests.length;
  await foundPicture(context, id);
  expect(tmdb.requests).toHaveLength(asked);
  const tomorrow = new Date(now.getTime() + 25 * 60 * 60_000);
  await foundPicture(contextAt(tomorrow, draft), id);
  expect(tmdb.requests.length).toBeGreaterThan(asked);
  await tmdb.close();
});

it("never comes from the own network, and its absence is remembered for an hour", async () => {
  const own = await startStandIn(() => ({ status: 200, body: "secret" }));
  const id = remember({ imdbId: null, imageUrl: `${own.origin}/a.jpg` });
  await expect(foundPicture(contextAt(now), id)).rejects.toEqual(missing);
  expect(own.requests).toEqual([]);
  expect(readdirSync(join(imagesDir, "found"))).toEqual([`${id}.webp`]);
  await own.close();
});

it("is none for an id that no search came upon", async () => {
  for (const id of ["0123456789abcdef", "../../secrets.json"]) {
    await expect(foundPicture(contextAt(now), id)).rejects.toEqual(missing);
  }
});

it("is kept in a folder that does not grow", async () => {
  const ids = Array.from({ length: 3 }, (_, place) =>
    remember({ imdbId: null, imageUrl: `https://127.0.0.1:1/${place}.jpg` }),
  );
  for (const id of ids) await foundPicture(contextAt(now), id).catch(() => null);
  const dir = join(imagesDir, "found");
  for (let place = 0; place < 1_000; place += 1) {
    const path = join(dir, `old-${place}.webp`);
    await writeFile(path, "");
    await utimes(path, new Date(0), new Date(0));
  }
  const last = remember({ imdbId: null, imageUrl: "https://127.0.0.1:1/last.jpg" });
  await foundPicture(contextAt(now), last).catch(() => null);
  const names = readdirSync(dir);
  expect(names.length).toBeLessThan(600);
  for (const id of [...ids, last]) expect(names).toContain(`${id}.webp`);
});
