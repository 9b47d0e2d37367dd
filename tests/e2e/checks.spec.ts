import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startVigilio } from "../support/vigilio";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

const admin = { username: "ada", password: "password1" };

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("User name").fill(admin.username);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${url}/`);
}

test("the checks say what is down, what it means and what to do", async ({ page }) => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const dir = mkdtempSync(join(tmpdir(), "vigilio-programs-"));
  const ffmpeg = join(dir, "ffmpeg");
  writeFileSync(ffmpeg, '#!/bin/sh\nexec ffmpeg "$@"\n', { mode: 0o755 });
  const tmdb = await startTmdb({ keys: [] });
  await using vigilio = await startVigilio({
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
      ...{ TMDB_API_URL: tmdb.apiUrl, TMDB_IMAGE_URL: tmdb.imageUrl, TMDB_API_KEY: tmdbKeys.v3 },
      ...{ QBITTORRENT_URL: "http://127.0.0.1:9", QBITTORRENT_PASSWORD: "kept to itself" },
      FFMPEG_PATH: ffmpeg,
    },
  });
  const added = await vigilio.fetch("/api/v1/sources", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...{ name: "Attic", kind: "torznab", enabled: true },
      definition: { url: "http://127.0.0.1:9/api", apiKey: "hidden-key", categories: [2000] },
    }),
  });
  expect(added.status).toBe(201);
  const row = (name: string) => page.locator(`[data-check="${name}"]`);
  await signIn(page, vigilio.url);

  await test.step("they look by themselves when the page opens", async () => {
    await page.goto(`${vigilio.url}/manage/settings`);
    await page.getByRole("link", { name: "Checks" }).click();
    await expect(page).toHaveURL(/\/manage\/check$/);
    await expect(row("qbittorrent-reached")).toContainText("Nothing answers at 127.0.0.1:9");
    await expect(row("qbittorrent-reached")).toContainText("What to do");
    await expect(row("tmdb")).toContainText("TMDB refuses the key");
    await expect(row("passwords")).toContainText("The password of ada");
    await expect(row("ffmpeg")).toContainText("Version");
    await expect(row("folder-media")).toContainText("A file was written and removed");
    await expect(page.locator("[data-summary]")).toContainText("are broken");
  });

  const media = join(vigilio.dataDir, "media");
  await test.step("one is looked at again, before and after it is mended", async () => {
    rmSync(media, { recursive: true });
    const again = page.getByRole("button", { name: "Check Disk again" });
    await again.click();
    await expect(row("folder-media")).toContainText(`sudo mkdir -p ${media}`);
    mkdirSync(media);
    await again.click();
    await expect(row("folder-media")).toContainText("A file was written and removed");
  });

  await test.step("everything is looked at again, sources too", async () => {
    await expect(row("source")).toContainText("Not asked yet");
    rmSync(ffmpeg);
    await page.getByRole("button", { name: "Check everything again" }).click();
    await expect(row("ffmpeg")).toContainText("can't be run");
    await expect(row("source")).toContainText("It failed once");
    await page.getByRole("button", { name: "Test Attic" }).click();
    await expect(row("source")).toContainText("It failed 2 times in a row");
    // What is broken stands before what is fine.
    const states = await page
      .locator("[data-check]")
      .evaluateAll((rows) =>
        rows.map((one) => one.querySelector("h3")?.textContent?.includes("Broken") === true),
      );
    expect(states[0]).toBe(true);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isWide, "the page scrolls sideways").toBe(false);
  });

  await test.step("as text they hold no secret", async () => {
    await page.getByText("As text, for asking others").click();
    const report = await page.locator("pre").textContent();
    expect(report).toContain("[Broken] qBittorrent");
    for (const secret of [tmdbKeys.v3, "kept to itself", "hidden-key", admin.password]) {
      expect(report).not.toContain(secret);
    }
  });

  await test.step("before adding, what is down is said, with the way here", async () => {
    await page.goto(`${vigilio.url}/manage/add`);
    await expect(page.getByText(/that adding needs do/)).toBeVisible();
    await page.getByRole("link", { name: "What it is, and what to do" }).click();
    await expect(page).toHaveURL(/\/manage\/check$/);
  });

  expect(faults).toEqual([]);
  await tmdb.close();
  rmSync(dir, { recursive: true });
});
