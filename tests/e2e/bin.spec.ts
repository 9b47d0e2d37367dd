import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type MadeFilm, subtitledFilms } from "../support/subtitled-film";
import { until } from "../support/until";
import { startVigilio } from "../support/vigilio";

const admin = { username: "ada", password: "a long enough password" };

let dataDir: string;
test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vigilio-bin-"));
});
test.afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function isNotWide(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    "the page scrolls sideways",
  ).toBe(true);
}

async function isClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

async function deleteMovie(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: "Delete movie" }).click();
}

test("what is deleted is undone from the toast, restored from the bin, and goes for good @phone", async ({
  page,
}) => {
  const made = await subtitledFilms(dataDir, [
    { title: "The Long Lamp", subtitles: 1 },
    { title: "Another Lamp", subtitles: 0 },
  ]);
  const { movieId } = made[0] as MadeFilm;
  await using vigilio = await startVigilio({
    dataDir,
    env: { VIGILIO_ADMIN_USERNAME: admin.username, VIGILIO_ADMIN_PASSWORD: admin.password },
  });
  const moviePage = `${vigilio.url}/movies/${movieId}`;
  const status = async () => (await vigilio.fetch(`/api/v1/movies/${movieId}`)).status;
  const found = await (await vigilio.fetch(`/api/v1/movies/${movieId}/files`)).json();
  const video = found.items.find(({ role }: { role: string }) => role === "video");
  const onDisk = join(dataDir, video.relativePath);

  await page.goto(`${vigilio.url}/sign-in`);
  await page.getByLabel("User name").fill(admin.username);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${vigilio.url}/`);
  await page.goto(moviePage);

  await test.step("into the bin, which needs no word, and back by undo", async () => {
    await deleteMovie(page);
    const question = page.getByRole("alertdialog", { name: "Delete The Long Lamp?" });
    await expect(question).toContainText("brought back for 7 days");
    await expect(question).toContainText("1 subtitle");
    await expect(question.getByRole("textbox")).toHaveCount(0);
    await question.getByRole("button", { name: "Move to the bin" }).click();
    await expect(page).toHaveURL(`${vigilio.url}/`);
    await expect(page.getByText("The Long Lamp is in the bin")).toBeVisible();
    await expect(page.getByRole("link", { name: /The Long Lamp/ })).toHaveCount(0);
    expect(await status()).toBe(404);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page).toHaveURL(moviePage);
    await expect(page.getByText("The Long Lamp is back")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The Long Lamp");
    await expect(page.getByRole("link", { name: "Play", exact: true })).toBeVisible();
  });

  await test.step("from the toast to the bin, and back from there", async () => {
    await deleteMovie(page);
    await page.getByRole("button", { name: "Move to the bin" }).click();
    await page.getByRole("link", { name: "Open the bin" }).click();
    await expect(page).toHaveURL(`${vigilio.url}/manage/bin`);
    const entry = page.getByRole("main").getByRole("listitem");
    await expect(entry.filter({ hasText: "The Long Lamp" })).toBeVisible();
    await isNotWide(page);
    await isClean(page);
    await page.getByRole("button", { name: "Restore The Long Lamp" }).click();
    await expect(page.getByRole("heading", { name: "The bin is empty" })).toBeVisible();
    expect(await status()).toBe(200);
    expect(existsSync(onDisk)).toBe(true);
  });

  await test.step("a version goes the same way", async () => {
    await page.goto(moviePage);
    await page.getByRole("tab", { name: "Versions" }).click();
    await page.getByRole("button", { name: /^Delete \S+$/ }).click();
    await page.getByRole("button", { name: "Move to the bin" }).click();
    await expect(page.getByText("The version is in the bin")).toBeVisible();
    await expect(page.getByRole("tab", { name: "Versions" })).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect(page.getByRole("tab", { name: "Versions" })).toBeVisible();
  });

  await test.step("for good, once that was typed", async () => {
    await vigilio.fetch(`/api/v1/movies/${movieId}?bin=true`, { method: "DELETE" });
    await page.goto(`${vigilio.url}/manage/bin`);
    await page.getByRole("button", { name: "Empty the bin" }).click();
    const question = page.getByRole("alertdialog", { name: "Empty the bin?" });
    await expect(question).toContainText("One entry goes for good");
    const confirm = question.getByRole("button", { name: "Empty the bin" });
    await expect(confirm).toBeDisabled();
    await isClean(page);
    await question.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Delete The Long Lamp for good" }).click();
    const last = page.getByRole("alertdialog", { name: "Delete The Long Lamp for good?" });
    await last.getByRole("textbox").fill("Delete");
    await last.getByRole("button", { name: "Delete for good" }).click();
    await expect(page.getByText("The Long Lamp is gone for good")).toBeVisible();
    await expect(page.getByRole("heading", { name: "The bin is empty" })).toBeVisible();
    await until("its files are gone", () => !existsSync(onDisk));
  });

  await test.step("without a bin, pages delete at once and ask for the word", async () => {
    await page.getByLabel("What is deleted stays").selectOption("0");
    await expect(page.getByText("There is no bin now")).toBeVisible();
    await page.goto(`${vigilio.url}/movies/${made[1]?.movieId}`);
    await deleteMovie(page);
    const question = page.getByRole("alertdialog", { name: "Delete Another Lamp?" });
    await expect(question.getByRole("button", { name: "Delete movie" })).toBeDisabled();
    await question.getByRole("textbox").fill("delete");
    await question.getByRole("button", { name: "Delete movie" }).click();
    await expect(page.getByText("Another Lamp is deleted")).toBeVisible();
  });
});
