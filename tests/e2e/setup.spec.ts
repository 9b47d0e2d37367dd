import { type Browser, expect, type Page, test } from "@playwright/test";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { openSubtitlesAccount, startOpenSubtitles } from "../upstreams/opensubtitles";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

const owner = { username: "ada", password: "a long enough password" };

/** A browser of its own; from elsewhere it comes by way of a proxy, as from another machine. */
async function openPage(browser: Browser, { isElsewhere = false } = {}): Promise<Page> {
  const extraHTTPHeaders: Record<string, string> = isElsewhere
    ? { "x-forwarded-for": "203.0.113.9" }
    : {};
  const context = await browser.newContext({ locale: "en-GB", extraHTTPHeaders });
  return context.newPage();
}

async function fillAccount(page: Page, username: string): Promise<void> {
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
}

/** Closes the browser, and comes back in a new one. */
async function comeBack(browser: Browser, page: Page, { url }: Vigilio): Promise<Page> {
  await page.context().close();
  const again = await openPage(browser, { isElsewhere: true });
  await again.goto(`${url}/`);
  await fillAccount(again, owner.username);
  await again.getByRole("button", { name: "Sign in" }).click();
  return again;
}

const stepOf = (page: Page) => page.getByRole("heading", { level: 1 });

test("setting up from another machine, with the browser closed in between", async ({ browser }) => {
  const tmdb = await startTmdb();
  const openSubtitles = await startOpenSubtitles();
  await using vigilio = await startVigilio({
    env: {
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      OPENSUBTITLES_API_URL: openSubtitles.apiUrl,
    },
  });
  const { url } = vigilio;
  let page = await openPage(browser, { isElsewhere: true });
  const second = await openPage(browser);

  await test.step("the code of the log makes the owner", async () => {
    await second.goto(`${url}/setup`);
    await expect(second.getByLabel("One-time code")).toHaveCount(0);
    await page.goto(`${url}/`);
    await expect(page).toHaveURL(`${url}/setup`);
    await expect(page.getByText("docker compose logs")).toBeVisible();
    await fillAccount(page, owner.username);
    await page.getByLabel("One-time code").fill("AAAA-BBBB-CCCC");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByText("That isn't the code.")).toBeVisible();
    const code = /asks for this code: ([2-9A-Z-]{14})/.exec(vigilio.logs())?.[1] ?? "";
    await page.getByLabel("One-time code").fill(code);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page).toHaveURL(`${url}/setup/services`);
  });

  await test.step("who was at it at the same time is told", async () => {
    await fillAccount(second, "bob");
    await second.getByRole("button", { name: "Create account" }).click();
    await expect(second.getByText("This server has an owner already.")).toBeVisible();
    await second.goto(`${url}/setup`);
    await expect(second).toHaveURL(`${url}/sign-in`);
    await second.context().close();
  });

  await test.step("a TMDB key is tried, and why it is refused is said", async () => {
    page = await comeBack(browser, page, vigilio);
    await expect(page).toHaveURL(`${url}/setup/services`);
    await page.getByRole("link", { name: /^Continue/ }).click();
    await expect(stepOf(page)).toHaveText("Posters and stories");
    await page.getByLabel("TMDB key").fill("f".repeat(32));
    await page.getByRole("button", { name: "Check and save" }).click();
    await expect(page.getByText("TMDB doesn't take this key.")).toBeVisible();
    page = await comeBack(browser, page, vigilio);
    await expect(page).toHaveURL(`${url}/setup/tmdb`);
    await page.getByLabel("TMDB key").fill(tmdbKeys.v3);
    await page.getByRole("button", { name: "Check and save" }).click();
    await expect(page).toHaveURL(`${url}/setup/subtitles`);
  });

  await test.step("languages can wait, and an OpenSubtitles account is tried", async () => {
    page = await comeBack(browser, page, vigilio);
    await expect(page).toHaveURL(`${url}/setup/subtitles`);
    await page.getByRole("link", { name: "Skip for now" }).click();
    await expect(page).toHaveURL(`${url}/setup/opensubtitles`);
    await page.getByLabel("API key").fill("no key of theirs");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByLabel("API key")).toHaveAttribute("aria-invalid", "true");
    page = await comeBack(browser, page, vigilio);
    await expect(page).toHaveURL(`${url}/setup/opensubtitles`);
    await page.getByLabel("API key").fill(openSubtitlesAccount.apiKey);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(`${url}/setup/sources`);
  });

  await test.step("the last step is the end of it", async () => {
    page = await comeBack(browser, page, vigilio);
    await expect(page).toHaveURL(`${url}/setup/sources`);
    await page.getByRole("link", { name: "Skip for now" }).click();
    await expect(stepOf(page)).toHaveText("Ready");
    await page.getByRole("link", { name: "Go to the home page" }).click();
    await expect(page.getByRole("heading", { name: "No movies yet" })).toBeVisible();
    await page.goto(`${url}/`);
    await expect(page).toHaveURL(`${url}/`);
  });
  await page.context().close();
  await tmdb.close();
  await openSubtitles.close();
});

test("the rest can be left for later, and strangers see the page that is for them @phone", async ({
  page,
  browser,
}) => {
  await using vigilio = await startVigilio();
  const { url } = vigilio;
  await page.goto(`${url}/welcome`);
  await expect(page).toHaveURL(`${url}/setup`);
  await fillAccount(page, owner.username);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("link", { name: "Do the rest later, in Settings" }).click();
  await expect(stepOf(page)).toHaveText("Ready");
  await page.goto(`${url}/`);
  await expect(page).toHaveURL(`${url}/`);

  const stranger = await openPage(browser);
  await stranger.goto(`${url}/welcome`);
  await expect(stranger).toHaveURL(`${url}/sign-in`);
  const saved = await vigilio.fetch("/api/v1/settings", {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ landingPage: true }),
  });
  expect(saved.status).toBe(200);
  await stranger.goto(`${url}/`);
  await expect(stranger).toHaveURL(`${url}/welcome`);
  const picture = stranger.getByRole("img", { name: /home page/ });
  const width = () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(width).toBeGreaterThan(300);
  // A link to somewhere leads there, by way of the sign-in.
  await stranger.goto(`${url}/movies`);
  await expect(stranger).toHaveURL(`${url}/sign-in?next=%2Fmovies`);
  await stranger.goto(`${url}/`);
  await stranger.getByRole("link", { name: "Sign in" }).click();
  await expect(stranger).toHaveURL(`${url}/sign-in`);
  await stranger.context().close();
});
