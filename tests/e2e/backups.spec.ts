import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { movies } from "@/db/schema";
import type { Connection } from "@/lib/db";
import { addMovieRow, addVersionRow } from "../support/library";
import { startVigilio } from "../support/vigilio";

const admin = { username: "ada", password: "a long enough password" };

/** A film with a row and a file; the file's path. */
function addFilm(db: Connection, dataDir: string, title: string): string {
  const { folder, fileName } = addVersionRow(db, { movieId: addMovieRow(db, { title }) });
  const path = join(dataDir, "media", folder, `${fileName}.mp4`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "not to be played");
  return path;
}

test("a backup is made, restored and taken back, and no film is lost @phone", async ({ page }) => {
  test.setTimeout(240_000);
  const dataDir = mkdtempSync(join(tmpdir(), "vigilio-backups-e2e-"));
  const databasePath = join(dataDir, "vigilio.db");
  migrateDatabase({ databasePath, migrationsDir: "db/migrations" });
  const beside = openDatabase(databasePath);
  addFilm(beside, dataDir, "The Lantern");
  const vigilio = await startVigilio({
    dataDir,
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
    },
  });
  const titles = async () => {
    const answer = await vigilio.fetch("/api/v1/movies");
    const { items }: { items: { title: string }[] } = await answer.json();
    return items.map(({ title }) => title);
  };
  const row = (reason: string) => page.getByRole("listitem").filter({ hasText: reason });
  const restore = async (reason: string, changes: RegExp[]) => {
    await row(reason)
      .first()
      .getByRole("button", { name: /^Restore the backup/ })
      .click();
    const dialog = page.getByRole("alertdialog");
    for (const change of changes) await expect(dialog.getByText(change)).toBeVisible();
    const confirm = dialog.getByRole("button", { name: "Restore", exact: true });
    await expect(confirm).toBeDisabled();
    await dialog.getByRole("textbox").fill("restore");
    await confirm.click();
    await expect(page.getByText("The backup is restored").first()).toBeVisible({ timeout: 60_000 });
    await expect(dialog).toBeHidden();
  };

  try {
    await page.goto(`${vigilio.url}/sign-in?next=/manage/settings/backups`);
    await page.getByLabel("User name").fill(admin.username);
    await page.getByLabel("Password", { exact: true }).fill(admin.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Backups" })).toBeVisible();
    // The nights before the first start are made good right away.
    await expect(row("Nightly")).toHaveCount(1);

    await page.getByRole("button", { name: "Back up now" }).click();
    await expect(page.getByText("The backup is made").first()).toBeVisible();
    await expect(row("By hand")).toContainText("1 movie");

    beside.delete(movies).where(eq(movies.title, "The Lantern")).run();
    const added = addFilm(beside, dataDir, "Harbour Lights");
    // Nobody may have the database open while another takes its place.
    beside.$client.close();
    expect(await titles()).toEqual(["Harbour Lights"]);

    await restore("By hand", [
      /1 movie that was added since leaves the list/,
      /1 movie that was deleted since is listed again/,
    ]);
    expect(await titles()).toEqual(["The Lantern"]);
    await expect(row("Before a restore")).toHaveCount(1);
    await expect(async () => {
      await page.reload();
      await expect(page.getByText(/Files from before the restore are kept/)).toBeVisible();
    }).toPass({ timeout: 30_000 });
    expect(existsSync(added)).toBe(true);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isWide, "the page scrolls sideways").toBe(false);

    await restore("Before a restore", [/1 movie that was deleted since is listed again/]);
    expect(await titles()).toEqual(["Harbour Lights"]);
    expect(existsSync(added)).toBe(true);
  } finally {
    await vigilio.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
