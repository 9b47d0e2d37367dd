import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { listEntries, users } from "@/db/schema";
import { admin, enter } from "../support/theatre";
import { until } from "../support/until";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { watchableFilms } from "../support/watchable-film";

const title = "The Long Lamp";
let dataDir: string;
let movieId: string;
let vigilio: Vigilio;
test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "vigilio-demo-"));
  const versions = [{ width: 640, height: 360 }];
  [movieId = ""] = await watchableFilms(dataDir, [{ title, seconds: 60, versions, subtitles: [] }]);
  const { username, password } = admin;
  const env = { VIGILIO_ADMIN_USERNAME: username, VIGILIO_ADMIN_PASSWORD: password };
  vigilio = await startVigilio({ dataDir, env: { ...env, DEMO: "true" } });
});
test.afterAll(async () => {
  await vigilio?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const visitors = () => {
  const db = openDatabase(join(dataDir, "vigilio.db"));
  try {
    return db.select().from(users).where(eq(users.role, "visitor")).all();
  } finally {
    db.$client.close();
  }
};

const banner = (page: Page) => page.getByRole("complementary", { name: "About this demo" });

test("a stranger looks around, plays, keeps a list, changes nothing, and is forgotten @phone", async ({
  page,
  context,
}) => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const { url } = vigilio;

  await test.step("every page lets in and says that it is a demo", async () => {
    await page.goto(`${url}/movies?sort=title`);
    await expect(page).toHaveURL(`${url}/movies?sort=title`);
    await expect(banner(page)).toContainText("forgotten 3 hours after your last visit");
    await expect(page.getByRole("link", { name: new RegExp(title) }).first()).toBeVisible();
    await page.goto(`${url}/history`);
    await expect(banner(page)).toBeVisible();
  });

  await test.step("the banner stays closed", async () => {
    await banner(page).getByRole("button", { name: "Hide this note" }).click();
    await expect(banner(page)).toHaveCount(0);
    await page.goto(`${url}/movies/${movieId}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(banner(page)).toHaveCount(0);
  });

  await test.step("a list is kept", async () => {
    const button = page.getByRole("button", { name: "My list", exact: true });
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await expect(async () => {
      await page.goto(`${url}/my-list`);
      await expect(page.getByRole("link", { name: new RegExp(title) }).first()).toBeVisible({
        timeout: 2_000,
      });
    }).toPass();
  });

  await test.step("a film plays, and the history knows it", async () => {
    await page.goto(`${url}/watch/${movieId}`);
    const at = () => page.locator("video").evaluate((video: HTMLVideoElement) => video.currentTime);
    await expect.poll(at).toBeGreaterThan(1);
    await expect(async () => {
      await page.goto(`${url}/history`);
      await expect(page.getByRole("main").getByText(title).first()).toBeVisible({ timeout: 2_000 });
    }).toPass();
  });

  await test.step("nothing else is offered, or done", async () => {
    await page.goto(`${url}/movies/${movieId}`);
    await expect(page.getByRole("link", { name: "Download" }).first()).toBeVisible();
    await expect(page.getByRole("button", { name: /in another player/ })).toHaveCount(0);
    await page.goto(`${url}/account`);
    await expect(page.getByRole("heading", { name: "Your devices" })).toBeVisible();
    await expect(page.getByLabel("Current password")).toHaveCount(0);
    await page.goto(`${url}/manage/settings`);
    await expect(page.getByText("looking after the server are switched off")).toBeVisible();
    const answer = await page.evaluate(
      async (path) => {
        const response = await fetch(path, { method: "POST" });
        return { status: response.status, ...(await response.json()) };
      },
      `/api/v1/versions/${"0".repeat(16)}/ticket`,
    );
    expect(answer).toMatchObject({
      status: 403,
      type: "/problems/demo-refused",
      detail: expect.stringContaining("This is a demo"),
    });
  });

  await test.step("when their time has passed, all of it is deleted", async () => {
    const [visitor] = visitors();
    expect(visitor?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 2.9 * 3_600_000);
    const db = openDatabase(join(dataDir, "vigilio.db"));
    db.update(users)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(users.id, visitor?.id ?? ""))
      .run();
    await until("the visitor to be forgotten", () => visitors().length === 0, 90_000);
    expect(db.select().from(listEntries).all()).toEqual([]);
    db.$client.close();
    // Who comes again is somebody new.
    await page.goto(`${url}/my-list`);
    await expect(page.getByRole("heading", { name: "Your list is empty" })).toBeVisible();
    expect(visitors()).toHaveLength(1);
    await context.clearCookies();
  });
  expect(faults).toEqual([]);
});

test("whoever keeps no cookies gets no account, and is told", async ({ request }) => {
  const before = visitors().length;
  const answer = await fetch(`${vigilio.url}/movies`);
  expect(new URL(answer.url).pathname).toBe("/demo");
  expect(await answer.text()).toContain("Your browser keeps no cookies");
  expect(visitors()).toHaveLength(before);
  // One that keeps them goes straight on.
  const kept = await request.get(`${vigilio.url}/movies`);
  expect(new URL(kept.url()).pathname).toBe("/movies");
});

test("an admin signs in to look, and is refused in words", async ({ page }) => {
  const { url } = vigilio;
  await page.goto(`${url}/`);
  await expect(banner(page)).toBeVisible();
  const before = visitors().length;
  await enter(page, url);
  await expect(banner(page)).toContainText("npm run demo -- off");
  expect(visitors()).toHaveLength(before - 1);
  await page.goto(`${url}/movies/${movieId}`);
  await page.getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: "Delete movie" }).click();
  await page.getByRole("button", { name: "Move to the bin" }).click();
  await expect(page.getByText("This is a demo: nothing can be changed here")).toBeVisible();
  const { status } = await vigilio.fetch(`/api/v1/movies/${movieId}`, { method: "DELETE" });
  expect(status).toBe(403);
});
