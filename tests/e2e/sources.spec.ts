import { expect, test } from "@playwright/test";
import { postJson } from "../support/movies-api";
import { admin, enter, expectNoSidewaysScroll } from "../support/theatre";
import { startVigilio } from "../support/vigilio";
import { filmOf, films, titleOf } from "../upstreams/films";
import { indexerKey, startIndexer } from "../upstreams/indexer";
import { type MovieApiOptions, startMovieApi } from "../upstreams/movie-api";
import { releasesOf } from "../upstreams/releases";
import { startStandIn } from "../upstreams/server";

const film = filmOf("tt7000001");
const title = titleOf(film);
const env = { VIGILIO_ADMIN_USERNAME: admin.username, VIGILIO_ADMIN_PASSWORD: admin.password };

/** Small and shared by many, so that nothing but the household's wishes decides. */
const releases: MovieApiOptions["releases"] = (one) =>
  releasesOf(one).map((offered) => ({ ...offered, sizeBytes: 1_000_000_000, seeds: 50 }));

test("what a search offers first is what the household set @phone", async ({ page }) => {
  const api = await startMovieApi({ films: [film], releases });
  await using vigilio = await startVigilio({ env });
  const source = { name: "Lantern films", kind: "schema", definition: api.definition };
  await postJson(vigilio, "/api/v1/sources", source);
  await enter(page, vigilio.url);
  /** The release that is offered first; the others are behind a button. */
  async function offered() {
    await page.goto(`${vigilio.url}/manage/add`);
    await page.getByRole("textbox").first().fill(title);
    return page.getByRole("button", { name: `Download & add ${title}` });
  }
  const size = page.getByLabel("Largest file, in GB");
  const save = page.getByRole("button", { name: "Save", exact: true });

  await expect(await offered()).toHaveAccessibleName(/ 1080p$/);

  await test.step("what can't be meant is said at its field", async () => {
    await page.goto(`${vigilio.url}/manage/sources`);
    await size.fill("much");
    await save.click();
    await expect(page.getByText(/^Write a number/)).toBeVisible();
    await expect(size).toBeFocused();
    await expect(size).toHaveValue("much");
    await expectNoSidewaysScroll(page, "the page");
  });

  await test.step("wishes are saved and stay", async () => {
    await size.fill("2,5");
    await page.getByLabel("Largest picture").selectOption({ label: "HD (720p)" });
    await page.getByLabel("Spoken languages").first().selectOption("tr");
    await page.getByLabel("Spoken languages").first().selectOption("en");
    await page.getByRole("button", { name: "Remove English" }).click();
    await page.getByLabel("HEVC (H.265)").check();
    await save.click();
    await expect(page.getByText(/^Saved\. The next search/)).toBeVisible();
    await expect(page.getByLabel("Largest picture")).toHaveValue("720");
    await page.reload();
    await expect(size).toHaveValue("2.5");
    await expect(page.getByLabel("Largest picture")).toHaveValue("720");
    await expect(page.getByLabel("HEVC (H.265)")).toBeChecked();
    await expect(page.getByRole("button", { name: "Remove Turkish" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Remove English" })).toHaveCount(0);
    await expectNoSidewaysScroll(page, "the page");
  });

  await expect(await offered()).toHaveAccessibleName(/ 720p$/);
  await api.close();
});

test("a schema comes from a file or an address, an indexer while setting up", async ({ page }) => {
  const api = await startMovieApi({ films: [film] });
  const indexer = await startIndexer();
  const definition = {
    ...{ ...api.definition, version: 2 },
    headers: { "X-Api-Key": "a key that nobody sees again" },
  };
  const text = JSON.stringify(definition, null, 2);
  const shelf = await startStandIn(async ({ path }) =>
    path === "/films.json"
      ? { status: 200, body: text }
      : { status: 200, headers: { "content-type": "text/html" }, body: "<!DOCTYPE html><p>No" },
  );
  await using vigilio = await startVigilio({ env });
  await enter(page, vigilio.url);
  const schema = page.getByLabel("Search schema", { exact: true });
  const name = page.getByLabel("Name", { exact: true });
  const save = page.getByRole("button", { name: "Save", exact: true });
  const sources = async () => (await (await vigilio.fetch("/api/v1/sources")).json()).items;

  await test.step("setting up asks an indexer at once, and goes on", async () => {
    await page.goto(`${vigilio.url}/setup/sources`);
    await page.getByText("Or follow a gallery").click();
    const follow = page.locator("form", { has: page.getByRole("button", { name: "Follow" }) });
    await follow.getByLabel("Address").fill("no address at all");
    await follow.getByRole("button", { name: "Follow" }).click();
    await expect(follow.getByLabel("Address")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByRole("heading", { level: 1, name: "Where to search" })).toBeVisible();
    await page.getByLabel("Address", { exact: true }).first().fill(indexer.url);
    await page.getByLabel("API key").fill("not the key of this one");
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText("That didn't work")).toBeVisible();
    await page.getByLabel("API key").fill(indexerKey);
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText(/by IMDb id and by title/)).toBeVisible();
    await name.first().fill("Jackett");
    await save.first().click();
    await expect(page).toHaveURL(`${vigilio.url}/setup/done`);
    expect(await sources()).toMatchObject([{ name: "Jackett", isKeySet: true }]);
  });

  await test.step("a file is dropped", async () => {
    await page.goto(`${vigilio.url}/manage/sources/new?way=schema`);
    const dataTransfer = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], "films.json", { type: "application/json" }));
      return transfer;
    }, text);
    await page.getByLabel("Or its file").dispatchEvent("drop", { dataTransfer });
    await expect(page.getByText("films.json")).toBeVisible();
    await expect(schema).toHaveValue(text);
    await name.fill("From a file");
    await save.click();
    await expect(page.getByRole("switch", { name: "From a file" })).toBeVisible();
  });

  await test.step("an address that has none says so, and one that has it fills the field", async () => {
    await page.goto(`${vigilio.url}/manage/sources/new?way=schema`);
    await page.getByLabel("Or its address").fill(`${shelf.origin}/index.html`);
    await page.getByRole("button", { name: "Fetch", exact: true }).click();
    await expect(page.getByText(/web page/)).toBeVisible();
    await page.getByLabel("Or its address").fill(`${shelf.origin}/films.json`);
    await page.getByLabel("Or its address").press("Enter");
    await expect(schema).toHaveValue(text);
    await expect(page.getByText(/web page/)).toHaveCount(0);
    await name.fill("From an address");
    await save.click();
    await expect(page.getByRole("switch", { name: "From an address" })).toBeVisible();
  });

  await test.step("its key is not shown again, and stays", async () => {
    await page.getByRole("link", { name: "Edit From a file" }).click();
    await expect(schema).toHaveValue(/"X-Api-Key": \{\s*"isSet": true\s*\}/);
    await page.getByLabel("A title to test with").fill(title);
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(page.getByText(/^1 movie in /)).toBeVisible();
    expect(api.requests.at(-1)?.headers["x-api-key"]).toBe(definition.headers["X-Api-Key"]);
    expect(await page.content()).not.toContain(definition.headers["X-Api-Key"]);
    await page.getByRole("link", { name: "Open in the builder" }).click();
    await page.getByText("Advanced", { exact: true }).click();
    await expect(page.getByText("One is saved and stays when this is empty.")).toBeVisible();
    await page.getByRole("button", { name: "Remove X-Api-Key" }).click();
    await save.click();
    await expect(page).toHaveURL(`${vigilio.url}/manage/sources`);
    const kept = (await sources()).map((one: { isKeySet: boolean }) => one.isKeySet);
    expect(kept).toEqual([true, false, true]);
  });

  await test.step("one that is removed comes back as it was", async () => {
    const row = page.getByRole("switch", { name: "From an address" });
    await page.getByRole("button", { name: "Remove From an address" }).click();
    await expect(row).toHaveCount(0);
    expect(await sources()).toHaveLength(2);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(row).toBeVisible();
    await expect(page.getByText("From an address is back.")).toBeVisible();
    expect((await sources())[2]).toMatchObject({ name: "From an address", isKeySet: true });
  });

  await Promise.all([api.close(), indexer.close(), shelf.close()]);
});

/** Notes when so many results are on the screen, and not when somebody looks. */
function noteResults(count: number): void {
  new MutationObserver(() => {
    if (document.querySelectorAll('[aria-labelledby="found-title"] h3').length < count) return;
    document.documentElement.dataset.shownAt ??= String(performance.now());
  }).observe(document, { childList: true, subtree: true });
}

test("of ten sources five are in trouble, and the others are on the screen in time", async ({
  page,
}) => {
  const word = "The";
  const named = films.filter((one) => titleOf(one).startsWith(`${word} `)).slice(0, 5);
  expect(named).toHaveLength(5);
  const slowestMs = 1_500;
  const apis = await Promise.all(named.map((one) => startMovieApi({ films: [one], releases })));
  apis[2]?.behave({ slowMs: slowestMs });
  const hostile = {
    Hanging: { manner: "hangs", said: /too long/ },
    Huge: { manner: "huge", said: /5 MB/ },
    Page: { manner: "page", said: /web page/ },
    Cloud: { manner: "into-the-cloud", said: /private network/ },
    Down: { manner: "down", said: /Nothing answers/ },
  } as const;
  await using vigilio = await startVigilio({ env });
  const add = (name: string, definition: object) =>
    postJson(vigilio, "/api/v1/sources", { name, kind: "schema", definition });
  for (const [name, { manner }] of Object.entries(hostile)) {
    const api = await startMovieApi();
    api.behave(manner);
    apis.push(api);
    await add(name, api.definition);
  }
  for (const [at, api] of apis.slice(0, 5).entries()) await add(`Good ${at}`, api.definition);
  await enter(page, vigilio.url);
  await page.goto(`${vigilio.url}/manage/add`);
  await page.evaluate(noteResults, named.length);
  await page.getByRole("textbox").first().fill(word);
  const found = page.getByRole("region", { name: /^Results for/ });
  for (const one of named) {
    await expect(found.getByRole("heading", { level: 3, name: titleOf(one) })).toBeVisible();
  }
  await expect(found.getByRole("status")).toContainText("still asking Hanging");

  const failed = found.getByRole("list", { name: "Sources that could not be searched" });
  await expect(failed.getByRole("listitem")).toHaveCount(5, { timeout: 20_000 });
  for (const [name, { said }] of Object.entries(hostile)) {
    await expect(failed.getByRole("listitem").filter({ hasText: name })).toContainText(said);
  }
  await expect(found.getByRole("status")).toHaveText("5 movies");
  const tookMs = await page.evaluate(() => {
    const asked = performance
      .getEntriesByType("resource")
      .find(({ name }) => name.includes("/api/v1/search/stream"));
    return Number(document.documentElement.dataset.shownAt) - (asked?.startTime ?? 0);
  });
  expect(tookMs).toBeGreaterThan(slowestMs);
  expect(tookMs).toBeLessThan(slowestMs + 1_000);
  await Promise.all(apis.map((api) => api.close()));
});
