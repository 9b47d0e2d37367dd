import { join } from "node:path";
import { expect, test } from "@playwright/test";
import Database from "better-sqlite3";
import { enter, expectNoSidewaysScroll, member, openTheatre } from "../support/theatre";

test("the design page shows every piece, readable, to admins @phone", async ({ page, browser }) => {
  await using theatre = await openTheatre();
  const { url } = theatre.vigilio;
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await enter(page, url);
  await page.goto(`${url}/manage/settings/server`);
  await page.getByRole("link", { name: /^Design/ }).click();
  await expect(page).toHaveURL(`${url}/manage/design`);
  await expectNoSidewaysScroll(page, "the design page");

  // Measured here, in this browser: all of them are enough.
  const ratios = page.getByText(/^[\d.]+ of (4\.5|3)$/);
  await expect(ratios).toHaveCount(17);
  for (const text of await ratios.allInnerTexts()) {
    const [ratio = 0, least = 0] = text.split(" of ").map(Number);
    expect(ratio, text).toBeGreaterThanOrEqual(least);
  }
  await page.getByRole("button", { name: "A toast", exact: true }).click();
  await expect(page.getByText("It is done")).toBeVisible();
  await page.getByRole("button", { name: "A question" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("button", { name: "A panel" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("button", { name: "A menu" }).click();
  await expect(page.getByRole("menuitem")).toHaveCount(3);
  await page.keyboard.press("Escape");
  expect(faults).toEqual([]);

  const theirs = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await enter(theirs, url, member);
  await theirs.goto(`${url}/manage/design`);
  await expect(theirs.getByRole("heading", { name: "This page is for admins" })).toBeVisible();
});

test("when not even the frame of a page can be drawn, that is said in words", async ({ page }) => {
  await using theatre = await openTheatre();
  await enter(page, theatre.vigilio.url);
  const db = new Database(join(theatre.vigilio.dataDir, "vigilio.db"));
  db.exec("alter table sessions rename to lost_sessions");
  try {
    await page.goto(`${theatre.vigilio.url}/my-list`);
    await expect(page.getByRole("heading", { name: "This page could not be shown" })).toBeVisible();
    db.exec("alter table lost_sessions rename to sessions");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "My list" })).toBeVisible();
  } finally {
    db.close();
  }
});
