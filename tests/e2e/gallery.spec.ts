import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { galleryIndex } from "@/lib/galleries/schema";
import { admin, enter, expectNoSidewaysScroll } from "../support/theatre";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { filmOf, titleOf } from "../upstreams/films";
import { startMovieApi } from "../upstreams/movie-api";

const title = titleOf(filmOf("tt7000001"));
const secret = "9f8a7c3d2e1b4f60";
const name = "Lantern films";

/** Names that end in .example are on the public internet for it, and lead to this machine. */
const network = `--import=${fileURLToPath(new URL("../support/public-names.mjs", import.meta.url))}`;
const env = {
  VIGILIO_ADMIN_USERNAME: admin.username,
  VIGILIO_ADMIN_PASSWORD: admin.password,
  NODE_OPTIONS: network,
};

/** It fits its screen, and axe has nothing to say. */
async function expectSound(page: Page, where: string): Promise<void> {
  await expectNoSidewaysScroll(page, where);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`);
  expect(found, where).toEqual([]);
}

/** Builds a source from a pasted address, whose key the service wants. */
async function build(page: Page, { url }: Vigilio, port: string): Promise<void> {
  await page.goto(`${url}/manage/sources`);
  await page.getByRole("link", { name: /^Build one by clicking/ }).click();
  const asked = new URLSearchParams({ limit: "10", apikey: secret, query_term: title });
  const address = `http://films.example:${port}/api/v2/list_movies.json?${asked}`;
  await page.getByLabel("Address of a search").fill(address.replaceAll("+", "%20"));
  await page.getByRole("button", { name: "Fetch the answer" }).click();
  const result = page.getByRole("region", { name: "What comes out" });
  await expect(result.getByText(title).first()).toBeVisible();
  await page.getByLabel("Name", { exact: true }).last().fill(name);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(`${url}/manage/sources`);
}

const entryOf = (page: Page): Locator =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 2, name }) });

test("a source is built, published, and tried, copied and searched with by another Vigilio @phone", async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/content security policy|hydrat/i.test(message.text())) faults.push(message.text());
  });
  const api = await startMovieApi();
  const { port } = new URL(api.origin);
  await using first = await startVigilio({ env: { ...env, VIGILIO_TRUST_PROXY: "true" } });
  await using second = await startVigilio({ env });
  const index = async () => {
    const text = await (await fetch(`${first.url}/gallery/index.json`)).text();
    return { text, ...galleryIndex.parse(JSON.parse(text)) };
  };
  await enter(page, first.url);

  await test.step("from nothing to a source, by clicking", () => build(page, first, port));

  await test.step("nobody sees a gallery that is not switched on", async () => {
    expect((await fetch(`${first.url}/gallery`)).status).toBe(404);
    expect((await fetch(`${first.url}/gallery/index.json`)).status).toBe(404);
  });

  await test.step("it is published, and its key is not", async () => {
    await page.getByRole("link", { name: "Galleries" }).click();
    await page.getByRole("link", { name: "Open your gallery" }).click();
    await page.getByRole("link", { name: `Publish ${name}` }).click();
    await page.getByLabel("Description").fill("Invented films, by title.");
    await page.getByLabel("Author").fill("Ada");
    await page.getByLabel("About the law").fill("Free to share.");
    const publish = page.getByRole("button", { name: "Publish", exact: true });
    await publish.click();
    await expect(page.getByText(/^Decide what happens with this value/)).toBeVisible();
    await expectSound(page, "the form that publishes");
    await page
      .getByRole("group", { name: /Parameter apikey/ })
      .getByLabel("Leave it out")
      .check();
    await publish.click();
    await expect(page.getByText(`${name} is published.`)).toBeVisible();
    await expect(page).toHaveURL(`${first.url}/manage/sources/gallery/own`);
    await page.getByRole("switch", { name: /^Publish your gallery/ }).click();
    await expect(page.getByRole("link", { name: `${first.url}/gallery` })).toBeVisible();
    await page.getByLabel("Name", { exact: true }).fill("Ada's lamps");
    await page.getByRole("button", { name: "Save the name" }).click();
    await expect(page.getByText("The name is saved.")).toBeVisible();
    await expectSound(page, "the own gallery");
    const published = await index();
    expect(published).toMatchObject({
      name: "Ada's lamps",
      sources: [{ name, author: "Ada", legalNote: "Free to share.", score: { up: 0, down: 0 } }],
    });
    expect(published.text).not.toContain(secret);
  });

  await test.step("a stranger looks and votes, without scripts and without an account", async () => {
    const context = await browser.newContext({
      ...{ javaScriptEnabled: false, locale: "en-GB", viewport: page.viewportSize() },
      extraHTTPHeaders: { "x-forwarded-for": "192.0.2.7" },
    });
    const stranger = await context.newPage();
    await stranger.goto(`${first.url}/gallery`);
    await expect(stranger.getByRole("heading", { level: 1, name: "Ada's lamps" })).toBeVisible();
    await expect(stranger.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
    await stranger.getByText("Its search schema").click();
    await expect(stranger.getByText('"apiUrl"')).toBeVisible();
    expect(await stranger.content()).not.toContain(secret);
    const up = stranger.getByRole("button", { name: /^Vote for Lantern films/ });
    await up.click();
    await expect(stranger.getByText("Your vote counts.")).toBeVisible();
    await expect(up).toHaveText("1");
    await up.click();
    await expect(stranger.getByText(/^You voted for this source today/)).toBeVisible();
    await expect(up).toHaveText("1");
    await context.close();
    await page.goto(`${first.url}/gallery`);
    await expectSound(page, "the public page");
  });

  await page.context().clearCookies();
  await enter(page, second.url);

  await test.step("another Vigilio follows it by the address of the first", async () => {
    await page.goto(`${second.url}/manage/sources`);
    await page.getByRole("link", { name: /^Copy one from a gallery/ }).click();
    await page.getByLabel("Address", { exact: true }).fill("http://127.0.0.1:9");
    await page.keyboard.press("Enter");
    await expect(page.getByText(/^Nothing answers at this gallery/)).toBeVisible();
    await page.getByLabel("Address", { exact: true }).fill(first.url.replace("http://", ""));
    await page.keyboard.press("Enter");
    await expect(page.getByText("Ada's lamps is followed.")).toBeVisible();
    await expect(page.getByText("1 source", { exact: true })).toBeVisible();
    await expectSound(page, "the galleries");
    await page.getByRole("link", { name: "Ada's lamps" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Ada's lamps" })).toBeVisible();
    await expect(entryOf(page).getByText(`Asks films.example:${port}`)).toBeVisible();
  });

  await test.step("what it finds is looked at before anything is copied", async () => {
    await page.getByRole("button", { name: `Preview ${name}` }).click();
    await page.getByLabel("A title to test with").fill(title);
    await page.keyboard.press("Enter");
    await expect(page.getByText(/^1 movie in /)).toBeVisible();
    await expect(entryOf(page).getByText("tt7000001")).toBeVisible();
    const { items } = await (await second.fetch("/api/v1/sources")).json();
    expect(items).toEqual([]);
    await expectSound(page, "a gallery with a preview");
  });

  await test.step("it votes once", async () => {
    const up = page.getByRole("button", { name: /^Vote for Lantern films/ });
    await expect(up).toHaveText("1");
    await up.click();
    await expect(page.getByText(`Your vote for ${name} counts.`)).toBeVisible();
    await expect(up).toHaveText("2");
    await page.getByRole("button", { name: /^Vote against Lantern films/ }).click();
    await expect(page.getByText(/was counted from this server today/)).toBeVisible();
    expect((await index()).sources[0]?.score).toEqual({ up: 2, down: 0 });
  });

  await test.step("one press copies it, and a search finds with it", async () => {
    await page.getByRole("button", { name: `Copy ${name}` }).click();
    await expect(entryOf(page).getByText("Already yours")).toBeVisible();
    const { items } = await (await second.fetch("/api/v1/sources")).json();
    expect(items).toMatchObject([{ name, enabled: true, author: "Ada" }]);
    expect(JSON.stringify(items)).not.toContain(secret);
    await page.goto(`${second.url}/manage/add`);
    await page.getByRole("textbox").first().fill(title);
    const found = page.getByRole("region", { name: /^Results for/ });
    await expect(found.getByRole("heading", { level: 3, name: title })).toBeVisible();
  });

  await test.step("a change is offered once it is published, and taken when asked for", async () => {
    const [source] = (await (await first.fetch("/api/v1/sources")).json()).items;
    const definition = { ...source.definition, apiUrl: `${source.definition.apiUrl}&page=1` };
    await first.fetch(`/api/v1/sources/${source.id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ definition }),
    });
    const lookAgain = async () => {
      await page.goto(`${second.url}/manage/sources/gallery`);
      await page.getByRole("button", { name: "Look again at Ada's lamps" }).click();
      await expect(page.getByText("Ada's lamps is up to date.")).toBeVisible();
      await page.getByRole("link", { name: "Ada's lamps" }).click();
      await expect(entryOf(page)).toBeVisible();
    };
    await lookAgain();
    await expect(entryOf(page).getByText("Already yours")).toBeVisible();

    const other = await page.context().browser()?.newPage();
    if (!other) throw new Error("no browser");
    await enter(other, first.url);
    await other.goto(`${first.url}/manage/sources/gallery/own`);
    await expect(other.getByText("Changed since it was published")).toBeVisible();
    await other.getByRole("link", { name: `Publish ${name} again` }).click();
    await other
      .getByRole("group", { name: /apikey/ })
      .getByLabel("Leave it out")
      .check();
    await other.getByRole("button", { name: "Publish again" }).click();
    await expect(other.getByText(`${name} is published.`)).toBeVisible();
    await other.close();

    await lookAgain();
    await expect(entryOf(page).getByText("Changed since you copied it")).toBeVisible();
    await page.getByRole("button", { name: `Update ${name}` }).click();
    await page.getByRole("button", { name: "Update", exact: true }).click();
    await expect(entryOf(page).getByText("Already yours")).toBeVisible();
    const [copy] = (await (await second.fetch("/api/v1/sources")).json()).items;
    expect(copy.definition.apiUrl).toContain("&page=1");
    expect(JSON.stringify(copy)).not.toContain(secret);
  });

  expect(faults).toEqual([]);
  await api.close();
});
