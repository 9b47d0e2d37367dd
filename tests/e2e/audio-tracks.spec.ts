import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { makeMovie } from "../media/make";
import { addJson, readyMovie } from "../support/movies-api";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { startTmdb, type TmdbStandIn, tmdbKeys } from "../upstreams/tmdb";

const words = "1\n00:00:01,000 --> 00:00:40,000\nA line that stays\n";
const tones = { English: 440, "English (Commentary)": 1320, Turkish: 2640 };

let root = "";
let tmdb: TmdbStandIn;
let vigilio: Vigilio;
let severalId = "";
let singleId = "";

test.beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "vigilio-audio-"));
  const several = join(root, "Several.2020.mkv");
  const single = join(root, "Single.2021.mp4");
  const track = { codec: "aac" as const, channels: 2 };
  await makeMovie({
    path: several,
    seconds: 40,
    audio: [
      { ...track, language: "eng", frequencyHz: tones.English, isDefault: true },
      {
        ...track,
        ...{ language: "eng", title: "Commentary", isCommentary: true },
        frequencyHz: tones["English (Commentary)"],
      },
      { ...track, language: "tur", frequencyHz: tones.Turkish },
    ],
    subtitles: [{ language: "eng", text: words }],
    extra: ["-g", "50"],
  });
  await makeMovie({ path: single, seconds: 10, audio: [{ ...track, language: "eng" }] });
  tmdb = await startTmdb();
  vigilio = await startVigilio({
    env: {
      TMDB_API_KEY: tmdbKeys.v3,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      SUBTITLE_LANGUAGES: "en",
      VIGILIO_IMPORT_DIRS: root,
      VIGILIO_ADMIN_USERNAME: "ada",
      VIGILIO_ADMIN_PASSWORD: "a long enough password",
    },
  });
  const health = async () => (await (await vigilio.fetch("/api/health")).json()).status;
  await expect.poll(health, { timeout: 60_000 }).toBe("ok");
  const added = await Promise.all([
    addJson(vigilio, { imdbId: "tt7000002", path: several }),
    addJson(vigilio, { imdbId: "tt7000003", path: single }),
  ]);
  [severalId = "", singleId = ""] = added.map(({ movie }) => movie.id);
  await Promise.all([readyMovie(vigilio, severalId), readyMovie(vigilio, singleId)]);
});

test.afterAll(async () => {
  await vigilio?.stop();
  await tmdb?.close();
  rmSync(root, { recursive: true, force: true });
});

// What a worker hands over has no size of the line any more.
test.use({ serviceWorkers: "block" });

test.beforeEach(async ({ page }) => {
  await page.goto(`${vigilio.url}/sign-in`);
  await page.getByLabel("User name").fill("ada");
  await page.getByLabel("Password", { exact: true }).fill("a long enough password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
});

const position = (page: Page) =>
  page.locator("video").evaluate((video) => (video as HTMLVideoElement).currentTime);

/** The loudest frequency that comes out of the player now, in Hz; 0 for silence. */
function loudestHz(page: Page): Promise<number> {
  return page.locator("video").evaluate((video) => {
    const holder = video as HTMLVideoElement & { analyser?: AnalyserNode };
    if (!holder.analyser) {
      const context = new AudioContext();
      holder.analyser = context.createAnalyser();
      holder.analyser.fftSize = 8192;
      holder.analyser.smoothingTimeConstant = 0;
      context.createMediaElementSource(holder).connect(holder.analyser);
      holder.analyser.connect(context.destination);
    }
    const { analyser } = holder;
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const loudest = levels.reduce(
      (best, level, at) => (level > (levels[best] ?? 0) ? at : best),
      0,
    );
    if (!((levels[loudest] ?? Number.NEGATIVE_INFINITY) > -70)) return 0;
    return (loudest * analyser.context.sampleRate) / analyser.fftSize;
  });
}

async function expectTone(page: Page, frequencyHz: number): Promise<void> {
  await expect
    .poll(async () => Math.abs((await loudestHz(page)) - frequencyHz), { timeout: 20_000 })
    .toBeLessThan(20);
}

async function openSettings(page: Page): Promise<void> {
  // Twice: the player takes the first move after a rest for one that hiding the pointer made.
  await page.mouse.move(400, 300);
  await page.mouse.move(420, 310);
  await page.getByRole("button", { name: "Settings" }).click();
}

async function choose(page: Page, name: string): Promise<void> {
  await openSettings(page);
  await page.getByRole("dialog").getByRole("button", { name: "Sound" }).click();
  await page.getByRole("menuitemradio", { name, exact: true }).click();
  await page.keyboard.press("Escape");
}

/** JavaScript of the page as it came over the line, compressed. */
function scriptKilobytes(page: Page): Promise<number> {
  return page.evaluate(() => {
    const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const scripts = entries.filter(({ name }) => /\.js(\?|$)/.test(name));
    return scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000;
  });
}

function noteRequests(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

test("the sound changes by the player's menu, and stays chosen", async ({ page }) => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  const paths = noteRequests(page);

  await test.step("it begins with the file's own", async () => {
    await page.goto(`${vigilio.url}/watch/${severalId}`);
    await expectTone(page, tones.English);
    await expect(page.locator(".vjs-text-track-cue")).toContainText("A line that stays");
    expect(paths.some((path) => path.endsWith("/master.m3u8"))).toBe(true);
    expect(paths.some((path) => /\/media\/[0-9a-f]{16}\.mp4$/.test(path))).toBe(false);
    expect(await scriptKilobytes(page)).toBeLessThan(430);
  });

  await test.step("the menu names them in the reader's language", async () => {
    await openSettings(page);
    await page.getByRole("dialog").getByRole("button", { name: "Sound" }).click();
    const names = page.getByRole("menu", { name: "Sound" }).getByRole("menuitemradio");
    await expect(names).toHaveText(Object.keys(tones));
    await page.keyboard.press("Escape");
  });

  await test.step("each is heard when it is chosen, and the film goes on", async () => {
    for (const name of ["English (Commentary)", "Turkish"] as const) {
      const before = await position(page);
      await choose(page, name);
      await expectTone(page, tones[name]);
      expect(await position(page)).toBeGreaterThan(before);
    }
    await expect(page.locator(".vjs-text-track-cue")).toContainText("A line that stays");
  });

  await test.step("a seek keeps it", async () => {
    await page.keyboard.press("5");
    await expect.poll(() => position(page)).toBeGreaterThan(20);
    await expectTone(page, tones.Turkish);
  });

  await test.step("the next visit goes on in that language, where it stopped", async () => {
    const before = await position(page);
    await page.reload();
    await expect.poll(() => position(page), { timeout: 20_000 }).toBeGreaterThan(before - 3);
    await expectTone(page, tones.Turkish);
    await openSettings(page);
    await expect(page.getByRole("dialog").getByRole("button", { name: "Sound" })).toContainText(
      "Turkish",
    );
  });
  expect(faults).toEqual([]);
});

test("a film that can't be sent in pieces goes on as a whole, at its place", async ({ page }) => {
  // Whatever was picked before: the server keeps it.
  const audio = { language: "en", label: "English" };
  const choice = await vigilio.fetch(`/api/v1/me/choices/${severalId}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ audio }),
  });
  expect(choice.status).toBe(204);
  const paths = noteRequests(page);
  // The server answers this way when the file can't be cut; other errors end the same.
  await page.route("**/video.m3u8*", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(`${vigilio.url}/watch/${severalId}`);
  await expect.poll(() => position(page), { timeout: 20_000 }).toBeGreaterThan(0.5);
  expect(paths.some((path) => /\/media\/[0-9a-f]{16}\.mp4$/.test(path))).toBe(true);
  await page.unroute("**/video.m3u8*");

  await test.step("also when pieces stop arriving in the middle", async () => {
    await page.goto(`${vigilio.url}/watch/${severalId}`);
    await expectTone(page, tones.English);
    await page.route("**/video.mp4*", (route) => route.abort());
    await page.keyboard.press("8");
    await expect.poll(() => position(page), { timeout: 40_000 }).toBeGreaterThan(32.2);
    await expect(page.locator(".vjs-text-track-cue")).toContainText("A line that stays");
    await expect(page.locator(".player-fault")).toHaveCount(0);
  });
});

test("a film with one sound track asks for no playlist and loads no HLS", async ({ page }) => {
  const movie = await readyMovie(vigilio, singleId);
  const [version] = movie.versions;
  expect(version?.hlsUrl).toBeNull();
  const master = version?.streamUrl?.replace(/\.mp4$/, "/master.m3u8") ?? "";
  expect((await vigilio.fetch(master)).status).toBe(404);

  const paths = noteRequests(page);
  const scripts: Promise<string>[] = [];
  page.on("response", (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) scripts.push(response.text());
  });
  await page.goto(`${vigilio.url}/watch/${singleId}`);
  await expect.poll(() => position(page), { timeout: 20_000 }).toBeGreaterThan(1);
  expect(paths.filter((path) => path.endsWith(".m3u8"))).toEqual([]);
  await openSettings(page);
  await expect(page.getByRole("dialog").getByRole("button", { name: "Speed" })).toBeVisible();
  await expect(page.getByRole("dialog").getByRole("button", { name: "Sound" })).toHaveCount(0);
  const loaded = await Promise.all(scripts);
  expect(loaded.length).toBeGreaterThan(3);
  expect(loaded.filter((text) => text.includes("#EXTM3U"))).toEqual([]);
  expect(await scriptKilobytes(page)).toBeLessThan(290);
});
