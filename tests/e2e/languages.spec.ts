import { readdirSync, readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { ownName } from "@/app/_components/words/language-names";
import {
  admin,
  enter,
  expectNoSidewaysScroll,
  openTheatre,
  type Theatre,
} from "../support/theatre";

const locales = readdirSync("messages").map((name) => name.replace(/\.json$/, ""));
/** One that is not English, where there is one. */
const other = locales.find((locale) => locale !== "en") ?? "en";

/** What stands in the place of a sentence that is not there: its namespace and its key. */
const keyOfWords = new RegExp(
  `\\b(?:${Object.keys(JSON.parse(readFileSync("messages/en.json", "utf8"))).join("|")})\\.[a-z]+[A-Z.]`,
);

let theatre: Theatre;
let film: { id: string; title: string };
test.beforeAll(async () => {
  theatre = await openTheatre();
  film = await theatre.addReady("tt7000001");
});
test.afterAll(async () => {
  await theatre[Symbol.asyncDispose]();
});

const languageOf = (page: Page) => page.locator("html").getAttribute("lang");

/** What a browser says of a page that is not as the server wrote it, or lacks a word. */
function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`${page.url()} ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${page.url()} ${message.text()}`);
  });
  return faults;
}

test("every language fits on a phone, and says every page the same on both sides", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const english = await browser.newContext({ locale: "en-GB" });
  const first = await english.newPage();
  await enter(first, theatre.vigilio.url);
  const state = await english.storageState();
  await english.close();
  const paths = [
    ...[
      "/",
      "/movies",
      "/search?query=a",
      "/my-list",
      "/history",
      "/account",
      `/movies/${film.id}`,
    ],
    ...[
      "/manage/add",
      "/manage/downloads",
      "/manage/jobs",
      "/manage/schedule",
      "/manage/preparing",
      "/manage/bin",
      "/manage/users",
      "/manage/design",
    ],
    ...[
      "services",
      "metadata",
      "subtitles",
      "conversion",
      "downloads",
      "tokens",
      "webhooks",
      "server",
    ].map((section) => `/manage/settings/${section}`),
    ...["/no-such-page", "/offline"],
  ];
  for (const locale of locales) {
    const context = await browser.newContext({
      locale,
      storageState: state,
      viewport: { width: 360, height: 740 },
      serviceWorkers: "block",
    });
    const page = await context.newPage();
    const faults = faultsOf(page);
    for (const path of paths) {
      await page.goto(`${theatre.vigilio.url}${path}`);
      expect(await languageOf(page), path).toBe(locale);
      await expectNoSidewaysScroll(page, `${path} in ${locale}`);
      // A key instead of its sentence would stand there with its namespace.
      expect(await page.locator("main").first().textContent(), path).not.toMatch(keyOfWords);
    }
    expect(faults.filter((fault) => !/no-such-page.*404/.test(fault))).toEqual([]);
    await context.close();
  }
});

test("before sign-in the browser decides, and the device when somebody says so @phone", async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: other });
  const page = await context.newPage();
  await page.goto(`${theatre.vigilio.url}/sign-in`);
  expect(await languageOf(page)).toBe(other);
  await page.getByRole("combobox").selectOption("en");
  await expect(page.locator("html")).toHaveAttribute("lang", /^en/);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(page.getByLabel("Language of this page")).toBeEnabled();
  await page.reload();
  expect(await languageOf(page)).toMatch(/^en/);
  await context.close();

  // A region of a language is no language of its own.
  const british = await browser.newContext({ locale: "en-GB" });
  const theirs = await british.newPage();
  await theirs.goto(`${theatre.vigilio.url}/sign-in`);
  expect(await languageOf(theirs)).toBe("en-GB");
  await expect(theirs.getByLabel("Language of this page")).toHaveValue("en");
  await british.close();
});

test("a person's choice holds on all their devices, until the browser decides again", async ({
  page,
  browser,
}) => {
  const faults = faultsOf(page);
  await enter(page, theatre.vigilio.url);
  await page.goto(`${theatre.vigilio.url}/account`);
  const choice = page.locator("select", { hasText: ownName("en") }).first();
  await expect(choice).toHaveValue("");
  await choice.selectOption(other);
  await expect(page.locator("html")).toHaveAttribute("lang", other);
  await expect(choice).toHaveValue(other);

  const elsewhere = await browser.newContext({ locale: "en-GB" });
  const tablet = await elsewhere.newPage();
  await tablet.goto(`${theatre.vigilio.url}/sign-in`);
  await tablet.getByLabel("User name").fill(admin.username);
  await tablet.getByLabel("Password", { exact: true }).fill(admin.password);
  await tablet.getByRole("button", { name: "Sign in" }).click();
  await expect(tablet).toHaveURL(`${theatre.vigilio.url}/`);
  await expect(tablet.locator("html")).toHaveAttribute("lang", other);
  // The controls of the player, too.
  const words = JSON.parse(readFileSync(`messages/${other}.json`, "utf8"));
  await tablet.goto(`${theatre.vigilio.url}/watch/${film.id}`);
  await expect(tablet.locator(".vjs-mute-control")).toHaveAttribute(
    "title",
    words.player.controls.mute,
  );
  await elsewhere.close();

  await choice.selectOption("");
  await expect(page.locator("html")).toHaveAttribute("lang", /^en/);
  await expect(page.getByLabel("Language", { exact: true })).toHaveValue("");
  expect(faults).toEqual([]);
});

test("what somebody likes to hear stands in their own order, wherever they sign in @phone", async ({
  page,
}) => {
  await enter(page, theatre.vigilio.url);
  await page.goto(`${theatre.vigilio.url}/account`);
  const heard = page.getByRole("list", { name: "Languages you like to hear" });
  const order = () => heard.getByRole("listitem").allInnerTexts();
  const add = page.getByLabel("Add a language to hear");
  for (const language of ["German", "Turkish"]) {
    await add.selectOption({ label: language });
    await expect(heard.getByRole("listitem").last()).toContainText(language);
  }
  await page.getByRole("button", { name: "Turkish one up" }).click();
  await expect.poll(order).toEqual(["Turkish", "German"]);
  // Already the first: it keeps the focus, and nothing happens.
  await expect(page.getByRole("button", { name: "Turkish one up" })).toBeFocused();
  await page.keyboard.press("Enter");
  const saved = async () => {
    const answer = await page.request.get(`${theatre.vigilio.url}/api/v1/me`);
    return (await answer.json()).preferences.audioLanguages;
  };
  await expect.poll(saved).toEqual(["tr", "de"]);
  await page.reload();
  expect(await order()).toEqual(["Turkish", "German"]);

  await page.getByRole("button", { name: "Remove Turkish" }).click();
  await expect.poll(order).toEqual(["German"]);
  await expect(add).toBeFocused();
  await page.getByRole("button", { name: "Remove German" }).click();
  await expect(page.getByText("each movie’s own language")).toBeVisible();
  await expect.poll(saved).toEqual([]);
});
