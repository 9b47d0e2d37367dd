import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { expectStop, stop, walkTo } from "../support/by-keyboard";
import { control, Hands, secondsOf } from "../support/hands";
import { afterwards, evening, type Household, openHousehold } from "../support/household";
import { expectNoSidewaysScroll } from "../support/theatre";
import { faultsOf } from "../support/watch-site";
import {
  choiceOf,
  cueOf,
  elsewhere,
  filmState,
  menuOf,
  newPerson,
  signInAs,
} from "../support/watching";

let site: Household;
test.beforeAll(async () => {
  site = await openHousehold();
});
test.afterAll(async () => site?.stop());

let faults: string[] = [];
test.beforeEach(({ page }) => {
  faults = faultsOf(page);
});
test.afterEach(() => expect(faults).toEqual([]));

const main = (page: Page) => page.getByRole("main");
const row = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const cardIn = (within: Locator) => within.getByRole("article").filter({ hasText: evening.title });
const heading = (page: Page) => main(page).getByRole("heading", { level: 1 });
const forgetName = `Remove ${evening.title} from your history`;

/** Fails where the film does not go on at about this place. */
async function expectToGoOnAt(page: Page, seconds: number): Promise<void> {
  await expect.poll(() => secondsOf(page), { timeout: 20_000 }).toBeGreaterThan(seconds - 2);
  expect(await secondsOf(page)).toBeLessThan(seconds + 8);
}

async function expectEnd(page: Page): Promise<void> {
  const isOver = () => page.locator("video").evaluate((video) => (video as HTMLVideoElement).ended);
  await expect.poll(isOver, { timeout: 20_000 }).toBe(true);
}

async function find(page: Page, hands: Hands): Promise<void> {
  await test.step("browse: a row of the home page, then all of the genre", async () => {
    await expect(cardIn(row(page, "Crime"))).toBeVisible();
    await expectNoSidewaysScroll(page, "home");
    if (hands.isPhone) await hands.more("Movies");
    else await hands.link("Movies");
    await expect(heading(page)).toHaveText("Movies");
    await hands.press(page.getByRole("navigation", { name: "Genres" }).getByText("Crime"));
    await expect(heading(page)).toHaveText("Crime");
    await expect(main(page).getByRole("article")).toHaveCount(3);
    await expectNoSidewaysScroll(page, "a genre");
  });

  await test.step("search, with a slip", async () => {
    if (hands.isPhone) await hands.link("Search");
    const field = page.locator("input[type=search]:visible");
    await hands.press(field);
    await field.pressSequentially(evening.slip);
    await expect(page.getByText(`Did you mean ${evening.title}?`)).toBeVisible();
    await expectNoSidewaysScroll(page, "a search");
    await hands.press(
      hands.isPhone
        ? cardIn(main(page)).getByRole("link")
        : page.getByRole("option", { name: evening.title }),
    );
    await expect(heading(page)).toHaveText(evening.title);
    await expectNoSidewaysScroll(page, "a movie");
  });

  await test.step("keep it on the list", async () => {
    const toggle = main(page).getByRole("button", { name: "My list", exact: true });
    await hands.press(toggle);
    await expect(toggle).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByText(`${evening.title} is on your list`)).toBeVisible();
    await hands.link("My list");
    await expect(heading(page)).toHaveText("My list");
    await hands.press(cardIn(main(page)).getByRole("link"));
    await expect(heading(page)).toHaveText(evening.title);
  });
}

/** @returns where the film was left, in seconds. */
async function watchSome(page: Page, hands: Hands): Promise<number> {
  await test.step("play, and stop to set things right", async () => {
    await hands.link("Play");
    await expect.poll(() => secondsOf(page), { timeout: 20_000 }).toBeGreaterThan(0.5);
    await hands.playOrPause("Pause");
    const { width } = page.viewportSize() ?? { width: 0 };
    for (const one of await page.locator(".vjs-control-bar button:visible").all()) {
      const box = await one.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width, (await one.textContent()) ?? "").toBe(
        true,
      );
    }
  });

  await test.step("another subtitle, a moment later", async () => {
    await hands.press(control(page, "Subtitles"));
    await hands.press(choiceOf(page, "Turkish"));
    await expect(choiceOf(page, "Turkish")).toBeChecked();
    const menu = menuOf(page);
    await hands.press(menu.getByRole("button", { name: "Delay" }));
    for (const _ of [1, 2]) await hands.press(menu.getByRole("button", { name: /later$/ }));
    await expect(menu.getByText("+0.10 sec")).toBeVisible();
    await hands.press(menu.getByRole("button", { name: "Close" }));
    await expect(menu).toHaveCount(0);
  });

  await test.step("another version and another sound", async () => {
    await hands.press(control(page, "Settings"));
    await hands.choose("Quality", "240p 240 MB");
    await expect
      .poll(async () => (await filmState(page)).videoWidth, { timeout: 20_000 })
      .toBe(426);
    await hands.choose("Sound", "Turkish");
    await expect(menuOf(page).getByRole("button", { name: "Subtitles" })).toContainText("Turkish");
    await hands.press(menuOf(page).getByRole("button", { name: "Close" }));
  });

  return test.step("go on from further in, and leave", async () => {
    await hands.seekTo(0.4);
    await hands.playOrPause("Play");
    await expect(cueOf(page)).toHaveText(/^Satır \d+$/);
    await hands.showControls();
    const left = await secondsOf(page);
    await hands.link("Back to the movie");
    await expect(page.getByRole("link", { name: /^Resume/ })).toBeVisible();
    await expectNoSidewaysScroll(page, "a movie that was begun");
    return left;
  });
}

async function watchTheRest(page: Page, hands: Hands, left: number): Promise<void> {
  await test.step("elsewhere: go on at the same place, as it was", async () => {
    await expect(cardIn(row(page, "Continue watching"))).toContainText("left");
    await hands.link(/^Resume/);
    await expectToGoOnAt(page, left);
    await expect(cueOf(page)).toHaveText(/^Satır \d+$/);
    await hands.playOrPause("Pause");
    await hands.press(control(page, "Settings"));
    await expect(menuOf(page).getByRole("button", { name: "Sound" })).toContainText("Turkish");
    await hands.press(menuOf(page).getByRole("button", { name: "Close" }));
  });

  await test.step("to the end", async () => {
    await hands.seekTo(0.95);
    await hands.playOrPause("Play");
    await expectEnd(page);
    await expect(page.getByRole("region", { name: afterwards.title })).toBeVisible();
    await hands.button("Watch the credits");
    await hands.link("Back to the movie");
  });
}

async function tidyUp(page: Page, hands: Hands): Promise<void> {
  await test.step("it is watched, and nothing to go on with", async () => {
    await expect(main(page).getByText("Watched", { exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: "Play", exact: true })).toBeVisible();
    await hands.link(hands.isPhone ? "Home" : "Vigilio");
    await expect(cardIn(row(page, "Recently added"))).toContainText("Watched");
    await expect(row(page, "Continue watching")).toHaveCount(0);
  });

  await test.step("nobody has to know", async () => {
    await hands.more("History");
    await expect(heading(page)).toHaveText("History");
    await expect(main(page).getByRole("listitem")).toContainText("Watched to the end");
    await expectNoSidewaysScroll(page, "history");
    const saved = page.waitForResponse(
      (response) => response.request().method() === "POST" && response.url().endsWith("/history"),
    );
    await hands.button(forgetName);
    await expect(page.getByText("Nothing watched yet")).toBeVisible();
    // It answers before the server does: who leaves at once would ask for the page as it was.
    await saved;
    await page.reload();
    await expect(page.getByText("Nothing watched yet")).toBeVisible();
  });
}

async function spendAnEvening(page: Page, browser: Browser, isPhone: boolean): Promise<void> {
  const person = await newPerson(site, "member");
  await signInAs(site, page, person);
  const hands = new Hands(page, isPhone, evening.seconds);
  await find(page, hands);
  const left = await watchSome(page, hands);
  await elsewhere(site, browser, {
    person,
    async look(other) {
      const handsThere = new Hands(other, isPhone, evening.seconds);
      await watchTheRest(other, handsThere, left);
      await tidyUp(other, handsThere);
    },
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
  test("an evening by finger", ({ page, browser }) => spendAnEvening(page, browser, true));
});

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]) {
  test.describe(`on a screen of ${viewport.width} by ${viewport.height}`, () => {
    test.use({ viewport });
    test("an evening by mouse", ({ page, browser }) => spendAnEvening(page, browser, false));
  });
}

async function signInByKeyboard(
  page: Page,
  { username, password }: { username: string; password: string },
): Promise<void> {
  await page.goto(`${site.vigilio.url}/sign-in`);
  await expectStop(page, "User name");
  await page.keyboard.type(username);
  await walkTo(page, "Tab", "Password");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${site.vigilio.url}/`);
}

test.describe("by keyboard alone", () => {
  test.use({ viewport: { width: 1280, height: 800 } });
  test("an evening", async ({ page, browser }) => {
    const person = await newPerson(site, "member");
    const press = (key: string) => page.keyboard.press(key);
    await signInByKeyboard(page, person);

    await test.step("browse: a row of the home page, then all of the genre", async () => {
      await walkTo(page, "ArrowDown", /link "(Play|Details)|button "My list"/, 1);
      await walkTo(page, "ArrowDown", /Lantern Keeper|Harbour Lights|Nine Bridges/, 1);
      await walkTo(page, "ArrowUp", /link "(Movies|My list)"/, 3);
      await walkTo(page, "ArrowLeft", "Vigilio", 2);
      await walkTo(page, "ArrowRight", "Movies", 1);
      await press("Enter");
      await expect(heading(page)).toHaveText("Movies");
      await walkTo(page, "ArrowDown", /link "(All genres|Crime)"/, 1);
      await walkTo(page, "ArrowLeft", "All genres", 1);
      await walkTo(page, "ArrowRight", "Crime", 1);
      await press("Enter");
      await expect(heading(page)).toHaveText("Crime");
      await expectStop(page, "Crime");
    });

    await test.step("search, with a slip", async () => {
      await press("/");
      await expectStop(page, "Search your movies");
      await page.keyboard.type(evening.slip);
      await expect(page.getByText(`Did you mean ${evening.title}?`)).toBeVisible();
      await press("ArrowDown");
      const option = page.getByRole("option", { name: evening.title });
      await expect(option).toHaveAttribute("aria-selected", "true");
      await press("Enter");
      await expect(heading(page)).toHaveText(evening.title);
    });

    await test.step("keep it on the list", async () => {
      await walkTo(page, "ArrowDown", "Play", 3);
      await walkTo(page, "ArrowRight", "My list", 1);
      await press("Enter");
      await expectStop(page, /button "My list" \[pressed\]/);
      await walkTo(page, "ArrowLeft", "Play", 1);
    });

    await test.step("play, another subtitle, a moment later", async () => {
      await press("Enter");
      await expect.poll(() => secondsOf(page), { timeout: 20_000 }).toBeGreaterThan(0.5);
      await press("k");
      await expect.poll(async () => (await filmState(page)).paused).toBe(true);
      await walkTo(page, "Tab", "Subtitles");
      await press("Enter");
      await expectStop(page, /menuitemradio "(English|Off)" \[checked\]/);
      await walkTo(page, "ArrowDown", "Turkish", 2);
      await press("Enter");
      await expect(choiceOf(page, "Turkish")).toBeChecked();
      await walkTo(page, "ArrowDown", "Delay", 3);
      await press("Enter");
      await expectStop(page, /later"/);
      await press("ArrowRight");
      await press("Enter");
      await expect(menuOf(page).getByText("+0.10 sec")).toBeVisible();
      await press("Escape");
      await expectStop(page, "Subtitles");
      await press("x");
      await expect(page.getByText("Subtitles +0.15 sec")).toBeVisible();
    });

    await test.step("another version and another sound", async () => {
      await walkTo(page, "Tab", "Settings", 1);
      await press("Enter");
      await expectStop(page, /Quality/);
      await press("Enter");
      await expectStop(page, /360p.*checked/);
      await walkTo(page, "ArrowDown", /240p/, 1);
      await press("Enter");
      await expect
        .poll(async () => (await filmState(page)).videoWidth, { timeout: 20_000 })
        .toBe(426);
      await expectStop(page, /240p.*checked/);
      await press("ArrowLeft");
      await expectStop(page, /Quality/);
      await walkTo(page, "ArrowDown", /Sound/, 1);
      await press("Enter");
      await walkTo(page, "ArrowDown", "Turkish", 1);
      await press("Enter");
      await expect(choiceOf(page, "Turkish")).toBeChecked();
      await press("Escape");
      await expectStop(page, "Settings");
    });

    const left = await test.step("go on from further in, and leave", async () => {
      await press("4");
      await expect.poll(() => secondsOf(page)).toBeCloseTo(24, 0);
      await press("k");
      await expect(cueOf(page)).toHaveText(/^Satır \d+$/);
      const seconds = await secondsOf(page);
      await press("Escape");
      await expect(page.getByRole("link", { name: /^Resume/ })).toBeVisible();
      return seconds;
    });

    await elsewhere(site, browser, {
      person,
      // Signed in already by its own means: what follows is by keyboard again.
      look: (other) => goOnByKeyboard(other, left),
    });
  });
});

async function goOnByKeyboard(page: Page, left: number): Promise<void> {
  const press = (key: string) => page.keyboard.press(key);
  await test.step("elsewhere: go on at the same place, to the end", async () => {
    await walkTo(page, "ArrowDown", /link "Resume/, 1);
    await press("Enter");
    await expectToGoOnAt(page, left);
    await expect(cueOf(page)).toHaveText(/^Satır \d+$/);
    await press("9");
    await expectEnd(page);
    await walkTo(page, "Tab", "Watch the credits", 30);
    await press("Enter");
    await press("Escape");
    await expect(main(page).getByText("Watched", { exact: true })).toBeVisible();
  });

  await test.step("nothing to go on with, and nobody has to know", async () => {
    await walkTo(page, "ArrowDown", "Play", 3);
    await walkTo(page, "ArrowUp", /"(Vigilio|Movies|My list|More)"/, 5);
    await walkTo(page, "ArrowLeft", "Vigilio", 4);
    await press("Enter");
    await expect(page).toHaveURL(`${site.vigilio.url}/`);
    await expect(cardIn(row(page, "Recently added"))).toContainText("Watched");
    await expect(row(page, "Continue watching")).toHaveCount(0);
    await expectStop(page, "Vigilio");
    await walkTo(page, "ArrowRight", "More", 4);
    await press("Enter");
    await walkTo(page, "ArrowDown", "History", 2);
    await press("Enter");
    await expect(heading(page)).toHaveText("History");
    await expect(main(page).getByRole("listitem")).toContainText("Watched to the end");
    await walkTo(page, "ArrowDown", forgetName, 4);
    await press("Enter");
    await expect(page.getByText("Nothing watched yet")).toBeVisible();
    await press("ArrowDown");
    expect(await stop(page)).toContain("Browse movies");
  });
}
