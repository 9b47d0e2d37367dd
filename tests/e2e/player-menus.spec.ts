import { expect, test } from "@playwright/test";
import {
  choiceOf,
  cueOf,
  elsewhere,
  filmState,
  menuOf,
  newPerson,
  openMenu,
  signInAs,
  startWatching,
  stopAt,
  type WatchingSite,
  watch,
} from "../support/watching";

let site: WatchingSite;

test.beforeAll(async () => {
  site = await startWatching();
});

test.afterAll(async () => site?.stop());

test("another version goes on at the same place, as it was, and is taken next time", async ({
  page,
}) => {
  await signInAs(site, page, await newPerson(site));
  await watch(site, page, site.severalId);
  expect((await filmState(page)).videoWidth).toBe(640);

  await test.step("only what this browser plays is offered, by the names people use", async () => {
    await openMenu(page, "Settings", "Quality");
    const names = menuOf(page).getByRole("menuitemradio");
    await expect(names).toHaveText([/^360p/, /^240p/]);
    await expect(choiceOf(page, "360p 360 MB")).toBeChecked();
  });

  await test.step("a film that plays plays on", async () => {
    await page.keyboard.press("Escape");
    await openMenu(page, "Subtitles");
    await choiceOf(page, "Turkish").click();
    await page.keyboard.press("Escape");
    await openMenu(page, "Settings", "Sound");
    await choiceOf(page, "Turkish").click();
    await page.keyboard.press("Escape");
    await stopAt(page, 20.2);
    await expect(cueOf(page)).toHaveText("Satır 5");
    // Not on a button: what is done by mouse leaves the keys to the film.
    await page.keyboard.press(" ");
    await openMenu(page, "Settings", "Quality");
    const before = (await filmState(page)).currentTime;
    await choiceOf(page, "240p 240 MB").click();
    await expect
      .poll(async () => (await filmState(page)).videoWidth, { timeout: 20_000 })
      .toBe(426);
    await expect.poll(async () => (await filmState(page)).currentTime).toBeGreaterThan(before);
    const now = await filmState(page);
    expect(now.paused).toBe(false);
    expect(now.currentTime).toBeLessThan(before + 15);
    await expect(choiceOf(page, "240p 240 MB")).toBeChecked();
  });

  await test.step("sound and subtitle stay", async () => {
    await page.keyboard.press("ArrowLeft");
    await expect(menuOf(page).getByRole("button", { name: "Sound" })).toContainText("Turkish");
    await expect(menuOf(page).getByRole("button", { name: "Subtitles" })).toContainText("Turkish");
    await page.keyboard.press("Escape");
  });

  await test.step("a film that is stopped stays stopped, with its picture and its line", async () => {
    await stopAt(page, 40.5);
    await openMenu(page, "Settings", "Quality");
    await choiceOf(page, "360p 360 MB").click();
    await expect
      .poll(async () => (await filmState(page)).videoWidth, { timeout: 20_000 })
      .toBe(640);
    await expect.poll(async () => (await filmState(page)).isReady).toBe(true);
    const now = await filmState(page);
    expect(now.paused).toBe(true);
    expect(now.currentTime).toBeCloseTo(40.5, 0);
    await expect(cueOf(page)).toHaveText("Satır 10");
    await expect(page.locator(".vjs-poster")).toBeHidden();
  });

  await test.step("the size is remembered in this browser", async () => {
    await choiceOf(page, "240p 240 MB").click();
    await expect
      .poll(async () => (await filmState(page)).videoWidth, { timeout: 20_000 })
      .toBe(426);
    await page.reload();
    await expect
      .poll(async () => (await filmState(page)).videoWidth, { timeout: 20_000 })
      .toBe(426);
  });
});

test("a version that turns out to have no picture here gives way to one that has", async ({
  page,
}) => {
  await signInAs(site, page, await newPerson(site));
  await page.goto(`${site.vigilio.url}/watch/${site.darkId}`);
  await expect.poll(async () => (await filmState(page)).videoWidth, { timeout: 20_000 }).toBe(426);
  await expect.poll(async () => (await filmState(page)).currentTime).toBeGreaterThan(0.3);
  await expect(page.locator(".player-fault")).toHaveCount(0);
});

test("what is picked follows the person to another device", async ({ page, browser }) => {
  const person = await newPerson(site, "member");
  await signInAs(site, page, person);
  await watch(site, page, site.severalId);
  await stopAt(page, 8.5);
  await expect(cueOf(page)).toHaveText("Line 2");
  const saved = page.waitForResponse((answer) => answer.url().includes("/me/choices/"));
  await openMenu(page, "Subtitles");
  await choiceOf(page, "Turkish").click();
  await expect(cueOf(page)).toHaveText("Satır 2");
  expect((await saved).status()).toBe(204);

  await elsewhere(site, browser, {
    person: person,
    look: async (other) => {
      await watch(site, other, site.severalId);
      await stopAt(other, 8.5);
      await expect(cueOf(other)).toHaveText("Satır 2");
      const off = other.waitForResponse((answer) => answer.url().includes("/me/choices/"));
      await other.keyboard.press("c");
      await expect(cueOf(other)).toHaveCount(0);
      await off;
    },
  });

  await test.step("and so does none; nobody else is concerned", async () => {
    await watch(site, page, site.severalId);
    await stopAt(page, 8.5);
    await openMenu(page, "Subtitles");
    await expect(choiceOf(page, "Off")).toBeChecked();
    await expect(cueOf(page)).toHaveCount(0);
    await elsewhere(site, browser, {
      person: await newPerson(site, "member"),
      look: async (other) => {
        await watch(site, other, site.severalId);
        await stopAt(other, 8.5);
        await expect(cueOf(other)).toHaveText("Line 2");
      },
    });
  });
});

test("forced subtitles go on by themselves with the sound that one understands", async ({
  page,
}) => {
  await signInAs(site, page, await newPerson(site));
  const answer = await page.request.patch(`${site.vigilio.url}/api/v1/me`, {
    headers: { origin: site.vigilio.url },
    data: { subtitlesOn: false, audioLanguages: ["en"] },
  });
  expect(answer.status()).toBe(200);
  await watch(site, page, site.severalId);
  await stopAt(page, 12.5);
  await expect(cueOf(page)).toHaveText("Sign 3");
  await openMenu(page, "Settings", "Sound");
  await choiceOf(page, "Turkish").click();
  await expect(cueOf(page)).toHaveCount(0);
  await choiceOf(page, "English").click();
  await expect(cueOf(page)).toHaveText("Sign 3");
});

test("the menu works by keyboard alone, and Escape closes it and not the page", async ({
  page,
}) => {
  await signInAs(site, page, await newPerson(site));
  await watch(site, page, site.severalId);
  const button = page.locator(".vjs-control-bar").getByRole("button", { name: "Settings" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(menuOf(page)).toBeVisible();
  await expect(menuOf(page).getByRole("button", { name: "Quality" })).toBeFocused();
  const speed = menuOf(page).getByRole("button", { name: "Speed" });
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("ArrowDown");
  await expect(speed).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(choiceOf(page, "Normal")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(choiceOf(page, "1.25×")).toBeChecked();
  expect(
    await page.locator("video").evaluate((element) => (element as HTMLVideoElement).playbackRate),
  ).toBe(1.25);
  await page.keyboard.press("ArrowLeft");
  await expect(speed).toContainText("1.25×");
  await page.keyboard.press("Escape");
  await expect(menuOf(page)).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(page).toHaveURL(/\/watch\//);
});

test("all controls are on the screen and large enough, and the menu is reached by touch @phone", async ({
  page,
}) => {
  await signInAs(site, page, await newPerson(site));
  for (const viewport of [
    { width: 360, height: 740 },
    { width: 740, height: 360 },
  ]) {
    await page.setViewportSize(viewport);
    await watch(site, page, site.severalId);
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
    await choiceOf(page, "Turkish").click();
    await expect(choiceOf(page, "Turkish")).toBeChecked();
    const box = await menuOf(page).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= viewport.width).toBe(true);
    expect(box && box.y >= 0 && box.y + box.height <= viewport.height).toBe(true);
    await choiceOf(page, "English").click();
    await menuOf(page).getByRole("button", { name: "Close" }).click();
    await expect(menuOf(page)).toHaveCount(0);
  }
});
