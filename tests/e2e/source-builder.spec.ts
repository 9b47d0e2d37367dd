import { expect, type Locator, type Page, test } from "@playwright/test";
import { admin, enter, expectNoSidewaysScroll } from "../support/theatre";
import { startVigilio } from "../support/vigilio";
import { filmOf, titleOf } from "../upstreams/films";
import { indexerKey, startIndexer } from "../upstreams/indexer";
import { startMovieApi } from "../upstreams/movie-api";

const film = filmOf("tt7000001");
const title = titleOf(film);

/** The row of a source in the list. */
function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole("list", { name: "Sources" })
    .locator("> li")
    .filter({ has: page.getByRole("switch", { name }) });
}

/** The button of a field in the builder. */
const fieldOf = (page: Page, name: string) =>
  page.getByRole("button", { name: new RegExp(`^${name}(?! name)`) }).first();

test("a source is built by clicking through an answer, and a search finds with it @phone", async ({
  page,
}) => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  const api = await startMovieApi();
  await using vigilio = await startVigilio({
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
    },
  });
  await enter(page, vigilio.url);
  const tree = page.getByRole("tree");
  const result = page.getByRole("region", { name: "What comes out" });

  await test.step("the empty list says whose choice it is, and leads to the builder", async () => {
    await page.goto(`${vigilio.url}/manage/sources`);
    await expect(page.getByText(/comes without any/)).toBeVisible();
    await expectNoSidewaysScroll(page, "the page");
    await page.getByRole("link", { name: /^Build one by clicking/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Build a source" })).toBeVisible();
  });

  await test.step("the word in a pasted address becomes what is searched for", async () => {
    const address = `${api.origin}/api/v2/list_movies.json?limit=10&query_term=${encodeURIComponent(title)}`;
    await page.getByLabel("Address of a search").fill(address);
    await expect(page.getByText("$" + "{searchInput}")).toBeVisible();
    await expect(page.getByLabel("Title to ask for")).toHaveValue(title);
    await page.getByRole("button", { name: "Fetch the answer" }).click();
    await expect(result.getByText(title).first()).toBeVisible();
    await expect(result.getByText("tt7000001")).toBeVisible();
    await expect(result.getByText("1080p").first()).toBeVisible();
    expect(api.requests.at(-1)?.query).toMatchObject({ query_term: title, limit: "10" });
    await expectNoSidewaysScroll(page, "the page");
  });

  await test.step("a value is chosen by a click", async () => {
    await page.getByRole("button", { name: "Clear Title" }).click();
    await page.getByRole("button", { name: "Clear IMDb id" }).click();
    await expect(result.getByText("No title").first()).toBeVisible();
    await expect(result.getByText(/neither a title nor an IMDb id/)).toBeVisible();
    await fieldOf(page, "Title").click();
    await tree
      .getByRole("treeitem", { name: `title ${title}`, exact: true })
      .first()
      .click();
    await expect(result.getByText(title).first()).toBeVisible();
    await expect(result.getByText(/no IMDb id/).first()).toBeVisible();
  });

  await test.step("and by keys alone", async () => {
    await fieldOf(page, "IMDb id").focus();
    await page.keyboard.press("Enter");
    await tree.getByRole("treeitem", { name: /^Answer/ }).focus();
    const focused = page.locator('[role="treeitem"]:focus');
    for (let presses = 0; presses < 30; presses += 1) {
      if (/^imdb_code/.test((await focused.textContent()) ?? "")) break;
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await expect(result.getByText("tt7000001")).toBeVisible();
    await expect(fieldOf(page, "IMDb id")).toContainText("data.movies.0.imdb_code");
  });

  await test.step("a value that can't be taken says why", async () => {
    await fieldOf(page, "Picture").click();
    await tree
      .getByRole("treeitem", { name: /^quality / })
      .first()
      .click();
    await expect(page.getByText(/lies in a list inside each movie/)).toBeVisible();
    const back = page.getByRole("button", { name: "Back to the fields" });
    if (await back.isVisible()) await back.click();
  });

  await test.step("it is tested with another title and saved", async () => {
    const other = titleOf(filmOf("tt7000002"));
    await page.getByLabel("A title to test with").fill(other);
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(page.getByText(/^\d+ movies? in /)).toBeVisible();
    await page.getByLabel("Name", { exact: true }).last().fill("Lantern films");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page).toHaveURL(`${vigilio.url}/manage/sources`);
    await expect(rowOf(page, "Lantern films")).toBeVisible();
    const answer = await vigilio.fetch("/api/v1/sources");
    const { items } = await answer.json();
    expect(items[0].definition).toMatchObject({ version: 1 });
  });

  await test.step("a search finds with it", async () => {
    await page.goto(`${vigilio.url}/manage/add`);
    await page.getByRole("textbox").first().fill(title);
    const found = page.getByRole("region", { name: /^Results for/ });
    await expect(found.getByRole("heading", { level: 3, name: title })).toBeVisible();
    await page.goto(`${vigilio.url}/manage/sources`);
    await expect(rowOf(page, "Lantern films").getByText(/Answers in .* on average/)).toBeVisible();
  });

  await test.step("it opens again as it was saved", async () => {
    await rowOf(page, "Lantern films").getByRole("link", { name: /^Edit/ }).click();
    await page.getByRole("link", { name: "Open in the builder" }).click();
    await expect(page.getByLabel("Address of a search")).toHaveValue(
      /query_term=\$\{searchInput\}/,
    );
  });

  expect(faults).toEqual([]);
  await api.close();
});

test("indexers and schemas are added, put in order, tested and removed @phone", async ({
  page,
}) => {
  const indexer = await startIndexer();
  const api = await startMovieApi();
  const broken = await startMovieApi();
  broken.behave("page");
  await using vigilio = await startVigilio({
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
    },
  });
  await enter(page, vigilio.url);
  const save = page.getByRole("button", { name: "Save", exact: true });
  const tryIt = page.getByRole("button", { name: "Test", exact: true });

  await test.step("an indexer by address and key, which is asked what it can", async () => {
    await page.goto(`${vigilio.url}/manage/sources/new`);
    await page.getByRole("link", { name: /^Jackett/ }).click();
    await page.getByLabel("Address", { exact: true }).fill(indexer.url.replace("http://", ""));
    await page.getByLabel("API key").fill("not the key of this one");
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText("That didn't work")).toBeVisible();
    await page.getByLabel("API key").fill(indexerKey);
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText(/by IMDb id and by title/)).toBeVisible();
    await page.getByLabel("A title to test with").fill(title);
    await tryIt.click();
    await expect(page.getByText(/^\d+ movies? in /)).toBeVisible();
    await expectNoSidewaysScroll(page, "the page");
    await page.getByLabel("Name", { exact: true }).fill("My Jackett");
    await save.click();
    await expect(rowOf(page, "My Jackett")).toBeVisible();
    expect(await page.content()).not.toContain(indexerKey);
  });

  await test.step("a schema by pasting, whose faults are said with their lines", async () => {
    await page.goto(`${vigilio.url}/manage/sources/new?way=schema`);
    const text = page.getByLabel("Search schema", { exact: true });
    const definition = JSON.stringify(api.definition, null, 2);
    await text.fill(definition.replace('"parsers":', '"parsers"'));
    await page.getByLabel("Name", { exact: true }).fill("Movies");
    await save.click();
    await expect(page.getByText(/^Line 4: from here on it is no JSON/)).toBeVisible();
    await text.fill(definition.replace("data.movies.0.year", "data..year"));
    await save.click();
    await expect(
      page.getByText(/^Line 15, parsers\.2\.value: The path has an empty part/),
    ).toBeVisible();
    // Those of the original lie around with single quotes.
    await text.fill(definition.replaceAll('"', "'"));
    await page.getByLabel("A title to test with").fill(title);
    await tryIt.click();
    await expect(page.getByText(/^1 movie in /)).toBeVisible();
    await save.click();
    await expect(rowOf(page, "Movies")).toBeVisible();
  });

  await test.step("one that fails says why, where it is tested and in the list", async () => {
    await page.goto(`${vigilio.url}/manage/sources/new?way=schema`);
    await page.getByLabel("Search schema", { exact: true }).fill(JSON.stringify(broken.definition));
    await page.getByLabel("A title to test with").fill(title);
    await tryIt.click();
    await expect(page.getByText(/answered with a web page/)).toBeVisible();
    await page.getByLabel("Name", { exact: true }).fill("Broken");
    await save.click();
    await expect(rowOf(page, "Broken").getByText("Not asked yet")).toBeVisible();
    await vigilio.fetch(`/api/v1/search?query=${encodeURIComponent(title)}`);
    await page.reload();
    await expect(rowOf(page, "Broken").getByText(/answered with a web page/)).toBeVisible();
    await expectNoSidewaysScroll(page, "the page");
  });

  await test.step("they are put in order, switched off and removed", async () => {
    const names = async () => {
      const { items } = await (await vigilio.fetch("/api/v1/sources")).json();
      return items.map(({ name }: { name: string }) => name);
    };
    const up = page.getByRole("button", { name: "Broken one up" });
    await up.click();
    await expect.poll(names).toEqual(["My Jackett", "Broken", "Movies"]);
    await expect(up).toBeFocused();
    await page.keyboard.press("Enter");
    await expect.poll(names).toEqual(["Broken", "My Jackett", "Movies"]);
    await rowOf(page, "Movies").getByRole("switch").click();
    await expect(rowOf(page, "Movies").getByText(/Switched off/)).toBeVisible();
    await expect(async () => {
      const { items } = await (await vigilio.fetch("/api/v1/sources")).json();
      expect(items[2]).toMatchObject({ name: "Movies", enabled: false });
    }).toPass();
    await page.getByRole("button", { name: "Test My Jackett" }).click();
    await page.getByLabel("A title to test with").fill(title);
    await rowOf(page, "My Jackett").getByRole("button", { name: "Test", exact: true }).click();
    await expect(page.getByText(/^\d+ movies? in /)).toBeVisible();
    await page.getByRole("button", { name: "Remove Broken" }).click();
    await expect(rowOf(page, "Broken")).toHaveCount(0);
    await expect.poll(names).toEqual(["My Jackett", "Movies"]);
  });

  await test.step("a change of an indexer's name keeps its key", async () => {
    await rowOf(page, "My Jackett").getByRole("link", { name: /^Edit/ }).click();
    await page.getByLabel("Name", { exact: true }).fill("Jackett at home");
    await save.click();
    await expect(rowOf(page, "Jackett at home")).toBeVisible();
    const { items } = await (await vigilio.fetch("/api/v1/sources")).json();
    expect(items[0]).toMatchObject({ name: "Jackett at home", isKeySet: true });
  });

  await Promise.all([indexer.close(), api.close(), broken.close()]);
});
