import { readdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { startVigilio } from "../support/vigilio";

test("a first start is healthy, keeps its data where it is told, and stops by itself", async () => {
  const vigilio = await startVigilio();
  const response = await fetch(`${vigilio.url}/api/health`);
  expect(response.status).toBe(200);
  expect(["ok", "degraded"]).toContain((await response.json()).status);
  expect(readdirSync(vigilio.dataDir)).toContain("vigilio.db");

  await vigilio.stop();
  await expect(fetch(`${vigilio.url}/api/health`)).rejects.toThrow();
});

test("a first visit leads to the setup page @phone", async ({ page }) => {
  await using vigilio = await startVigilio();
  await page.goto(`${vigilio.url}/`);
  await expect(page).toHaveURL(/\/(setup|sign-in)/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
