import { expect, type Page, test } from "@playwright/test";
import {
  choiceOf,
  cueOf,
  elsewhere,
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

async function subtitleOf(language: string, forced = false) {
  const movie = await (await site.vigilio.fetch(`/api/v1/movies/${site.severalId}`)).json();
  const version = movie.versions.find((one: { height: number }) => one.height === 360);
  return version.subtitles.find(
    (one: { language: string; forced: boolean }) =>
      one.language === language && one.forced === forced,
  ) as { id: string; offsetMs: number; speed: number; url: string };
}

async function asItCame(): Promise<void> {
  const { id } = await subtitleOf("en");
  await site.vigilio.fetch(`/api/v1/subtitles/${id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ offsetMs: 0, speed: 1 }),
  });
}

test("subtitles look as the person wants, everywhere @phone", async ({ page, browser }) => {
  const person = await newPerson(site, "member");
  await signInAs(site, page, person);
  await watch(site, page, site.severalId);
  await stopAt(page, 8.5);
  const look = (of: Page) =>
    cueOf(of).evaluate((element) => {
      const line = getComputedStyle(element.firstElementChild ?? element);
      const { fontSize, color, backgroundColor } = line;
      return { size: Number.parseFloat(fontSize), color, backgroundColor };
    });
  await expect(cueOf(page)).toBeVisible();
  await test.step("they stand below, and above the controls", async () => {
    const middle = (page.viewportSize()?.height ?? 0) / 2;
    const isPlaced = async () => {
      const line = await cueOf(page).boundingBox();
      const bar = await page.locator(".vjs-control-bar").boundingBox();
      return line && bar && line.y > middle - 1 && line.y + line.height <= bar.y + 1;
    };
    await expect.poll(isPlaced).toBe(true);
  });
  const before = await look(page);
  expect(before.size).toBeGreaterThanOrEqual(16);
  await openMenu(page, "Subtitles", "Look");
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/api/v1/me"));
  await menuOf(page).getByRole("radio", { name: "150%" }).click();
  await menuOf(page).getByRole("radio", { name: "Yellow" }).click();
  await menuOf(page).getByRole("radio", { name: "Black" }).click();
  await expect(menuOf(page).getByRole("radio", { name: "Yellow" })).toBeChecked();
  const wanted = { color: "rgb(255, 228, 92)", backgroundColor: "rgb(0, 0, 0)" };
  expect(await look(page)).toMatchObject(wanted);
  expect((await look(page)).size / before.size).toBeCloseTo(1.5, 1);
  expect((await saved).status()).toBe(200);
  await elsewhere(site, browser, {
    person: person,
    look: async (other) => {
      await watch(site, other, site.severalId);
      await stopAt(other, 8.5);
      await expect(cueOf(other)).toHaveText("Line 2");
      expect(await look(other)).toMatchObject(wanted);
    },
  });
});

test("a delay moves the line on the screen, and is the household's", async ({ page, browser }) => {
  await asItCame();
  await signInAs(site, page, await newPerson(site));
  await watch(site, page, site.severalId);
  await stopAt(page, 8.2);
  await expect(cueOf(page)).toHaveText("Line 2");

  await test.step("by keys", async () => {
    for (let press = 0; press < 5; press += 1) await page.keyboard.press("x");
    await expect(page.locator(".player-delay-note")).toHaveText("Subtitles +0.25 sec");
    await expect(cueOf(page)).toHaveCount(0);
    for (let press = 0; press < 2; press += 1) await page.keyboard.press("z");
    await expect(cueOf(page)).toHaveText("Line 2");
  });

  await test.step("by buttons, for everybody", async () => {
    await openMenu(page, "Subtitles", "Delay");
    for (let press = 0; press < 2; press += 1) {
      await menuOf(page).getByRole("button", { name: "0.05 sec later" }).click();
    }
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    await expect(menuOf(page)).toContainText("+0.25 sec");
    await expect(cueOf(page)).toHaveCount(0);
    await expect(menuOf(page).getByText("Saved for everybody")).toBeVisible();
    const { url } = await subtitleOf("en");
    expect((await subtitleOf("en")).offsetMs).toBe(250);
    expect(await (await site.vigilio.fetch(url)).text()).toContain("00:00:08.250 --> 00:00:10.250");
  });

  await test.step("a button that is held goes on", async () => {
    await menuOf(page).getByRole("button", { name: "0.05 sec later" }).hover();
    await page.mouse.down();
    await expect(menuOf(page)).toContainText("+0.60 sec");
    await page.mouse.up();
    await menuOf(page).getByRole("button", { name: "Reset" }).click();
    await expect(menuOf(page)).toContainText("0.00 sec");
    await expect.poll(async () => (await subtitleOf("en")).offsetMs).toBe(0);
  });

  await test.step("a member's change stays on their device, and says so", async () => {
    const person = await newPerson(site, "member");
    await elsewhere(site, browser, {
      person: person,
      look: async (other) => {
        await watch(site, other, site.severalId);
        await stopAt(other, 8.2);
        await openMenu(other, "Subtitles", "Delay");
        await expect(menuOf(other).getByText("stays on this device")).toBeVisible();
        for (let press = 0; press < 5; press += 1) {
          await menuOf(other).getByRole("button", { name: "0.05 sec later" }).click();
        }
        await expect(menuOf(other).getByText("Kept on this device")).toBeVisible();
        await expect(cueOf(other)).toHaveCount(0);
        await watch(site, other, site.severalId);
        await stopAt(other, 8.2);
        await openMenu(other, "Subtitles", "Delay");
        await expect(menuOf(other)).toContainText("+0.25 sec");
        await expect(cueOf(other)).toHaveCount(0);
      },
    });
    expect((await subtitleOf("en")).offsetMs).toBe(0);
  });
});

test("a tap when a line is heard sets the delay, a second one the speed", async ({ page }) => {
  await asItCame();
  await signInAs(site, page, await newPerson(site));
  await watch(site, page, site.severalId);
  await stopAt(page, 13);
  await openMenu(page, "Subtitles", "Tap to fit");
  await expect(menuOf(page).getByRole("button", { name: "Pick a line first" })).toBeVisible();
  await choiceOf(page, "0:12 Line 3").click();
  await menuOf(page).getByRole("button", { name: "Now" }).click();
  await expect(menuOf(page)).toContainText("+1.00 sec");
  await expect(cueOf(page)).toHaveText("Line 3");
  await expect.poll(async () => (await subtitleOf("en")).offsetMs).toBe(1000);

  await test.step("one that is far away, by the space bar", async () => {
    // The film runs at 25 pictures a second, and the subtitle was made for 24.
    await stopAt(page, 13 + (108 - 12) * (24 / 25));
    await choiceOf(page, "1:49 Line 27").click();
    await page.keyboard.press(" ");
    await expect(menuOf(page)).toContainText("+1.48 sec");
    await expect(menuOf(page)).toContainText("4.2% faster");
    await expect(cueOf(page)).toHaveText("Line 27");
    await expect.poll(async () => (await subtitleOf("en")).speed).toBeCloseTo(25 / 24, 5);
    const { url } = await subtitleOf("en");
    expect(await (await site.vigilio.fetch(url)).text()).toContain("00:00:13.000 --> 00:00:14.920");
  });

  await test.step("undo takes it back", async () => {
    await menuOf(page).getByRole("button", { name: "Undo" }).click();
    await expect(menuOf(page)).toContainText("+1.00 sec");
    await expect(menuOf(page)).not.toContainText("faster");
    await expect.poll(async () => (await subtitleOf("en")).speed).toBe(1);
  });
  await asItCame();
});
