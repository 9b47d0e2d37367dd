import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { countedLines, watchableFilms } from "../support/watchable-film";

const admin = { username: "ada", password: "a long enough password" };
const member = { username: "mel", password: "another long password" };
const hevc = { videoCodec: "hevc", codecs: "hvc1.1.6.L153.B0,mp4a.40.2" };
const everySeconds = 4;

let dataDir = "";
let vigilio: Vigilio;
let severalId = "";
let darkId = "";

test.beforeAll(async () => {
  test.setTimeout(240_000);
  dataDir = mkdtempSync(join(tmpdir(), "vigilio-menus-"));
  const sounds = ["en", "tr"];
  const [several = "", dark = ""] = await watchableFilms(dataDir, [
    {
      title: "Several",
      seconds: 150,
      versions: [
        { width: 3840, height: 2160, video: "hevc", says: hevc },
        { width: 640, height: 360, sounds },
        { width: 426, height: 240, sounds },
      ],
      subtitles: [
        { language: "en", text: countedLines(36, everySeconds) },
        { language: "en", text: countedLines(36, everySeconds, "Sign"), forced: true },
        { language: "tr", text: countedLines(36, everySeconds, "Satır") },
      ],
    },
    {
      title: "Dark",
      seconds: 10,
      versions: [
        // Not what it says: the browser learns that when it is there.
        { width: 1920, height: 1080, video: "hevc" },
        { width: 426, height: 240 },
      ],
      subtitles: [],
    },
  ]);
  [severalId, darkId] = [several, dark];
  vigilio = await startVigilio({
    dataDir,
    env: {
      SUBTITLE_LANGUAGES: "en",
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
    },
  });
});

test.afterAll(async () => {
  await vigilio?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

let people = 0;

/** Somebody new, with nothing chosen yet. */
async function newPerson(role: "admin" | "member" = "admin") {
  people += 1;
  const person = { username: `${member.username}${people}`, password: member.password };
  const made = await vigilio.fetch("/api/v1/users", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...person, role, mustChangePassword: false }),
  });
  expect(made.status).toBe(201);
  return person;
}

async function signIn(page: Page, { username, password } = admin): Promise<void> {
  await page.goto(`${vigilio.url}/sign-in`);
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

const video = (page: Page) => page.locator("video");
const state = (page: Page) =>
  video(page).evaluate((element) => {
    const { currentTime, paused, videoWidth, readyState, seeking } = element as HTMLVideoElement;
    return { currentTime, paused, videoWidth, isReady: readyState >= 2 && !seeking };
  });

async function watch(page: Page, movieId = severalId): Promise<void> {
  await page.goto(`${vigilio.url}/watch/${movieId}`);
  await expect.poll(async () => (await state(page)).currentTime).toBeGreaterThan(0.3);
}

/** Stops the film at a time, as scripts of a player do. */
async function stopAt(page: Page, seconds: number): Promise<void> {
  await video(page).evaluate((element, at) => {
    (element as HTMLVideoElement).pause();
    (element as HTMLVideoElement).currentTime = at;
  }, seconds);
  await expect
    .poll(async () => {
      const { currentTime, isReady } = await state(page);
      return isReady && Math.abs(currentTime - seconds) < 0.2;
    })
    .toBe(true);
}

const menu = (page: Page) => page.getByRole("dialog");

async function openMenu(page: Page, name: "Settings" | "Subtitles", ...pages: string[]) {
  const button = page.locator(".vjs-control-bar").getByRole("button", { name, exact: true });
  if ((await button.getAttribute("aria-expanded")) !== "true") {
    await page.mouse.move(400, 300);
    await page.mouse.move(420, 310);
    await button.click();
  }
  for (const one of pages) await menu(page).getByRole("button", { name: one }).click();
}

const choice = (page: Page, name: string): Locator =>
  menu(page).getByRole("menuitemradio", { name, exact: true });
const cue = (page: Page) => page.locator(".vjs-text-track-cue");

async function subtitleOf(language: string, forced = false) {
  const movie = await (await vigilio.fetch(`/api/v1/movies/${severalId}`)).json();
  const version = movie.versions.find((one: { height: number }) => one.height === 360);
  return version.subtitles.find(
    (one: { language: string; forced: boolean }) =>
      one.language === language && one.forced === forced,
  ) as { id: string; offsetMs: number; speed: number; url: string };
}

async function asItCame(): Promise<void> {
  const { id } = await subtitleOf("en");
  await vigilio.fetch(`/api/v1/subtitles/${id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ offsetMs: 0, speed: 1 }),
  });
}

async function elsewhere<Result>(
  browser: Browser,
  person: typeof admin,
  look: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ locale: "en-GB" });
  try {
    const page = await context.newPage();
    await signIn(page, person);
    return await look(page);
  } finally {
    await context.close();
  }
}

test("another version goes on at the same place, as it was, and is taken next time", async ({
  page,
}) => {
  await signIn(page, await newPerson());
  await watch(page);
  expect((await state(page)).videoWidth).toBe(640);

  await test.step("only what this browser plays is offered, by the names people use", async () => {
    await openMenu(page, "Settings", "Quality");
    const names = menu(page).getByRole("menuitemradio");
    await expect(names).toHaveText([/^360p/, /^240p/]);
    await expect(choice(page, "360p 360 MB")).toBeChecked();
  });

  await test.step("a film that plays plays on", async () => {
    await page.keyboard.press("Escape");
    await openMenu(page, "Subtitles");
    await choice(page, "Turkish").click();
    await page.keyboard.press("Escape");
    await openMenu(page, "Settings", "Sound");
    await choice(page, "Turkish").click();
    await page.keyboard.press("Escape");
    await stopAt(page, 20.2);
    await expect(cue(page)).toHaveText("Satır 5");
    // Not on a button: what is done by mouse leaves the keys to the film.
    await page.keyboard.press(" ");
    await openMenu(page, "Settings", "Quality");
    const before = (await state(page)).currentTime;
    await choice(page, "240p 240 MB").click();
    await expect.poll(async () => (await state(page)).videoWidth, { timeout: 20_000 }).toBe(426);
    await expect.poll(async () => (await state(page)).currentTime).toBeGreaterThan(before);
    const now = await state(page);
    expect(now.paused).toBe(false);
    expect(now.currentTime).toBeLessThan(before + 15);
    await expect(choice(page, "240p 240 MB")).toBeChecked();
  });

  await test.step("sound and subtitle stay", async () => {
    await page.keyboard.press("ArrowLeft");
    await expect(menu(page).getByRole("button", { name: "Sound" })).toContainText("Turkish");
    await expect(menu(page).getByRole("button", { name: "Subtitles" })).toContainText("Turkish");
    await page.keyboard.press("Escape");
  });

  await test.step("a film that is stopped stays stopped, with its picture and its line", async () => {
    await stopAt(page, 40.5);
    await openMenu(page, "Settings", "Quality");
    await choice(page, "360p 360 MB").click();
    await expect.poll(async () => (await state(page)).videoWidth, { timeout: 20_000 }).toBe(640);
    await expect.poll(async () => (await state(page)).isReady).toBe(true);
    const now = await state(page);
    expect(now.paused).toBe(true);
    expect(now.currentTime).toBeCloseTo(40.5, 0);
    await expect(cue(page)).toHaveText("Satır 10");
    await expect(page.locator(".vjs-poster")).toBeHidden();
  });

  await test.step("the size is remembered in this browser", async () => {
    await choice(page, "240p 240 MB").click();
    await expect.poll(async () => (await state(page)).videoWidth, { timeout: 20_000 }).toBe(426);
    await page.reload();
    await expect.poll(async () => (await state(page)).videoWidth, { timeout: 20_000 }).toBe(426);
  });
});

test("a version that turns out to have no picture here gives way to one that has", async ({
  page,
}) => {
  await signIn(page, await newPerson());
  await page.goto(`${vigilio.url}/watch/${darkId}`);
  await expect.poll(async () => (await state(page)).videoWidth, { timeout: 20_000 }).toBe(426);
  await expect.poll(async () => (await state(page)).currentTime).toBeGreaterThan(0.3);
  await expect(page.locator(".player-fault")).toHaveCount(0);
});

test("what is picked follows the person to another device", async ({ page, browser }) => {
  const person = await newPerson("member");
  await signIn(page, person);
  await watch(page);
  await stopAt(page, 8.5);
  await expect(cue(page)).toHaveText("Line 2");
  const saved = page.waitForResponse((answer) => answer.url().includes("/me/choices/"));
  await openMenu(page, "Subtitles");
  await choice(page, "Turkish").click();
  await expect(cue(page)).toHaveText("Satır 2");
  expect((await saved).status()).toBe(204);

  await elsewhere(browser, person, async (other) => {
    await watch(other);
    await stopAt(other, 8.5);
    await expect(cue(other)).toHaveText("Satır 2");
    const off = other.waitForResponse((answer) => answer.url().includes("/me/choices/"));
    await other.keyboard.press("c");
    await expect(cue(other)).toHaveCount(0);
    await off;
  });

  await test.step("and so does none; nobody else is concerned", async () => {
    await watch(page);
    await stopAt(page, 8.5);
    await openMenu(page, "Subtitles");
    await expect(choice(page, "Off")).toBeChecked();
    await expect(cue(page)).toHaveCount(0);
    await elsewhere(browser, await newPerson("member"), async (other) => {
      await watch(other);
      await stopAt(other, 8.5);
      await expect(cue(other)).toHaveText("Line 2");
    });
  });
});

test("forced subtitles go on by themselves with the sound that one understands", async ({
  page,
}) => {
  await signIn(page, await newPerson());
  const answer = await page.request.patch(`${vigilio.url}/api/v1/me`, {
    headers: { origin: vigilio.url },
    data: { subtitlesOn: false, audioLanguages: ["en"] },
  });
  expect(answer.status()).toBe(200);
  await watch(page);
  await stopAt(page, 12.5);
  await expect(cue(page)).toHaveText("Sign 3");
  await openMenu(page, "Settings", "Sound");
  await choice(page, "Turkish").click();
  await expect(cue(page)).toHaveCount(0);
  await choice(page, "English").click();
  await expect(cue(page)).toHaveText("Sign 3");
});

test("subtitles look as the person wants, everywhere @phone", async ({ page, browser }) => {
  const person = await newPerson("member");
  await signIn(page, person);
  await watch(page);
  await stopAt(page, 8.5);
  const look = (of: Page) =>
    cue(of).evaluate((element) => {
      const line = getComputedStyle(element.firstElementChild ?? element);
      const { fontSize, color, backgroundColor } = line;
      return { size: Number.parseFloat(fontSize), color, backgroundColor };
    });
  await expect(cue(page)).toBeVisible();
  const before = await look(page);
  expect(before.size).toBeGreaterThanOrEqual(16);
  await openMenu(page, "Subtitles", "Look");
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/api/v1/me"));
  await menu(page).getByRole("radio", { name: "150%" }).click();
  await menu(page).getByRole("radio", { name: "Yellow" }).click();
  await menu(page).getByRole("radio", { name: "Black" }).click();
  await expect(menu(page).getByRole("radio", { name: "Yellow" })).toBeChecked();
  const wanted = { color: "rgb(255, 228, 92)", backgroundColor: "rgb(0, 0, 0)" };
  expect(await look(page)).toMatchObject(wanted);
  expect((await look(page)).size / before.size).toBeCloseTo(1.5, 1);
  expect((await saved).status()).toBe(200);
  await elsewhere(browser, person, async (other) => {
    await watch(other);
    await stopAt(other, 8.5);
    await expect(cue(other)).toHaveText("Line 2");
    expect(await look(other)).toMatchObject(wanted);
  });
});

test("a delay moves the line on the screen, and is the household's", async ({ page, browser }) => {
  await asItCame();
  await signIn(page, await newPerson());
  await watch(page);
  await stopAt(page, 8.2);
  await expect(cue(page)).toHaveText("Line 2");

  await test.step("by keys", async () => {
    for (let press = 0; press < 5; press += 1) await page.keyboard.press("x");
    await expect(page.getByRole("status")).toHaveText("Subtitles +0.25 sec");
    await expect(cue(page)).toHaveCount(0);
    await page.keyboard.press("z");
    await expect(cue(page)).toHaveText("Line 2");
  });

  await test.step("by buttons, for everybody", async () => {
    await openMenu(page, "Subtitles", "Delay");
    for (let press = 0; press < 2; press += 1) {
      await menu(page).getByRole("button", { name: "0.05 sec later" }).click();
    }
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    await expect(menu(page)).toContainText("+0.30 sec");
    await expect(cue(page)).toHaveCount(0);
    await expect(menu(page).getByRole("status")).toHaveText("Saved for everybody");
    const { url } = await subtitleOf("en");
    expect((await subtitleOf("en")).offsetMs).toBe(300);
    expect(await (await vigilio.fetch(url)).text()).toContain("00:00:08.300 --> 00:00:10.300");
  });

  await test.step("a button that is held goes on", async () => {
    await menu(page).getByRole("button", { name: "0.05 sec later" }).hover();
    await page.mouse.down();
    await expect(menu(page)).toContainText("+0.60 sec");
    await page.mouse.up();
    await menu(page).getByRole("button", { name: "Reset" }).click();
    await expect(menu(page)).toContainText("0.00 sec");
    await expect.poll(async () => (await subtitleOf("en")).offsetMs).toBe(0);
  });

  await test.step("a member's change stays on their device, and says so", async () => {
    const person = await newPerson("member");
    await elsewhere(browser, person, async (other) => {
      await watch(other);
      await stopAt(other, 8.2);
      await openMenu(other, "Subtitles", "Delay");
      await expect(menu(other).getByRole("status")).toContainText("stays on this device");
      for (let press = 0; press < 5; press += 1) {
        await menu(other).getByRole("button", { name: "0.05 sec later" }).click();
      }
      await expect(menu(other).getByRole("status")).toContainText("Kept on this device");
      await expect(cue(other)).toHaveCount(0);
      await watch(other);
      await stopAt(other, 8.2);
      await openMenu(other, "Subtitles", "Delay");
      await expect(menu(other)).toContainText("+0.25 sec");
      await expect(cue(other)).toHaveCount(0);
    });
    expect((await subtitleOf("en")).offsetMs).toBe(0);
  });
});

test("a tap when a line is heard sets the delay, a second one the speed", async ({ page }) => {
  await asItCame();
  await signIn(page, await newPerson());
  await watch(page);
  await stopAt(page, 13);
  await openMenu(page, "Subtitles", "Tap to fit");
  await expect(menu(page).getByRole("button", { name: "Pick a line first" })).toBeVisible();
  await choice(page, "0:12 Line 3").click();
  await menu(page).getByRole("button", { name: "Now" }).click();
  await expect(menu(page)).toContainText("+1.00 sec");
  await expect(cue(page)).toHaveText("Line 3");
  await expect.poll(async () => (await subtitleOf("en")).offsetMs).toBe(1000);

  await test.step("one that is far away, by the space bar", async () => {
    // The film runs at 25 pictures a second, and the subtitle was made for 24.
    await stopAt(page, 13 + (108 - 12) * (24 / 25));
    await choice(page, "1:49 Line 27").click();
    await page.keyboard.press(" ");
    await expect(menu(page)).toContainText("+1.48 sec");
    await expect(menu(page)).toContainText("4.2% faster");
    await expect(cue(page)).toHaveText("Line 27");
    await expect.poll(async () => (await subtitleOf("en")).speed).toBeCloseTo(25 / 24, 5);
    const { url } = await subtitleOf("en");
    expect(await (await vigilio.fetch(url)).text()).toContain("00:00:13.000 --> 00:00:14.920");
  });

  await test.step("undo takes it back", async () => {
    await menu(page).getByRole("button", { name: "Undo" }).click();
    await expect(menu(page)).toContainText("+1.00 sec");
    await expect(menu(page)).not.toContainText("faster");
    await expect.poll(async () => (await subtitleOf("en")).speed).toBe(1);
  });
  await asItCame();
});

test("the menu works by keyboard alone, and Escape closes it and not the page", async ({
  page,
}) => {
  await signIn(page, await newPerson());
  await watch(page);
  const button = page.locator(".vjs-control-bar").getByRole("button", { name: "Settings" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(menu(page)).toBeVisible();
  await expect(menu(page).getByRole("button", { name: "Quality" })).toBeFocused();
  const speed = menu(page).getByRole("button", { name: "Speed" });
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("ArrowDown");
  await expect(speed).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(choice(page, "Normal")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(choice(page, "1.25×")).toBeChecked();
  expect(await video(page).evaluate((element) => (element as HTMLVideoElement).playbackRate)).toBe(
    1.25,
  );
  await page.keyboard.press("ArrowLeft");
  await expect(speed).toContainText("1.25×");
  await page.keyboard.press("Escape");
  await expect(menu(page)).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(page).toHaveURL(/\/watch\//);
});

test("all controls are on the screen and large enough, and the menu is reached by touch @phone", async ({
  page,
}) => {
  await signIn(page, await newPerson());
  for (const viewport of [
    { width: 360, height: 740 },
    { width: 740, height: 360 },
  ]) {
    await page.setViewportSize(viewport);
    await watch(page);
    await stopAt(page, 8.5);
    const controls = page.locator(".vjs-control-bar button:visible");
    for (const control of await controls.all()) {
      const box = await control.boundingBox();
      if (!box) throw new Error("a control has no place");
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(43.5);
      expect(await control.getAttribute("title")).toBeTruthy();
    }
    await openMenu(page, "Settings", "Subtitles");
    await choice(page, "Turkish").click();
    await expect(choice(page, "Turkish")).toBeChecked();
    const box = await menu(page).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= viewport.width).toBe(true);
    expect(box && box.y >= 0 && box.y + box.height <= viewport.height).toBe(true);
    await choice(page, "English").click();
    await menu(page).getByRole("button", { name: "Close" }).click();
    await expect(menu(page)).toHaveCount(0);
  }
});
