import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { makeMovie } from "../media/make";
import { admin, enter, expectNoSidewaysScroll } from "../support/theatre";
import { until } from "../support/until";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

const small = { seconds: 3, width: 320, height: 180, isFastStart: true };

/** A folder with films on a server that is told of it on its settings page. */
async function openFolder(names: readonly string[], environment: Record<string, string> = {}) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "vigilio-import-e2e-")));
  const folder = join(root, "films");
  mkdirSync(folder);
  for (const name of names) await makeMovie({ ...small, path: join(folder, name) });
  const tmdb = await startTmdb();
  const vigilio = await startVigilio({
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
      TMDB_API_KEY: tmdbKeys.v3,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      ...Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [
          name,
          value.replace("$folder", folder),
        ]),
      ),
    },
  });
  await until("all services are up", async () => {
    return (await (await vigilio.fetch("/api/health")).json()).status === "ok";
  });
  return {
    ...{ vigilio, folder },
    async [Symbol.asyncDispose]() {
      await vigilio.stop();
      await tmdb.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const row = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name });
const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

async function plays(page: Page, { url }: Vigilio, link: string | null): Promise<void> {
  await page.goto(`${url}${link}`.replace("/movies/", "/watch/"));
  const film = page.locator("video");
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.readyState)).toBe(4);
}

test("a folder is named, looked through and imported, after a match was mended", async ({
  page,
}) => {
  // A title without a year is a guess, and another film's words are a wrong one.
  const names = ["The Salt Cartographer (2021) 1080p.mp4", "Boats.mp4"];
  await using site = await openFolder(names);
  const { vigilio, folder } = site;
  await enter(page, vigilio.url);
  await page.goto(`${vigilio.url}/manage/import`);
  await expect(page.getByText("No import folders yet")).toBeVisible();

  await page.getByRole("link", { name: "Choose folders" }).click();
  await page.getByLabel("Folders", { exact: true }).fill("/");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The whole disk can’t be an import folder")).toBeVisible();
  await page.getByLabel("Folders", { exact: true }).fill(folder);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Can be read")).toBeVisible();

  await page.getByRole("link", { name: "Import from a folder" }).click();
  await page.getByRole("button", { name: `Look for films ${folder}` }).click();
  await expect(heading(page, "2 films")).toBeVisible();
  const sure = row(page, "The Salt Cartographer (2021) 1080p.mp4");
  await expect(sure.getByText("Match found")).toBeVisible();
  await expect(sure.getByRole("checkbox")).toBeChecked();
  const unsure = row(page, "Boats.mp4");
  await expect(unsure.getByRole("checkbox")).not.toBeChecked();

  // A reload loses nothing.
  await page.reload();
  await unsure.getByRole("button", { name: /^Say which film/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Title, IMDb id or link").fill("tt7000005");
  await dialog.getByRole("button", { name: "Search" }).click();
  await dialog.getByRole("button", { name: "It’s Gravel Sky 2022" }).click();
  await expect(dialog).toBeHidden();
  await expect(unsure.getByText("Chosen by you")).toBeVisible();
  await expect(unsure.getByText("Gravel Sky", { exact: true }).first()).toBeVisible();
  await expect(unsure.getByRole("checkbox")).toBeChecked();

  await page.getByRole("button", { name: "Import 2 films" }).click();
  await expect(page.getByText("2 films are being imported").first()).toBeVisible();
  for (const one of [sure, unsure]) {
    await expect(one.getByText("Imported", { exact: true })).toBeVisible({ timeout: 120_000 });
  }
  // What is linked stays where it is.
  for (const name of names) expect(existsSync(join(folder, name))).toBe(true);
  const link = await unsure.getByRole("link", { name: "Open the film" }).getAttribute("href");
  await unsure.getByRole("link", { name: "Open the film" }).click();
  await expect(heading(page, "Gravel Sky")).toBeVisible();
  await plays(page, vigilio, link);
});

test("a film is moved out of its folder, after a warning @phone", async ({ page }) => {
  const name = "Paper Boats at Midnight (2023).mp4";
  await using site = await openFolder([name], { VIGILIO_IMPORT_DIRS: "$folder" });
  const { vigilio, folder } = site;
  await enter(page, vigilio.url);
  await page.goto(`${vigilio.url}/manage/import`);
  await page.getByRole("button", { name: `Look for films ${folder}` }).click();
  await expect(heading(page, "1 film")).toBeVisible();
  await expect(row(page, name).getByText("Match found")).toBeVisible();
  await expectNoSidewaysScroll(page, "importing");

  await page.getByLabel("How files are imported").selectOption("move");
  await page.getByRole("button", { name: "Import 1 film" }).click();
  const asked = page.getByRole("alertdialog");
  await expect(asked.getByText("Each file is deleted from its folder")).toBeVisible();
  await asked.getByRole("button", { name: "Move" }).click();
  await expect(row(page, name).getByText("Imported", { exact: true })).toBeVisible({
    timeout: 120_000,
  });
  const opened = row(page, name).getByRole("link", { name: "Open the film" });
  const link = await opened.getAttribute("href");
  await expect.poll(() => existsSync(join(folder, name)), { timeout: 120_000 }).toBe(false);
  await plays(page, vigilio, link);
});
