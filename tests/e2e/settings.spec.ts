import { expect, type Page, test } from "@playwright/test";
import { startVigilio } from "../support/vigilio";
import { openSubtitlesAccount, startOpenSubtitles } from "../upstreams/opensubtitles";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

const admin = { username: "ada", password: "a long enough password" };

/** Says that it saved, and nothing is wider than the screen. */
async function said(page: Page, text: string | RegExp): Promise<void> {
  await expect(page.getByText(text).first()).toBeVisible();
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(isWide, "the page scrolls sideways").toBe(false);
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("User name").fill(admin.username);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${url}/`);
}

test("settings are checked, saved and kept, and people are invited @phone", async ({
  page,
  browser,
}) => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const tmdb = await startTmdb();
  const openSubtitles = await startOpenSubtitles();
  await using vigilio = await startVigilio({
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      OPENSUBTITLES_API_URL: openSubtitles.apiUrl,
      OPENSUBTITLES_USERNAME: openSubtitlesAccount.username,
    },
  });
  const { url } = vigilio;
  const save = page.getByRole("button", { name: "Check and save" });
  await signIn(page, url);

  await test.step("they are found under More", async () => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("link", { name: "Settings" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.getByRole("link", { name: "Titles and posters" }).click();
  });

  await test.step("a TMDB key is tried before it is kept, and never shown", async () => {
    const tryIt = page.getByRole("button", { name: "Test", exact: true });
    await page.getByLabel("Key", { exact: true }).fill("not a key");
    await said(page, /That isn't a TMDB key/);
    await page.getByLabel("Key", { exact: true }).fill(tmdbKeys.v4);
    await expect(page.getByText(/That isn't a TMDB key/)).toHaveCount(0);
    await tryIt.click();
    await said(page, /TMDB accepts it, in \d+ ms/);
    await page.getByLabel("Key", { exact: true }).fill("f".repeat(32));
    await tryIt.click();
    await said(page, /doesn't take this key/);
    await save.click();
    await said(page, /doesn't take this key/);
    await expect(page.getByLabel("Key", { exact: true })).toBeFocused();
    await page.getByLabel("Key", { exact: true }).fill(tmdbKeys.v3);
    await save.click();
    await said(page, /TMDB takes the key/);
    await expect(page.getByText(/One is saved/)).toBeVisible();
    await page.reload();
    expect(await page.content()).not.toContain(tmdbKeys.v3);
  });

  await test.step("languages are put in order", async () => {
    await page.goto(`${url}/manage/settings/subtitles`);
    await page.getByLabel("Add a language").selectOption("en");
    await page.getByRole("button", { name: "Remove English" }).waitFor();
    await page.getByLabel("Add a language").selectOption("tr");
    await page.getByRole("button", { name: "Turkish one up" }).click();
    const first = page.getByRole("main").locator("ol > li").first();
    await expect(first).toContainText("Turkish");
    await expect(async () => {
      const answer = await vigilio.fetch("/api/v1/settings");
      const { items }: { items: { key: string; value?: unknown }[] } = await answer.json();
      expect(items.find(({ key }) => key === "subtitleLanguages")?.value).toEqual(["tr", "en"]);
    }).toPass();
  });

  await test.step("an account is tried; what the environment sets is shown and locked", async () => {
    const name = page.getByLabel("User name");
    await expect(name).toBeDisabled();
    await expect(name).toHaveValue(openSubtitlesAccount.username);
    await expect(page.getByText(/OPENSUBTITLES_USERNAME/)).toBeVisible();
    await page.getByLabel("API key").fill(openSubtitlesAccount.apiKey);
    await page.getByLabel("Password").fill(openSubtitlesAccount.password);
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await said(page, /20 of 20 downloads are left today\..*Renewed/);
    await page.getByLabel("Password").fill("wrong");
    await save.click();
    await said(page, /refused the user name or the password/);
    await page.getByLabel("Password").fill(openSubtitlesAccount.password);
    await save.click();
    await said(page, /20 of 20 downloads are left today/);
  });

  await test.step("conversion is set, and what can't be is said where it is folded away", async () => {
    await page.goto(`${url}/manage/settings/conversion`);
    const saveAll = page.getByRole("button", { name: "Save", exact: true });
    await page.getByLabel(/HEVC/).selectOption("both");
    await page.getByLabel("Largest picture").selectOption("1080");
    await page.getByLabel("Keep 5.1 sound").click();
    await page.getByLabel("Add clear voices").click();
    await page.getByText("Advanced").click();
    await page.getByLabel("Quality").fill("99");
    await saveAll.click();
    await expect(page.getByLabel("Quality")).toBeFocused();
    await page.getByLabel("Quality").fill("22");
    await page.getByLabel("Threads").fill("1");
    await saveAll.click();
    await said(page, /It holds for films that are prepared from now on/);
    await page.getByLabel("Delete what was downloaded").click();
    await said(page, "Originals go once they are not needed any more");
    const answer = await vigilio.fetch("/api/v1/settings");
    const { items }: { items: { key: string; value?: unknown }[] } = await answer.json();
    const saved = Object.fromEntries(items.map(({ key, value }) => [key, value]));
    expect(saved).toMatchObject({
      ...{ modernCodecs: "both", greatestHeight: 1080, keepSurround: false, clearVoice: true },
      ...{ pictureQuality: 22, encoderPreset: "veryfast", encoderThreads: 1 },
      ...{ hardwareEncoding: "auto", deleteOriginalFiles: true },
    });
    await page.reload();
    await expect(page.getByLabel("Largest picture")).toHaveValue("1080");
    await expect(page.getByLabel("Keep 5.1 sound")).not.toBeChecked();
  });

  await test.step("seeding has limits, and says what it can't take", async () => {
    await page.goto(`${url}/manage/settings/downloads`);
    const seeding = page.locator("form").filter({ has: page.getByLabel("Ratio") });
    const saveLimits = seeding.getByRole("button", { name: "Save", exact: true });
    await page.getByLabel("Ratio").fill("much");
    // Said while it is typed, and again when it is saved.
    await said(page, /Write a number/);
    await saveLimits.click();
    await said(page, /Write a number/);
    await page.getByLabel("Ratio").fill("1.5");
    await page.getByLabel("Days").fill("");
    await saveLimits.click();
    await said(page, "The limits are saved");
    await page.reload();
    await expect(page.getByLabel("Ratio")).toHaveValue("1.5");
    await expect(page.getByLabel("Days")).toHaveValue("");
  });

  await test.step("the connection to qBittorrent is tested", async () => {
    await page.getByLabel("Address").fill("http://127.0.0.1:9");
    await page.getByRole("button", { name: "Test" }).click();
    await said(page, /No qBittorrent answers/);
    await page.getByLabel("Address").fill("");
    await page.getByRole("button", { name: "Test" }).click();
    await said(page, /qBittorrent v?[\d.]+ answers/);
  });

  await test.step("what the environment decides is found, with where it comes from", async () => {
    await page.goto(`${url}/manage/settings/server`);
    const main = page.getByRole("main");
    await expect(main.getByText("VIGILIO_SECRET")).toBeVisible();
    await page.getByLabel("Find a setting").fill("subtitles user");
    await expect(main.getByText("OPENSUBTITLES_USERNAME")).toBeVisible();
    await expect(main.getByText("VIGILIO_SECRET")).toHaveCount(0);
    const found = main.getByRole("listitem").filter({ hasText: "OPENSUBTITLES_USERNAME" });
    await expect(found).toContainText(openSubtitlesAccount.username);
    await expect(found).toContainText("Environment");
    await expect(found).toContainText("Needs a restart");
    await page.getByLabel("A page for strangers").click();
    await said(page, "Strangers see the page about this server");
    await page.getByLabel("A page for strangers").click();
    await said(page, "Strangers see the sign-in page");
  });

  await test.step("somebody is invited, comes, and is shut out", async () => {
    await page.goto(`${url}/manage/users`);
    await page.getByRole("button", { name: "Make a link" }).click();
    const link = (await page.locator("code").textContent()) ?? "";
    const guest = await browser.newPage();
    await guest.goto(link);
    await guest.getByLabel("User name").fill("grace");
    await guest.getByLabel("Password", { exact: true }).fill("another long password");
    await guest.getByRole("button", { name: "Create account" }).click();
    await expect(guest).toHaveURL(`${url}/`);
    await guest.goto(`${url}/manage/settings`);
    await expect(guest.getByText("This page is for admins")).toBeVisible();

    await page.reload();
    await page.getByRole("button", { name: "More for grace" }).click();
    await page.getByRole("menuitem", { name: "Shut out" }).click();
    await said(page, "grace can't sign in any more");
    await guest.goto(`${url}/`);
    await expect(guest).toHaveURL(/\/sign-in/);
    await guest.close();
  });

  await test.step("a token is shown once, works, and ends", async () => {
    await page.goto(`${url}/manage/settings/tokens`);
    await page.getByLabel("What it is for").fill("Kitchen");
    await page.getByRole("button", { name: "Make token" }).click();
    const token = (await page.locator("code").textContent()) ?? "";
    const ask = async () => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${url}/api/v1/settings`, { headers })).status;
    };
    expect(await ask()).toBe(200);
    await page.reload();
    expect(await page.content()).not.toContain(token);
    await page.getByRole("button", { name: "Remove the token Kitchen" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    await said(page, "The token Kitchen is removed");
    expect(await ask()).toBe(401);
  });

  await test.step("other devices are signed out, this one is not", async () => {
    const other = await browser.newPage();
    await signIn(other, url);
    await page.goto(`${url}/account`);
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("button", { name: "Sign out everywhere else" }).click();
    await said(page, "Your other devices are signed out");
    await other.goto(`${url}/history`);
    await expect(other).toHaveURL(/\/sign-in/);
    await other.close();
    await page.goto(`${url}/history`);
    await expect(page.getByText("Nothing watched yet")).toBeVisible();
  });

  expect(faults).toEqual([]);
  await Promise.all([tmdb.close(), openSubtitles.close()]);
});
