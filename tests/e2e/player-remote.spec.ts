import { expect, test } from "@playwright/test";
import { postJson } from "../support/movies-api";
import {
  faultsOf,
  film,
  forget,
  isPaused,
  openWatchSite,
  pauseAt,
  position,
  signIn,
  type WatchSite,
  watch,
} from "../support/watch-site";

let site: WatchSite;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  site = await openWatchSite(["long", "next"]);
  await site.vigilio.fetch(`/api/v1/me/list/${site.ids.next}`, { method: "PUT" });
});
test.afterAll(() => site?.[Symbol.asyncDispose]());

let faults: string[] = [];
test.beforeEach(async ({ page }) => {
  faults = faultsOf(page);
  for (const id of [site.ids.long]) {
    await forget(site, id);
  }
  await page.goto(`${site.vigilio.url}/sign-in`);
  await signIn(page);
});
test.afterEach(() => expect(faults).toEqual([]));

async function stored(id: string) {
  return (await site.vigilio.fetch(`/api/v1/me/progress/${id}`)).json();
}

function report(id: string, positionSeconds: number, ageSeconds = 0, durationSeconds = 600) {
  const body = { positionSeconds, durationSeconds, ageSeconds };
  return postJson(site.vigilio, `/api/v1/me/progress/${id}`, body, "PUT");
}

test("keys do what they say, and a note tells it", async ({ page }) => {
  await watch(page, site, site.ids.long);
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
  // Two presses before the player has told of the first.
  await page.evaluate(() => {
    for (const key of [">", ">"]) {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }
  });
  await expect(note).toHaveText("1.5×");
  await press("<", "1.25×");
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
  await expect(page).toHaveURL(new RegExp(`/watch/${site.ids.next}$`));
  await expect(film(page)).toBeVisible();
  // What listens to keys comes a moment after the film.
  await expect(async () => {
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(new RegExp(`/movies/${site.ids.next}$`), { timeout: 3000 });
  }).toPass({ timeout: 20_000 });
});

test("chapters are marked, named and gone to", async ({ page }, testInfo) => {
  await watch(page, site, site.ids.long);
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
  await watch(page, site, site.ids.next);
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
  await watch(page, site, site.ids.long);
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
  await expect(page).toHaveURL(new RegExp(`/watch/${site.ids.next}$`));
});

test("a person goes on, starts over, or goes back to where they were before", async ({ page }) => {
  await report(site.ids.long, 300, 100);
  await report(site.ids.long, 350, 50);
  await watch(page, site, site.ids.long);
  await expect.poll(() => position(page)).toBeGreaterThan(349);
  await page.getByRole("button", { name: "Start over" }).click();
  await expect.poll(() => position(page)).toBeLessThan(20);
  await expect(page.getByRole("button", { name: "Start over" })).toBeHidden();
  // Leaving right away loses nothing; a late word of another device doesn't either.
  await page.goto(`${site.vigilio.url}/movies/${site.ids.long}`);
  await expect.poll(async () => (await stored(site.ids.long)).positionSeconds).toBeGreaterThan(349);
  await report(site.ids.long, 30);
  expect((await stored(site.ids.long)).positionSeconds).toBe(30);
  await report(site.ids.long, 200, 3600);
  expect((await stored(site.ids.long)).positionSeconds).toBe(30);

  await watch(page, site, site.ids.long);
  await expect.poll(() => position(page)).toBeLessThan(60);
  await page.getByRole("button", { name: /^Continue from 5:\d\d instead$/ }).click();
  await expect.poll(() => position(page)).toBeGreaterThan(345);

  // The last word of a page that is closed arrives.
  await pauseAt(page, 444);
  await page.close({ runBeforeUnload: true });
  await expect.poll(async () => (await stored(site.ids.long)).positionSeconds).toBeCloseTo(444, 0);
});

test("the next movie is offered at the credits, never before, and begins by itself", async ({
  page,
}, testInfo) => {
  await watch(page, site, site.ids.long);
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
  await film(page).evaluate((video: HTMLVideoElement) => void video.play());
  await expect(page).toHaveURL(new RegExp(`/watch/${site.ids.next}$`), { timeout: 30_000 });
  await expect.poll(() => isPaused(page)).toBe(false);
});

test("fingers seek, scrub, turn the volume and play faster @phone-only @phone", async ({
  page,
}, testInfo) => {
  await watch(page, site, site.ids.long);
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
  expect(await film(page).evaluate((video: HTMLVideoElement) => video.volume)).toBeLessThan(0.8);
  await touch("touchStart", 0.01, 0.4);
  await touch("touchMove", 0.6, 0.4);
  await touch("touchEnd");
  await expect.poll(() => position(page)).toBeCloseTo(240, 0);

  // A finger that stays plays twice as fast, until it goes.
  await film(page).evaluate((video: HTMLVideoElement) => void video.play());
  await expect.poll(() => isPaused(page)).toBe(false);
  const rate = () => film(page).evaluate((video: HTMLVideoElement) => video.playbackRate);
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
