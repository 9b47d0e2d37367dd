import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { makeMovie } from "../media/make";
import { addJson, postJson, readyMovie } from "../support/movies-api";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { startTmdb, type TmdbStandIn, tmdbKeys } from "../upstreams/tmdb";

const admin = { username: "ada", password: "a long enough password" };

let root = "";
let tmdb: TmdbStandIn;
let vigilio: Vigilio;
/** Ten minutes with chapters; what follows it; one too large to be fetched ahead; two to break. */
const ids = { long: "", next: "", large: "", gone: "", broken: "" };

const chapters = [
  { startSeconds: 0, endSeconds: 120, title: "Chapter 1" },
  { startSeconds: 120, endSeconds: 300, title: "The heist" },
  { startSeconds: 300, endSeconds: 500, title: "Chapter 3" },
  { startSeconds: 500, endSeconds: 600, title: "End credits" },
];

test.beforeAll(async () => {
  test.setTimeout(240_000);
  root = mkdtempSync(join(tmpdir(), "vigilio-remote-"));
  const path = (name: string) => join(root, name);
  const audio = [{ codec: "aac" as const, channels: 1 }];
  const small = { width: 160, height: 90, framesPerSecond: 5, audio, extra: ["-g", "10"] };
  const text = "1\n00:00:01,000 --> 00:09:00,000\nA line that stays\n";
  const subtitles = [{ language: "eng", text }];
  await makeMovie({ ...small, path: path("Long.mkv"), seconds: 600, chapters, subtitles });
  await makeMovie({ ...small, path: path("Next.mp4"), seconds: 30 });
  await makeMovie({ ...small, path: path("Gone.mp4"), seconds: 10 });
  await makeMovie({ ...small, path: path("Broken.mp4"), seconds: 10 });
  const constant = ["-b:v", "12M", "-minrate", "12M", "-maxrate", "12M", "-bufsize", "12M"];
  const filled = [...constant, "-x264-params", "nal-hrd=cbr:filler=1", "-g", "25"];
  await makeMovie({ ...small, path: path("Large.mp4"), seconds: 60, extra: filled });
  tmdb = await startTmdb();
  vigilio = await startVigilio({
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
  const add = async (movie: object, name: string) =>
    (await addJson(vigilio, { ...movie, path: path(name) })).movie.id;
  ids.long = await add({ imdbId: "tt7000002" }, "Long.mkv");
  ids.next = await add({ imdbId: "tt7000003" }, "Next.mp4");
  ids.large = await add({ title: "Large" }, "Large.mp4");
  ids.gone = await add({ title: "Gone" }, "Gone.mp4");
  ids.broken = await add({ title: "Broken" }, "Broken.mp4");
  await Promise.all(Object.values(ids).map((id) => readyMovie(vigilio, id)));
  await vigilio.fetch(`/api/v1/me/list/${ids.next}`, { method: "PUT" });
});

test.afterAll(async () => {
  await vigilio?.stop();
  await tmdb?.close();
  rmSync(root, { recursive: true, force: true });
});

const faults: string[] = [];
test.beforeEach(async ({ page }) => {
  faults.length = 0;
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  await vigilio.fetch(`/api/v1/me/progress/${ids.long}`, { method: "DELETE" });
  await vigilio.fetch(`/api/v1/me/progress/${ids.large}`, { method: "DELETE" });
  await page.goto(`${vigilio.url}/sign-in`);
  await signIn(page);
});
test.afterEach(() => expect(faults).toEqual([]));

async function signIn(page: Page) {
  await page.getByLabel("User name").fill(admin.username);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

type Film = HTMLVideoElement;
const film = (page: Page) => page.locator("video");
const position = (page: Page) => film(page).evaluate((video: Film) => video.currentTime);
const isPaused = (page: Page) => film(page).evaluate((video: Film) => video.paused);

async function watch(page: Page, id: string) {
  await page.goto(`${vigilio.url}/watch/${id}`);
  await expect
    .poll(() => film(page).evaluate((video: Film) => video.readyState), { timeout: 30_000 })
    .toBeGreaterThan(2);
}

async function pauseAt(page: Page, seconds: number) {
  await film(page).evaluate((video: Film, to) => {
    video.pause();
    video.currentTime = to;
  }, seconds);
  await expect.poll(() => position(page)).toBeCloseTo(seconds, 0);
}

async function stored(id: string) {
  return (await vigilio.fetch(`/api/v1/me/progress/${id}`)).json();
}

function report(id: string, positionSeconds: number, ageSeconds = 0, durationSeconds = 600) {
  const body = { positionSeconds, durationSeconds, ageSeconds };
  return postJson(vigilio, `/api/v1/me/progress/${id}`, body, "PUT");
}

test("keys do what they say, and a note tells it", async ({ page }) => {
  await watch(page, ids.long);
  await pauseAt(page, 200);
  const note = page.locator(".watch-note");
  const press = async (key: string, says: string) => {
    await page.keyboard.press(key);
    await expect(note).toHaveText(says);
  };
  await press("l", "+10 s");
  await press("ArrowRight", "+20 s");
  await expect.poll(() => position(page)).toBeCloseTo(220, 0);
  await press("j", "-10 s");
  await press("5", "5:00");
  await press("ArrowDown", "Volume 90%");
  await press("m", "Sound off");
  await press("m", "Volume 90%");
  await press(">", "1.25×");
  await press("<", "1×");
  await press("c", "Subtitles off");
  await press("c", "Subtitles: English");
  await press("k", "Play");
  expect(await isPaused(page)).toBe(false);
  await press(" ", "Pause");
  await expect(note).toHaveAttribute("aria-live", "polite");
  await expect(note).toHaveCSS("opacity", "0");

  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByText("Slower or faster")).toBeVisible();
  await expect(sheet.getByText("Chapter before or after")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL(/watch/);
  // For those who don't know the key there is a button; and it is there on a full screen, too.
  await page.keyboard.press("f");
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(sheet).toBeVisible();
  await sheet.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("f");
  await expect.poll(() => page.evaluate(() => document.fullscreenElement === null)).toBe(true);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(new RegExp(`/watch/${ids.next}$`));
  await expect(film(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(new RegExp(`/movies/${ids.next}$`));
});

test("chapters are marked, named and gone to", async ({ page }, testInfo) => {
  await watch(page, ids.long);
  await pauseAt(page, 10);
  await expect(page.locator(".watch-marks > span")).toHaveCount(3);
  const note = page.locator(".watch-note");
  await page.keyboard.press(".");
  await expect(note).toHaveText("The heist");
  await page.keyboard.press("PageDown");
  await expect(note).toHaveText("Chapter 3");
  await expect.poll(() => position(page)).toBeCloseTo(300, 0);
  await page.keyboard.press(",");
  await expect.poll(() => position(page)).toBeCloseTo(120, 0);

  const bar = await page.locator(".vjs-progress-holder").boundingBox();
  if (!bar) throw new Error("no seek bar");
  const tip = page.locator(".watch-chapter-tip");
  await page.mouse.move(bar.x + bar.width * 0.4, bar.y + bar.height / 2, { steps: 3 });
  await expect(tip).toHaveText("The heist");
  await page.mouse.move(bar.x + bar.width * 0.1, bar.y + bar.height / 2, { steps: 3 });
  await expect(tip).toHaveText("Chapter 1");
  await testInfo.attach("tip", { body: await page.screenshot(), contentType: "image/png" });

  await page.getByRole("button", { name: "Chapters" }).click();
  const list = page.getByRole("dialog", { name: "Chapters" });
  await expect(list.getByRole("listitem")).toHaveCount(4);
  await expect(list.locator("[aria-current]")).toHaveText(/The heist/);
  await list.getByRole("button", { name: /End credits/ }).click();
  await expect(list).toBeHidden();
  await expect.poll(() => position(page)).toBeCloseTo(500, 0);

  // A film without chapters shows nothing of them.
  await watch(page, ids.next);
  await expect(page.getByRole("button", { name: "Chapters" })).toHaveCount(0);
  await expect(page.locator(".watch-marks")).toHaveCount(0);
});

test("the system is told what plays, and the screen stays on while it does", async ({ page }) => {
  await page.addInitScript(() => {
    const holder = window as unknown as { actions: Map<string, unknown>; locks: number };
    holder.actions = new Map();
    holder.locks = 0;
    const set = MediaSession.prototype.setActionHandler;
    MediaSession.prototype.setActionHandler = function (action, handler) {
      if (handler) holder.actions.set(action, handler);
      else holder.actions.delete(action);
      set.call(this, action, handler);
    };
    const request = WakeLock.prototype.request;
    WakeLock.prototype.request = function (...args) {
      holder.locks += 1;
      return request.apply(this, args);
    };
  });
  await watch(page, ids.long);
  const session = () =>
    page.evaluate(() => ({
      title: navigator.mediaSession.metadata?.title,
      sizes: navigator.mediaSession.metadata?.artwork.map(({ sizes }) => sizes) ?? [],
      state: navigator.mediaSession.playbackState,
    }));
  await expect.poll(async () => (await session()).state).toBe("playing");
  const { title, sizes } = await session();
  expect(title).toBeTruthy();
  expect(sizes.length).toBeGreaterThan(2);
  for (const size of sizes) expect(size).toMatch(/^\d+x\d+$/);
  const actions = () =>
    page.evaluate(() => [
      ...(window as unknown as { actions: Map<string, unknown> }).actions.keys(),
    ]);
  for (const action of ["play", "pause", "seekbackward", "seekforward", "seekto"]) {
    expect(await actions()).toContain(action);
  }
  const act = (action: string, details: object = {}) =>
    page.evaluate(
      ([name, given]) =>
        (window as unknown as { actions: Map<string, (details: object) => void> }).actions.get(
          name,
        )?.({ action: name, ...given }),
      [action, details] as const,
    );
  await act("seekto", { seekTime: 250 });
  await expect.poll(() => position(page)).toBeGreaterThan(249);
  await act("previoustrack");
  await expect.poll(() => position(page)).toBeLessThan(30);
  const locks = () => page.evaluate(() => (window as unknown as { locks: number }).locks);
  await expect.poll(locks).toBe(1);
  await act("pause");
  await expect.poll(() => isPaused(page)).toBe(true);
  await act("play");
  await expect.poll(locks).toBe(2);
  await act("nexttrack");
  await expect(page).toHaveURL(new RegExp(`/watch/${ids.next}$`));
});

test("a person goes on, starts over, or goes back to where they were before", async ({ page }) => {
  await report(ids.long, 300, 100);
  await report(ids.long, 350, 50);
  await watch(page, ids.long);
  await expect.poll(() => position(page)).toBeGreaterThan(349);
  await page.getByRole("button", { name: "Start over" }).click();
  await expect.poll(() => position(page)).toBeLessThan(20);
  await expect(page.getByRole("button", { name: "Start over" })).toBeHidden();
  // Leaving right away loses nothing; a late word of another device doesn't either.
  await page.goto(`${vigilio.url}/movies/${ids.long}`);
  await expect.poll(async () => (await stored(ids.long)).positionSeconds).toBeGreaterThan(349);
  await report(ids.long, 30, 20);
  expect((await stored(ids.long)).positionSeconds).toBe(30);
  await report(ids.long, 200, 3600);
  expect((await stored(ids.long)).positionSeconds).toBe(30);

  await watch(page, ids.long);
  await expect.poll(() => position(page)).toBeLessThan(60);
  await page.getByRole("button", { name: /^Continue from 5:\d\d instead$/ }).click();
  await expect.poll(() => position(page)).toBeGreaterThan(345);

  // The last word of a page that is closed arrives.
  await pauseAt(page, 444);
  await page.close({ runBeforeUnload: true });
  await expect.poll(async () => (await stored(ids.long)).positionSeconds).toBeCloseTo(444, 0);
});

test("the next movie is offered at the credits, never before, and begins by itself", async ({
  page,
}, testInfo) => {
  test.setTimeout(120_000);
  await watch(page, ids.long);
  const card = page.locator(".watch-next");
  await pauseAt(page, 495);
  await expect(card).toBeHidden();
  await pauseAt(page, 502);
  await expect(card).toBeVisible();
  await testInfo.attach("next", { body: await page.screenshot(), contentType: "image/png" });
  // It stands while the film does.
  await expect(card.getByRole("status")).toHaveText("Next in 15 seconds");
  await card.getByRole("button", { name: "Watch the credits" }).click();
  await expect(card).toBeHidden();
  await pauseAt(page, 400);
  await pauseAt(page, 505);
  await expect(card).toBeVisible();
  const check = card.getByLabel("Play the next movie by itself");
  await check.uncheck();
  await expect(card.getByRole("status")).toHaveText("Next");
  await page.reload();
  await expect(check).not.toBeChecked();
  await check.check();
  await film(page).evaluate((video: Film) => void video.play());
  await expect(page).toHaveURL(new RegExp(`/watch/${ids.next}$`), { timeout: 30_000 });
  await expect.poll(() => isPaused(page)).toBe(false);
});

test("a lost connection is told, and the film goes on by itself when it is back", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await watch(page, ids.large);
  await page.evaluate(() => {
    document.documentElement.dataset.same = "yes";
  });
  await context.setOffline(true);
  await film(page).evaluate((video: Film) => {
    video.currentTime = 50;
  });
  const alert = page.getByRole("alert").filter({ hasText: "The connection was lost" });
  await expect(alert).toBeVisible({ timeout: 30_000 });
  await context.setOffline(false);
  await expect(alert).toBeHidden({ timeout: 20_000 });
  await expect.poll(() => position(page), { timeout: 20_000 }).toBeGreaterThan(49);
  await expect.poll(() => isPaused(page)).toBe(false);
  expect(
    await page.evaluate(() => document.documentElement.dataset.same),
    "the page was never left",
  ).toBe("yes");
});

test("who was signed out signs in and comes back to the same place", async ({ page }) => {
  test.setTimeout(120_000);
  await watch(page, ids.large);
  const ended = await vigilio.fetch("/api/v1/me/sessions", { method: "DELETE" });
  expect(ended.status).toBe(204);
  await film(page).evaluate((video: Film) => {
    video.currentTime = 50;
  });
  const alert = page.getByRole("alert").filter({ hasText: "You are signed out" });
  await expect(alert).toBeVisible({ timeout: 30_000 });
  await alert.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/sign-in/);
  await signIn(page);
  await expect(page).toHaveURL(new RegExp(`/watch/${ids.large}$`));
  await expect.poll(() => position(page), { timeout: 20_000 }).toBeGreaterThan(49);
});

/** The file of a movie on the disk, by the name in its address. */
async function fileOf(id: string): Promise<string> {
  const { versions } = await readyMovie(vigilio, id);
  const name = versions[0]?.streamUrl?.replace("/media/", "") ?? "";
  const media = join(vigilio.dataDir, "media");
  const found = readdirSync(media, { recursive: true, encoding: "utf8" }).find((path) =>
    path.endsWith(name),
  );
  return join(media, found ?? "nowhere");
}

test("a film whose file is gone says so and leads to the movie", async ({ page }) => {
  rmSync(await fileOf(ids.gone));
  await page.goto(`${vigilio.url}/watch/${ids.gone}`);
  const alert = page.getByRole("alert").filter({ hasText: "This version was removed" });
  await expect(alert).toBeVisible();
  await alert.getByRole("link", { name: "Go to the movie" }).click();
  await expect(page).toHaveURL(new RegExp(`/movies/${ids.gone}$`));
});

test("a film that can't be played here says what helps", async ({ page }, testInfo) => {
  const path = await fileOf(ids.broken);
  rmSync(path);
  writeFileSync(path, "This is no film at all. ".repeat(1000));
  await page.goto(`${vigilio.url}/watch/${ids.broken}`);
  const alert = page.getByRole("alert").filter({ hasText: "This film can't be played here" });
  await expect(alert).toBeVisible();
  await testInfo.attach("fault", { body: await page.screenshot(), contentType: "image/png" });
  await expect(alert.getByRole("link", { name: "Download" })).toHaveAttribute(
    "href",
    /^\/media\/[0-9a-f]{16}\.mp4\?download=1$/,
  );
  await expect(alert.getByRole("link", { name: "Go to the movie" })).toBeVisible();
});

test("a television gets an address of its own that needs no cookie and is not logged", async ({
  page,
  playwright,
}) => {
  // The far end of AirPlay: WebKit's picker, and the television that it finds.
  await page.addInitScript(() => {
    const video = HTMLVideoElement.prototype as unknown as Record<string, unknown>;
    video.webkitShowPlaybackTargetPicker = function (this: HTMLVideoElement) {
      document.documentElement.dataset.picked = this.currentSrc || this.src;
    };
  });
  await watch(page, ids.long);
  await pauseAt(page, 77);
  await film(page).evaluate((video: Film) =>
    video.dispatchEvent(
      Object.assign(new Event("webkitplaybacktargetavailabilitychanged"), {
        availability: "available",
      }),
    ),
  );
  await page.getByRole("button", { name: "Play by AirPlay" }).click();
  const picked = () => page.evaluate(() => document.documentElement.dataset.picked ?? "");
  await expect.poll(picked).toMatch(/\?ticket=/);
  await expect.poll(() => position(page)).toBeCloseTo(77, 0);
  const address = new URL(await picked());
  expect(address.origin).toBe(vigilio.url);
  const television = await playwright.request.newContext();
  const head = () => television.head(address.href);
  expect((await head()).status()).toBe(200);
  const other = new URL(
    (await readyMovie(vigilio, ids.next)).versions[0]?.streamUrl ?? "",
    address,
  );
  other.search = address.search;
  expect((await television.head(other.href)).status()).toBe(401);
  await vigilio.fetch("/api/v1/me/sessions", { method: "DELETE" });
  expect((await head()).status()).toBe(401);
  const ticket = address.searchParams.get("ticket") ?? "none";
  expect(vigilio.logs()).not.toContain(ticket);
  await television.dispose();
});

test("fingers seek, scrub, turn the volume and play faster @phone-only @phone", async ({
  page,
}, testInfo) => {
  await watch(page, ids.long);
  await pauseAt(page, 200);
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const finger = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x = 0, y = 0) =>
    finger.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x: x * width, y: y * height }],
    });
  const tap = async (x: number, y = 0.4) => {
    await touch("touchStart", x, y);
    await touch("touchEnd");
  };
  // Two taps at a side seek, and each further one adds.
  await tap(0.85);
  await tap(0.85);
  await tap(0.85);
  await expect(page.locator(".watch-ripple")).toHaveText("+20 s");
  await expect.poll(() => position(page)).toBeCloseTo(220, 0);
  await testInfo.attach("ripple", { body: await page.screenshot(), contentType: "image/png" });
  await expect(page.locator(".watch-ripple")).toHaveCount(0);
  await tap(0.15);
  await tap(0.15);
  await expect.poll(() => position(page)).toBeCloseTo(210, 0);
  expect(await isPaused(page), "a tap never pauses").toBe(true);

  // Along the film: the time is shown, and taken when the finger goes.
  await touch("touchStart", 0.3, 0.4);
  await touch("touchMove", 0.5, 0.4);
  await touch("touchMove", 0.8, 0.4);
  await expect(page.locator(".watch-note")).toHaveText(/^4:00 \(\+0:30\)$/);
  await expect.poll(() => position(page)).toBeCloseTo(210, 0);
  await touch("touchEnd");
  await expect.poll(() => position(page)).toBeCloseTo(240, 0);

  // Down the right half: quieter. At the very edge: the system's.
  await touch("touchStart", 0.8, 0.3);
  await touch("touchMove", 0.8, 0.4);
  await touch("touchMove", 0.8, 0.6);
  await expect(page.locator(".watch-note")).toHaveText(/^Volume \d\d%$/);
  await touch("touchEnd");
  expect(await film(page).evaluate((video: Film) => video.volume)).toBeLessThan(0.8);
  await touch("touchStart", 0.01, 0.4);
  await touch("touchMove", 0.6, 0.4);
  await touch("touchEnd");
  await expect.poll(() => position(page)).toBeCloseTo(240, 0);

  // A finger that stays plays twice as fast, until it goes.
  await film(page).evaluate((video: Film) => void video.play());
  await expect.poll(() => isPaused(page)).toBe(false);
  const rate = () => film(page).evaluate((video: Film) => video.playbackRate);
  await touch("touchStart", 0.5, 0.4);
  await expect.poll(rate).toBe(2);
  await expect(page.locator(".watch-note")).toHaveText("2× while held");
  await touch("touchEnd");
  await expect.poll(rate).toBe(1);

  // One tap shows the controls, another one hides them.
  const player = page.locator(".video-js");
  await expect(player).toHaveClass(/vjs-user-inactive/, { timeout: 8000 });
  await tap(0.5);
  await expect(player).toHaveClass(/vjs-user-active/);
  await expect(page.getByRole("button", { name: "Chapters" })).toBeVisible();
  await page.waitForFunction(
    (since) => performance.now() - since > 800,
    await page.evaluate(() => performance.now()),
  );
  await tap(0.5);
  await expect(player).toHaveClass(/vjs-user-inactive/, { timeout: 1500 });
  // In the middle two taps fill the screen.
  await tap(0.5);
  await tap(0.5);
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
});
