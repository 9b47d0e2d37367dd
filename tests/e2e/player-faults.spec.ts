import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { readyMovie } from "../support/movies-api";
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
  site = await openWatchSite(["long", "large", "gone", "broken"]);
});
test.afterAll(() => site?.[Symbol.asyncDispose]());

let faults: string[] = [];
test.beforeEach(async ({ page }) => {
  faults = faultsOf(page);
  for (const id of [site.ids.long, site.ids.large]) {
    await forget(site, id);
  }
  await page.goto(`${site.vigilio.url}/sign-in`);
  await signIn(page);
});
test.afterEach(() => expect(faults).toEqual([]));

test("a lost connection is told, and the film goes on by itself when it is back", async ({
  page,
  context,
}) => {
  await watch(page, site, site.ids.large);
  await page.evaluate(() => {
    document.documentElement.dataset.same = "yes";
  });
  await context.setOffline(true);
  await film(page).evaluate((video: HTMLVideoElement) => {
    video.currentTime = 50;
  });
  const alert = page.getByRole("alert").filter({ hasText: "The connection was lost" });
  await expect(alert).toBeVisible({ timeout: 30_000 });
  await context.setOffline(false);
  await expect(alert).toBeHidden({ timeout: 20_000 });
  await expect.poll(() => position(page), { timeout: 20_000 }).toBeGreaterThan(49);
  await expect.poll(() => isPaused(page)).toBe(false);
  expect(
    await page.evaluate(() => document.documentElement.dataset.same),
    "the page was never left",
  ).toBe("yes");
});

test("who was signed out signs in and comes back to the same place", async ({ page }) => {
  await watch(page, site, site.ids.large);
  const ended = await site.vigilio.fetch("/api/v1/me/sessions", { method: "DELETE" });
  expect(ended.status).toBe(204);
  await film(page).evaluate((video: HTMLVideoElement) => {
    video.currentTime = 50;
  });
  const alert = page.getByRole("alert").filter({ hasText: "You are signed out" });
  await expect(alert).toBeVisible({ timeout: 30_000 });
  await alert.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/sign-in/);
  await signIn(page);
  await expect(page).toHaveURL(new RegExp(`/watch/${site.ids.large}$`));
  await expect.poll(() => position(page), { timeout: 20_000 }).toBeGreaterThan(49);
});

/** The file of a movie on the disk, by the name in its address. */
async function fileOf(id: string): Promise<string> {
  const { versions } = await readyMovie(site.vigilio, id);
  const name = versions[0]?.streamUrl?.replace("/media/", "") ?? "";
  const media = join(site.vigilio.dataDir, "media");
  const found = readdirSync(media, { recursive: true, encoding: "utf8" }).find((path) =>
    path.endsWith(name),
  );
  return join(media, found ?? "nowhere");
}

test("a film whose file is gone says so and leads to the movie", async ({ page }) => {
  rmSync(await fileOf(site.ids.gone));
  await page.goto(`${site.vigilio.url}/watch/${site.ids.gone}`);
  const alert = page.getByRole("alert").filter({ hasText: "This version was removed" });
  await expect(alert).toBeVisible();
  await alert.getByRole("link", { name: "Go to the movie" }).click();
  await expect(page).toHaveURL(new RegExp(`/movies/${site.ids.gone}$`));
});

test("a film that can't be played here says what helps", async ({ page }, testInfo) => {
  const path = await fileOf(site.ids.broken);
  rmSync(path);
  writeFileSync(path, "This is no film at all. ".repeat(1000));
  await page.goto(`${site.vigilio.url}/watch/${site.ids.broken}`);
  const alert = page.getByRole("alert").filter({ hasText: "This film can't be played here" });
  await expect(alert).toBeVisible();
  await testInfo.attach("fault", { body: await page.screenshot(), contentType: "image/png" });
  await expect(alert.getByRole("link", { name: "Download" })).toHaveAttribute(
    "href",
    /^\/media\/[0-9a-f]{16}\.mp4\?download=1$/,
  );
  await expect(alert.getByRole("link", { name: "Go to the movie" })).toBeVisible();
});

test("a television gets an address of its own that needs no cookie and is not logged", async ({
  page,
  playwright,
}) => {
  // The far end of AirPlay: WebKit's picker, and the television that it finds.
  await page.addInitScript(() => {
    const video = HTMLVideoElement.prototype as unknown as Record<string, unknown>;
    video.webkitShowPlaybackTargetPicker = function (this: HTMLVideoElement) {
      document.documentElement.dataset.picked = this.currentSrc || this.src;
    };
  });
  await watch(page, site, site.ids.long);
  await pauseAt(page, 77);
  await film(page).evaluate((video: HTMLVideoElement) =>
    video.dispatchEvent(
      Object.assign(new Event("webkitplaybacktargetavailabilitychanged"), {
        availability: "available",
      }),
    ),
  );
  await page.getByRole("button", { name: "Play by AirPlay" }).click();
  const picked = () => page.evaluate(() => document.documentElement.dataset.picked ?? "");
  await expect.poll(picked).toMatch(/\?ticket=/);
  await expect.poll(() => position(page)).toBeCloseTo(77, 0);
  const address = new URL(await picked());
  expect(address.origin).toBe(site.vigilio.url);
  const television = await playwright.request.newContext();
  const head = () => television.head(address.href);
  expect((await head()).status()).toBe(200);
  const other = new URL(
    (await readyMovie(site.vigilio, site.ids.large)).versions[0]?.streamUrl ?? "",
    address,
  );
  other.search = address.search;
  expect((await television.head(other.href)).status()).toBe(401);
  await site.vigilio.fetch("/api/v1/me/sessions", { method: "DELETE" });
  expect((await head()).status()).toBe(401);
  const ticket = address.searchParams.get("ticket") ?? "none";
  expect(site.vigilio.logs()).not.toContain(ticket);
  await television.dispose();
});
