import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { startVigilio } from "../support/vigilio";
import { startWebhookReceiver } from "../upstreams/webhook-receiver";

const admin = { username: "ada", password: "a long enough password" };

test("another program is told: added, tried, changed, switched off and removed @phone", async ({
  page,
}) => {
  test.setTimeout(120_000);
  let secret = "";
  const receiver = await startWebhookReceiver(() => secret);
  const address = new URL(receiver.url).host;
  await using vigilio = await startVigilio({
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
    },
  });
  const { url } = vigilio;
  await page.goto(`${url}/sign-in?next=/manage/settings/webhooks`);
  await page.getByLabel("User name").fill(admin.username);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Webhooks" })).toBeVisible();

  const main = page.getByRole("main");
  const row = main.getByRole("listitem").filter({ hasText: receiver.url });
  const said = (text: string | RegExp) => expect(page.getByText(text).first()).toBeVisible();

  await test.step("it is added, and its secret shown this once", async () => {
    await main.getByLabel("Address").fill(receiver.url);
    for (const event of await main.getByRole("switch").all()) await event.click();
    await main.getByRole("button", { name: "Add webhook" }).click();
    await said("Choose at least one thing that it is told.");
    for (const event of await main.getByRole("switch").all()) await event.click();
    await main.getByRole("button", { name: "Add webhook" }).click();
    await said("The webhook is added");
    secret = (await main.locator("code").filter({ hasText: "whsec_" }).textContent()) ?? "";
    expect(secret).toMatch(/^whsec_/);
    await page.reload();
    await expect(row).toBeVisible();
    expect(await page.content()).not.toContain(secret);
  });

  await test.step("a test is sent, and what came of it is listed", async () => {
    await row.getByRole("button", { name: `Send a test to ${address}` }).click();
    await said("The test arrived: the receiver answered with status 204");
    expect(receiver.taken).toMatchObject([{ type: "test" }]);
    receiver.fail({ status: 500, body: "a stack trace" });
    await row.getByRole("button", { name: `Send a test to ${address}` }).click();
    await said("The receiver did not take the message: it answered with status 500.");
    await row.getByText("Last messages").click();
    await expect(row.getByText("Not taken")).toBeVisible();
    await expect(row.getByText("Arrived")).toBeVisible();
    expect(await page.content()).not.toContain("a stack trace");
  });

  await test.step("it can be read by everybody, on any screen", async () => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isWide, "the page scrolls sideways").toBe(false);
  });

  await test.step("it is changed and keeps its secret", async () => {
    await row.getByRole("button", { name: `Change the webhook ${address}` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("switch", { name: "Something went wrong with a movie" }).click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await said("The webhook is changed");
    await expect(dialog).toBeHidden();
    await expect(row.getByText("Something went wrong")).toHaveCount(0);
    await row.getByRole("button", { name: `Send a test to ${address}` }).click();
    await expect.poll(() => receiver.taken.length).toBe(2);
  });

  await test.step("it is switched off, and removed after a question", async () => {
    await row.getByRole("switch").click();
    await expect(row.getByText("Off: it is told nothing")).toBeVisible();
    await row.getByRole("button", { name: `Remove the webhook ${address}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    await expect(row).toHaveCount(0);
  });
  await receiver.close();
});
