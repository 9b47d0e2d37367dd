import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { postJson } from "../support/movies-api";
import { admin, enter, expectNoSidewaysScroll } from "../support/theatre";
import { until } from "../support/until";
import { startVigilio } from "../support/vigilio";
import { filmOf, titleOf } from "../upstreams/films";
import { startMovieApi } from "../upstreams/movie-api";

const film = filmOf("tt7000001");
const title = titleOf(film);
const member = { username: "grace", password: "another long password" };
const newPassword = "a password nobody forgets";

const env = {
  VIGILIO_ADMIN_USERNAME: admin.username,
  VIGILIO_ADMIN_PASSWORD: admin.password,
};

const said = (page: Page, text: string | RegExp) =>
  expect(page.getByText(text).first()).toBeVisible();

async function pageOf(browser: Browser): Promise<Page> {
  return (await browser.newContext({ locale: "en-GB" })).newPage();
}

/** The link that is shown this once. */
async function shownLink(page: Page, path: string): Promise<string> {
  const link = page.getByRole("main").locator("code").filter({ hasText: path });
  await expect(link).toBeVisible();
  return (await link.textContent()) ?? "";
}

async function expectReadable(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await expectNoSidewaysScroll(page, where);
}

test("somebody is invited, asks for a movie, and gets it by one press of an admin", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const api = await startMovieApi({ films: [film] });
  await using vigilio = await startVigilio({ env });
  const { url } = vigilio;
  const source = { name: "Lantern films", kind: "schema", definition: api.definition };
  expect((await postJson(vigilio, "/api/v1/sources", source)).status).toBe(201);
  await until("all services are up", async () => {
    return (await (await vigilio.fetch("/api/health")).json()).checks.qbittorrent.ok === true;
  });
  const guest = await pageOf(browser);

  await test.step("an invitation makes an account", async () => {
    await enter(page, url);
    await page.goto(`${url}/manage/users`);
    await page.getByRole("button", { name: "Make a link" }).click();
    await guest.goto(await shownLink(page, "/invitation/"));
    await guest.getByLabel("User name").fill(member.username);
    await guest.getByLabel("Password", { exact: true }).fill(member.password);
    await guest.getByRole("button", { name: "Create account" }).click();
    await expect(guest).toHaveURL(`${url}/`);
  });

  await test.step("who may not add asks, where others find the plus sign", async () => {
    await page.goto(`${url}/manage/requests`);
    await said(page, "Nobody asks for anything");
    await guest.getByRole("banner").getByRole("link", { name: "Ask for a movie" }).click();
    await expect(guest).toHaveURL(`${url}/requests`);
    await guest.getByLabel("Which movie?").fill(title);
    const results = guest.getByRole("region", { name: /^Results for/ });
    await results.getByRole("button", { name: `Ask for ${title}` }).click();
    await said(guest, `You asked for ${title}.`);
    await expect(results.getByRole("button", { name: "Asked" })).toBeDisabled();
    const own = guest.getByRole("main").getByRole("listitem").filter({ hasText: "Asked" });
    await expect(own.filter({ hasText: title }).first()).toBeVisible();
    await expectReadable(guest, "the page for asking");
  });

  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: title });
  await test.step("the admin sees it without a reload, and how many wait", async () => {
    await expect(row.getByText("Asked by grace")).toBeVisible();
    await expect(row.getByText("Lantern films")).toBeVisible();
    await expect(page.getByRole("button", { name: /^More\s*1 request waits$/ })).toBeVisible();
    await expectReadable(page, "the requests");
  });

  await test.step("one press adds it, and whoever asked sees that", async () => {
    await row.getByRole("button", { name: `Approve ${title}` }).click();
    await said(page, `${title} is approved and added.`);
    await expect(row.getByText("On its way")).toBeVisible();
    await expect(page.getByRole("button", { name: "More", exact: true })).toBeVisible();
    await guest.goto(`${url}/requests`);
    await guest.getByRole("link", { name: `Open ${title}` }).click();
    await expect(guest.getByRole("heading", { level: 1 })).toHaveText(title);
  });

  await test.step("what no source has is asked for all the same, and declined in words", async () => {
    await guest.goto(`${url}/requests`);
    await guest.getByLabel("Which movie?").fill("The Film Of Nobody 1950");
    await guest.getByRole("button", { name: "Ask for “The Film Of Nobody 1950”" }).click();
    await said(guest, "You asked for The Film Of Nobody.");
    await page.getByRole("button", { name: "Decline The Film Of Nobody" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Why (optional)").fill("Nobody knows it.");
    await dialog.getByRole("button", { name: "Decline" }).click();
    await expect(dialog).toBeHidden();
    // It follows by itself.
    await said(guest, "Nobody knows it.");
  });
  await api.close();
});

test("a link lets somebody choose a new password, once @phone", async ({ page, browser }) => {
  test.setTimeout(120_000);
  await using vigilio = await startVigilio({ env });
  const { url } = vigilio;
  const made = await postJson(vigilio, "/api/v1/users", { ...member, mustChangePassword: false });
  expect(made.status).toBe(201);
  const guest = await pageOf(browser);
  await enter(guest, url, member);

  await enter(page, url);
  await page.goto(`${url}/manage/users`);
  const make = async () => {
    await page.getByRole("button", { name: `More for ${member.username}` }).click();
    await page.getByRole("menuitem", { name: "Make a link for a new password" }).click();
  };
  await make();
  const first = await shownLink(page, "/reset/");
  await page.reload();
  await make();
  const link = await shownLink(page, "/reset/");
  expect(link).not.toBe(first);

  const other = await pageOf(browser);
  await other.goto(first);
  await said(other, "There is a newer link");
  await other.goto(link);
  await said(other, "For grace.");
  await expectReadable(other, "the page for a new password");
  await other.getByLabel("New password").fill(newPassword);
  await other.getByRole("button", { name: "Set password" }).click();
  await expect(other).toHaveURL(`${url}/`);

  // The device from before is out; the link is used up; the new password is the one that counts.
  await guest.goto(`${url}/account`);
  await expect(guest).toHaveURL(/\/sign-in/);
  await guest.goto(link);
  await said(guest, "A password was chosen with it already.");
  await enter(guest, url, { ...member, password: newPassword });

  await page.getByRole("button", { name: `More for ${member.username}` }).click();
  await page.getByRole("menuitem", { name: "Sign out everywhere" }).click();
  await said(page, "grace is signed out everywhere");
  await guest.goto(`${url}/account`);
  await expect(guest).toHaveURL(/\/sign-in/);
});
