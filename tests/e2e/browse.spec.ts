import { rmSync } from "node:fs";
import { expect, type Locator, type Page, type Request, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { history, jobs, progress, users } from "@/db/schema";
import { type BrowseLibrary, browseLibrary } from "../support/browse-library";
import { startVigilio, type Vigilio } from "../support/vigilio";

const admin = { username: "ada", password: "a long enough password" };
const hour = 3_600_000;

let library: BrowseLibrary;
let vigilio: Vigilio;
let userId: string;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  library = browseLibrary(new Date());
  vigilio = await startVigilio({
    dataDir: library.dataDir,
    env: { VIGILIO_ADMIN_USERNAME: admin.username, VIGILIO_ADMIN_PASSWORD: admin.password },
  });
  userId = library.db.select().from(users).get()?.id ?? "";
});
test.afterAll(async () => {
  await vigilio?.stop();
  library.db.$client.close();
  rmSync(library.dataDir, { recursive: true, force: true });
});

test.beforeEach(async ({ page }) => {
  await page.goto(`${vigilio.url}/sign-in`);
  await page.getByLabel("User name").fill(admin.username);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${vigilio.url}/`);
});

const main = (page: Page) => page.getByRole("main");
const row = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const cardIn = (page: Page, rowName: string, title: string) =>
  row(page, rowName).locator("article").filter({ hasText: title });
const panel = (page: Page) => page.getByRole("dialog", { name: /^About / });

async function fits(page: Page): Promise<void> {
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(isWide, "the page scrolls sideways").toBe(false);
}

test("home has its rows, each with the way to its whole list @phone", async ({ page }) => {
  await expect(row(page, "Top rated").locator("article").first()).toContainText("Harbour Lights");
  await expect(row(page, "Drama").locator("article")).toHaveCount(12);
  await expect(row(page, "Crime")).toBeVisible();
  // One movie makes no row.
  await expect(row(page, "Western")).toHaveCount(0);
  await fits(page);
  await row(page, "Crime").getByRole("link", { name: "Crime" }).click();
  await expect(page).toHaveURL(/\/movies\?genre=\d+&status=ready/);
  await expect(main(page).getByRole("heading", { level: 1 })).toHaveText("Crime");
  await expect(main(page).locator("article")).toHaveCount(3);
});

test("a card tells how far its movie is, and the page is not drawn anew for it", async ({
  page,
}) => {
  const movieId = library.ids["Still Coming"] ?? "";
  // Older than what a new stream tells.
  const at = new Date(Date.now() - 60_000);
  library.db
    .insert(jobs)
    .values({
      id: "f".repeat(16),
      kind: "make-playable",
      payload: {},
      status: "running",
      movieId,
      lane: "cpu",
      maxAttempts: 1,
      deadlineMs: 24 * hour,
      leaseUntil: new Date(at.getTime() + 24 * hour),
      ...{ progress: 0.1, runAt: at, createdAt: at, updatedAt: at },
    })
    .run();
  const isRedraw = (request: Request) => request.headers().rsc !== undefined;
  const streamed = page.waitForResponse(/\/api\/v1\/events$/);
  await page.reload();
  const card = cardIn(page, "Recently added", "Still Coming");
  await expect(card).toContainText("Being prepared");
  await expect(card).toContainText("10%");
  await streamed;
  let drawn = 0;
  page.on("request", (request) => {
    if (isRedraw(request)) drawn += 1;
  });
  for (const share of [0.2, 0.35, 0.5]) {
    library.db
      .update(jobs)
      .set({ progress: share, updatedAt: new Date() })
      .where(eq(jobs.movieId, movieId))
      .run();
    await expect(card).toContainText(`${share * 100}%`);
  }
  expect(drawn).toBe(0);
  library.db.delete(jobs).where(eq(jobs.movieId, movieId)).run();
});

test("resting on a card shows more, by mouse and by keyboard", async ({ page }) => {
  const card = cardIn(page, "Top rated", "Harbour Lights");
  await test.step("the mouse", async () => {
    await card.scrollIntoViewIfNeeded();
    await card.getByRole("link").hover();
    await expect(panel(page)).toContainText("keep a light burning");
    await expect(panel(page)).toContainText("1h 44m");
    await expect(panel(page).getByRole("link", { name: "Play" })).toBeVisible();
    await fits(page);
    await page.mouse.move(2, 300);
    await expect(panel(page)).toHaveCount(0);
  });
  await test.step("the focus, which is not taken away", async () => {
    await page.keyboard.press("Tab");
    await card.getByRole("link").focus();
    await expect(panel(page)).toContainText("goes to the buttons");
    await expect(card.getByRole("link")).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(card.getByRole("link")).not.toBeFocused();
  });
  await test.step("the key i, and Escape back", async () => {
    await card.getByRole("link").focus();
    await page.keyboard.press("i");
    await expect(panel(page).getByRole("link", { name: "Play" })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(panel(page).getByRole("button", { name: "My list" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(panel(page)).toHaveCount(0);
    await expect(card.getByRole("link")).toBeFocused();
    await expect(page).toHaveURL(`${vigilio.url}/`);
  });
});

test("a long press shows more in a sheet, and does not open the movie @phone-only @phone", async ({
  page,
}) => {
  const link = cardIn(page, "Top rated", "Harbour Lights").getByRole("link");
  await link.scrollIntoViewIfNeeded();
  const box = await link.boundingBox();
  if (!box) throw new Error("the card is not on the screen");
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await expect(panel(page)).toContainText("keep a light burning");
  await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(panel(page).getByRole("link", { name: "Play" })).toBeVisible();
  await expect(page).toHaveURL(`${vigilio.url}/`);
  await fits(page);
  await panel(page).getByRole("button", { name: "My list" }).tap();
  await expect(panel(page)).toHaveCount(0);
  await expect(row(page, "My list").locator("article")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).tap();
  await expect(row(page, "My list")).toHaveCount(0);
});

test("my list answers at once, and takes it back", async ({ page }) => {
  const card = cardIn(page, "Top rated", "Harbour Lights");
  const toggle = card.getByRole("button", { name: "Harbour Lights on my list" });
  await toggle.focus();
  await page.keyboard.press("Enter");
  await expect(toggle).toHaveAttribute("aria-pressed", "true");
  await expect(row(page, "My list").locator("article")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(toggle).toHaveAttribute("aria-pressed", "false");
  await expect(row(page, "My list")).toHaveCount(0);
});

test("what is not gone on with leaves the row, and comes back", async ({ page }) => {
  const stop = { positionSeconds: 1800, durationSeconds: 6240, updatedAt: new Date() };
  library.db
    .insert(progress)
    .values({ userId, movieId: library.ids["The Ferryman"] ?? "", ...stop })
    .run();
  await page.reload();
  const card = cardIn(page, "Continue watching", "The Ferryman");
  await card.getByRole("link").focus();
  await page.keyboard.press("i");
  await panel(page).getByRole("button", { name: "Remove from continue watching" }).click();
  await expect(card).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(card).toHaveCount(1);
  await expect(card).toContainText("1h 14m left");
  library.db.delete(progress).run();
});

test("a search follows while it is typed, and forgives a slip @phone", async ({ page }) => {
  await page.goto(`${vigilio.url}/search`);
  const field = page.locator("input[type=search]:visible");
  await field.pressSequentially("harbuor", { delay: 30 });
  await expect(main(page).locator("article")).toHaveCount(1);
  await expect(main(page).getByRole("status")).toContainText("Did you mean Harbour Lights?");
  await expect(page).toHaveURL(/query=harbuor$/);
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("harbuor");

  await field.fill("delacroix");
  await expect(main(page).locator("article")).toContainText("with Zora Delacroix");
  await expect(main(page).getByRole("status")).toHaveText("1 movie");
  await field.press("ArrowDown");
  await expect(main(page).locator("article").getByRole("link")).toBeFocused();
  await field.focus();
  await field.press("Escape");
  await expect(field).toHaveValue("");
  await expect(page).toHaveURL(/\/search$/);
  await expect(page.getByText("What are you looking for?")).toBeVisible();
});

test("what is typed last wins, however late an earlier answer comes", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/query=nine(&|$)/, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  const field = page.locator("input[type=search]:visible");
  const list = page.getByRole("listbox");
  await field.pressSequentially("nine");
  await page.waitForRequest(/query=nine(&|$)/);
  await field.fill("ferry");
  await expect(list.getByRole("option")).toHaveText([/The Ferryman/, /Show all results/]);
  release();
  await field.press("ArrowDown");
  await expect(list.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await expect(list.getByRole("option").first()).toContainText("The Ferryman");
  await field.press("Enter");
  await expect(page).toHaveURL(`${vigilio.url}/movies/${library.ids["The Ferryman"]}`);
  await expect(list).toHaveCount(0);
});

test("filters stand in the address, and what fits nothing says which to take off @phone", async ({
  page,
  isMobile,
}) => {
  await page.goto(`${vigilio.url}/movies`);
  const open = async () => {
    if (isMobile) await page.getByRole("button", { name: /^Sort and filter/ }).click();
  };
  const count = main(page).locator("header").getByRole("status");
  await expect(count).toHaveText("29 movies");
  await open();
  await page.getByLabel("Decade").selectOption("1990");
  await expect(page).toHaveURL(/decade=1990/);
  await expect(count).toHaveText("1 movie");
  await page.getByLabel("Quality").selectOption("4K");
  await expect(page).toHaveURL(/quality=4K&decade=1990/);
  if (isMobile) await page.getByRole("button", { name: "Nothing fits" }).click();
  await expect(page.getByText("No movie fits all of that")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Without/ })).toHaveText([/Without “4K” \(1\)/]);
  await fits(page);
  await page.getByRole("link", { name: /^Without/ }).click();
  await expect(main(page).locator("article")).toContainText("Nine Lanterns");
  await page.goBack();
  await expect(page.getByText("No movie fits all of that")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/movies\?decade=1990$/);
  await expect(main(page).locator("article")).toContainText("Nine Lanterns");
  await open();
  await expect(page.getByLabel("Quality")).toHaveValue("");
  await expect(page.getByLabel("Decade")).toHaveValue("1990");
  await page.getByLabel("Decade").selectOption("");
  await page.getByLabel("Order").selectOption("rating");
  await expect(main(page).locator("article").first()).toContainText("Harbour Lights");
});

test.describe("elsewhere in the world", () => {
  test.use({ timezoneId: "Pacific/Auckland" });

  test("history goes by the viewer's own days, and gives back what was removed", async ({
    page,
  }) => {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Auckland" });
    const now = Date.now();
    // The first moment of their day, and the last of the one before it.
    let midnight = now;
    while (today.format(midnight - 60_000) === today.format(now)) midnight -= 60_000;
    const sitting = (title: string, at: number, finished: boolean) => ({
      userId,
      movieId: library.ids[title] ?? "",
      startedAt: new Date(at - hour),
      lastWatchedAt: new Date(at),
      positionSeconds: 1800,
      finished,
    });
    library.db
      .insert(history)
      .values([
        sitting("Harbour Lights", midnight + 1000, false),
        sitting("Nine Lanterns", midnight - 120_000, true),
        sitting("Nine Lanterns", midnight - 240 * hour, false),
      ])
      .run();
    // The page before may write the cookie after this one was asked for without it.
    await page.context().clearCookies({ name: "time-zone" });
    await page.addInitScript(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: as the page does it
      document.cookie = `time-zone=${encodeURIComponent("Pacific/Auckland")}; path=/; samesite=lax`;
    });
    await page.goto(`${vigilio.url}/history`);
    const entries = main(page).getByRole("listitem");
    await expect(main(page).getByRole("heading", { level: 2 }).first()).toHaveText("Today");
    await expect(main(page).getByRole("heading", { level: 2 }).nth(1)).toHaveText("Yesterday");
    await expect(entries).toHaveCount(3);

    const remove = page.getByRole("button", { name: "Remove Nine Lanterns from your history" });
    await remove.first().click();
    await expect(entries).toHaveCount(2);
    // It is gone from the screen before it is gone from the database.
    await expect.poll(() => library.db.select().from(history).all().length).toBe(2);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(entries).toHaveCount(3);
    await expect(main(page).getByRole("heading", { level: 2 }).nth(1)).toHaveText("Yesterday");

    await page.getByRole("button", { name: "Delete all" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete all" }).click();
    await expect(page.getByText("Nothing watched yet")).toBeVisible();
  });
});

test("five keys are enough, from the hero to a movie and back", async ({ page }) => {
  const focused = (within: Locator) => within.locator("[data-stop]:focus");
  const added = row(page, "Recently added");
  await page.keyboard.press("ArrowDown");
  await expect(focused(main(page).locator("section").first())).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await expect(focused(added)).toHaveCount(1);
  // To the first of the row, whichever lay below the hero's button.
  const first = added.locator("[data-stop]").first();
  await expect(async () => {
    await page.keyboard.press("ArrowLeft");
    await expect(first).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("ArrowDown");
  await expect(focused(row(page, "Top rated"))).toHaveCount(1);
  await page.keyboard.press("ArrowUp");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(focused(added)).toContainText("Nine Lanterns");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${vigilio.url}/movies/${library.ids["Nine Lanterns"]}`);
  await expect(main(page).getByRole("heading", { level: 1 })).toHaveText("Nine Lanterns");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(`${vigilio.url}/`);
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Search your movies" })).toBeFocused();
});
