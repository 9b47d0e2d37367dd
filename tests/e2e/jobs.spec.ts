import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { jobs } from "@/db/schema";
import { record } from "@/lib/movies/timeline";
import { enqueue } from "@/lib/queue/enqueue";
import { saveJobLines } from "@/lib/queue/job-log";
import { addMovieRow, addVersionRow } from "../support/library";
import { admin, enter, expectNoSidewaysScroll } from "../support/theatre";
import { startVigilio } from "../support/vigilio";

let dataDir: string;
test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vigilio-jobs-"));
});
test.afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** A film whose file could not be read, and three pieces of work that failed and will succeed. */
function householdWithTrouble(): void {
  const databasePath = join(dataDir, "vigilio.db");
  migrateDatabase({ databasePath, migrationsDir: "db/migrations" });
  const db = openDatabase(databasePath);
  const now = new Date();
  const unreadable = { code: "media-unreadable" };
  const failed = { status: "failed" as const, finishedAt: now, attempts: 3 };
  try {
    const film = { title: "The Long Lamp", status: "failed" as const, reason: unreadable };
    const movieId = addMovieRow(db, { ...film, addedAt: now });
    const version = { movieId, status: "failed" as const, reason: unreadable };
    const { id: versionId } = addVersionRow(db, version);
    record(db, { movieId, stage: "added", state: "done", at: now });
    const stage = { movieId, versionId, stage: "processing" as const, state: "failed" as const };
    record(db, { ...stage, reason: unreadable, at: now });
    const jobId = enqueue(db, "make-playable", { movieId, versionId }, { now });
    db.update(jobs)
      .set({ ...failed, lastError: unreadable, lastErrorDetail: "moov atom not found" })
      .where(eq(jobs.id, jobId))
      .run();
    const said = { at: now, level: "error" as const, facts: { attempt: 3 } };
    saveJobLines(db, jobId, [{ ...said, message: "job failed" }], now);
    for (const subjectId of ["a", "b", "c"]) {
      const payload = { subjectId, folders: [], downloads: [], imageIds: [] };
      const id = enqueue(db, "remove-leftovers", payload, { now });
      const lastError = { code: "job-fault" };
      db.update(jobs)
        .set({ ...failed, lastError })
        .where(eq(jobs.id, id))
        .run();
    }
  } finally {
    db.$client.close();
  }
}

async function isWellMade(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await expectNoSidewaysScroll(page, page.url());
}

test("background work is found, tried again, read about and mended @phone", async ({ page }) => {
  test.setTimeout(120_000);
  householdWithTrouble();
  await using vigilio = await startVigilio({
    dataDir,
    env: { VIGILIO_ADMIN_USERNAME: admin.username, VIGILIO_ADMIN_PASSWORD: admin.password },
  });
  const { url } = vigilio;
  const main = page.getByRole("main");
  const rows = main.getByRole("checkbox", { name: /^Select (?!all)/ });
  await enter(page, url);

  await test.step("by state and by kind, in the address", async () => {
    await page.goto(`${url}/manage/jobs`);
    await main.getByRole("link", { name: /^Failed/ }).click();
    await expect(page).toHaveURL(/status=failed/);
    await expect(rows).toHaveCount(4);
    await isWellMade(page);
    await main.getByLabel("Kind of work").selectOption({ label: "Clean up" });
    await main.getByRole("button", { name: "Show", exact: true }).click();
    await expect(page).toHaveURL(/kind=remove-leftovers/);
    await expect(page).toHaveURL(/status=failed/);
    await expect(rows).toHaveCount(3);
  });

  await test.step("several at once, which then are not there any more", async () => {
    await main.getByRole("checkbox", { name: "Select all on this page" }).check();
    await expect(main.getByText("3 selected")).toBeVisible();
    await main.getByRole("button", { name: "Try again", exact: true }).click();
    await expect(page.getByText("3 are tried again")).toBeVisible();
    await expect(main.getByRole("heading", { name: "Nothing like that" })).toBeVisible();
  });

  await test.step("a job's own page tells what it said", async () => {
    await page.goto(`${url}/manage/jobs?kind=remove-leftovers&status=succeeded`);
    await main.getByRole("link", { name: "Clean up" }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Clean up");
    await expect(main.getByText("job done")).toBeVisible();

    await page.goto(`${url}/manage/jobs?status=failed`);
    await main.getByRole("link", { name: "Make playable" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Make playable");
    await expect(main.getByText("job failed")).toBeVisible();
    await main.getByText("Technical text").click();
    await expect(main.getByText("moov atom not found")).toBeVisible();
    await isWellMade(page);
  });

  await test.step("what the clock does is done now", async () => {
    await page.goto(`${url}/manage/schedule`);
    const tidy = main.getByRole("listitem").filter({ hasText: "Tidy the list of work" });
    await expect(tidy.getByText("Not run yet")).toBeVisible();
    await tidy.getByRole("button", { name: "Run now: Tidy the list of work" }).click();
    await expect(page.getByText("Done: Tidy the list of work")).toBeVisible();
    await expect(tidy.getByText("Last run")).toBeVisible();
    await isWellMade(page);
  });

  await test.step("a film that does not go on has the button that mends it", async () => {
    await page.goto(`${url}/manage/preparing`);
    const card = main.getByRole("article", { name: "The Long Lamp" });
    await expect(card.getByText("Needs attention")).toBeVisible();
    await isWellMade(page);
    await card.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("It is tried again now")).toBeVisible();
  });
});
