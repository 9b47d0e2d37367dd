import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { type MadeFilm, type SubtitledFilm, subtitledFilms } from "../support/subtitled-film";
import { admin, enter, expectNoSidewaysScroll } from "../support/theatre";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { films, imdbIdOf, titleOf } from "../upstreams/films";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

let dataDir: string;
test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vigilio-library-"));
});
test.afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function start(made: SubtitledFilm[], env: Record<string, string> = {}) {
  const movies = await subtitledFilms(dataDir, made);
  const vigilio = await startVigilio({
    dataDir,
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
      SUBTITLE_LANGUAGES: "en",
      ...env,
    },
  });
  return { movies, vigilio };
}

async function isClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

const rows = (page: Page) => page.getByRole("main").locator("tbody tr");
const movieOf = async (vigilio: Vigilio, { movieId }: MadeFilm) =>
  (await vigilio.fetch(`/api/v1/movies/${movieId}`)).json();

test("movies are found, chosen, put into the bin together, and brought back @phone", async ({
  page,
}) => {
  const { vigilio } = await start([
    { title: "The Long Lamp", subtitles: 1 },
    { title: "Another Lamp", subtitles: 0 },
    { title: "Nine Bridges", subtitles: 0 },
  ]);
  await using _ = vigilio;
  await enter(page, vigilio.url);
  await page.goto(`${vigilio.url}/manage/movies`);
  await expect(rows(page)).toHaveCount(3);
  await expectNoSidewaysScroll(page, "the table");
  await isClean(page);

  await test.step("by a word, which stands in the address", async () => {
    await page.getByRole("main").getByLabel("Title, person or word").fill("lamp");
    await expect(rows(page)).toHaveCount(2);
    expect(page.url()).toContain("query=lamp");
    await page.goto(`${vigilio.url}/manage/movies?without=en`);
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).filter({ hasText: "The Long Lamp" })).toHaveCount(0);
  });

  await test.step("all that fit, with their number typed", async () => {
    await page.goto(`${vigilio.url}/manage/movies?query=lamp`);
    await page.getByRole("checkbox", { name: "Choose all on this page" }).check();
    const bar = page.getByRole("region", { name: "Chosen movies" });
    await expect(bar).toContainText("2 chosen");
    await expectNoSidewaysScroll(page, "the table with a bar");
    // A phone would make the page wider for what does not fit, and scroll nowhere.
    const { width } = page.viewportSize() ?? { width: 0 };
    const last = await bar.getByRole("button", { name: "Move to the bin" }).boundingBox();
    expect(last && last.x + last.width).toBeLessThanOrEqual(width);
    await bar.getByRole("button", { name: "Move to the bin" }).click();
    const question = page.getByRole("alertdialog", { name: "Delete 2 movies?" });
    const confirm = question.getByRole("button", { name: "Move to the bin" });
    await expect(confirm).toBeDisabled();
    await isClean(page);
    await question.getByRole("textbox").fill("3");
    await expect(confirm).toBeDisabled();
    await question.getByRole("textbox").fill("2");
    await confirm.click();
    await expect(page.getByText("2 movies are in the bin")).toBeVisible();
    const { total } = await (await vigilio.fetch("/api/v1/bin")).json();
    expect(total).toBe(2);
  });

  await test.step("and undone", async () => {
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("2 are back")).toBeVisible();
    await expect(rows(page)).toHaveCount(2);
    expect((await (await vigilio.fetch("/api/v1/bin")).json()).total).toBe(0);
  });
});

test("title, year and poster are changed by hand, stay, and go back", async ({ page }) => {
  const film = films[0];
  if (!film) throw new Error("there is no film");
  await using tmdb = Object.assign(await startTmdb(), {
    async [Symbol.asyncDispose]() {
      await tmdb.close();
    },
  });
  const { vigilio, movies } = await start(
    [{ title: "The Long Lamp", imdbId: imdbIdOf(film), subtitles: 0 }],
    { TMDB_API_KEY: tmdbKeys.v3, TMDB_API_URL: tmdb.apiUrl, TMDB_IMAGE_URL: tmdb.imageUrl },
  );
  await using _ = vigilio;
  const made = movies[0] as MadeFilm;
  await enter(page, vigilio.url);
  await page.goto(`${vigilio.url}/manage/movies`);
  const dialog = page.getByRole("dialog", { name: "Edit title and poster" });
  const edit = async (title: string) => {
    await page.getByRole("button", { name: `More for ${title}` }).click();
    await page.getByRole("menuitem", { name: "Edit title and poster" }).click();
    await expect(dialog).toBeVisible();
  };

  await test.step("a title and a year", async () => {
    await edit("The Long Lamp");
    await dialog.getByLabel("Title", { exact: true }).fill("Lamp of Ours");
    await dialog.getByLabel("Year", { exact: true }).fill("1972");
    await isClean(page);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("It is called Lamp of Ours now")).toBeVisible();
    await expect(rows(page)).toContainText("Lamp of Ours");
    await expect(rows(page)).toContainText("1972");
  });

  await test.step("stay when the facts are fetched again", async () => {
    await page.getByRole("checkbox", { name: "Choose Lamp of Ours" }).check();
    await page.getByRole("button", { name: "Refresh facts" }).click();
    await expect(page.getByText("Its facts are fetched again")).toBeVisible();
    await expect.poll(async () => (await movieOf(vigilio, made)).posterUrl).not.toBeNull();
    expect(await movieOf(vigilio, made)).toMatchObject({
      ...{ title: "Lamp of Ours", releaseDate: "1972", edited: ["title", "year"] },
    });
  });

  await test.step("another of TMDB's posters, and one of one's own", async () => {
    const first = (await movieOf(vigilio, made)).posterUrl;
    await page.goto(`${vigilio.url}/manage/movies`);
    await edit("Lamp of Ours");
    await dialog.getByRole("button", { name: "Poster 2" }).click();
    await expect(page.getByText("Lamp of Ours has another poster")).toBeVisible();
    const second = (await movieOf(vigilio, made)).posterUrl;
    expect(second).not.toBe(first);
    await edit("Lamp of Ours");
    const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>");
    const field = dialog.getByLabel("Choose a picture, or drop it here");
    await field.setInputFiles({ name: "a.svg", mimeType: "image/svg+xml", buffer: svg });
    await expect(page.getByText("SVG pictures can't be used as posters")).toBeVisible();
    const create = { width: 400, height: 600, channels: 3, background: "#aa5500" } as const;
    const buffer = await sharp({ create }).png().toBuffer();
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "a.png", mimeType: "image/png", buffer });
    await expect.poll(async () => (await movieOf(vigilio, made)).posterUrl).not.toBe(second);
    expect((await movieOf(vigilio, made)).edited).toEqual(["title", "year", "poster"]);
  });

  await test.step("and everything goes back to TMDB's", async () => {
    await expect(dialog).toBeHidden();
    await edit("Lamp of Ours");
    await dialog.getByRole("button", { name: "Back to TMDB's poster" }).click();
    await expect(page.getByText("The poster is as found again")).toBeVisible();
    await edit("Lamp of Ours");
    await dialog.getByRole("button", { name: "Back to TMDB's title" }).click();
    await expect(rows(page)).toContainText(titleOf(film));
    expect(await movieOf(vigilio, made)).toMatchObject({ title: titleOf(film), edited: [] });
  });

  await test.step("its files are one press away", async () => {
    await page.getByRole("button", { name: `More for ${titleOf(film)}` }).click();
    await page.getByRole("menuitem", { name: "Files" }).click();
    await expect(page.getByRole("tab", { name: "Files" })).toHaveAttribute("aria-selected", "true");
    await expect(page.getByText("What plays")).toBeVisible();
  });
});

test("storage tells what takes space, and lets go what everybody saw @phone", async ({ page }) => {
  const { vigilio, movies } = await start([
    { title: "The Long Lamp", subtitles: 1 },
    { title: "Another Lamp", subtitles: 0 },
  ]);
  await using _ = vigilio;
  await enter(page, vigilio.url);
  await page.goto(`${vigilio.url}/manage/storage`);
  await expect(page.getByRole("status").filter({ hasText: "Counted" })).toBeVisible();
  const used = page.getByRole("main").getByRole("listitem").filter({ hasText: "Movies" });
  await expect(used.first()).toContainText(/\d/);
  await expectNoSidewaysScroll(page, "storage");
  await isClean(page);

  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const seen = await fetch(`${vigilio.url}/api/v1/me/watched/${movies[0]?.movieId}`, {
    method: "PUT",
    headers: { cookie, origin: vigilio.url, "content-type": "application/json" },
    body: JSON.stringify({ watched: true }),
  });
  expect(seen.status).toBe(204);
  await page.goto(`${vigilio.url}/manage/storage?days=0`);
  await page.getByRole("button", { name: "Let it go" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete this movie?" });
  await question.getByRole("button", { name: "Move to the bin" }).click();
  await expect(page.getByText("The movie is in the bin")).toBeVisible();
  await expect(page.getByRole("button", { name: "Let it go" })).toHaveCount(0);
  const { items } = await (await vigilio.fetch("/api/v1/bin")).json();
  expect(items).toMatchObject([{ title: "The Long Lamp" }]);
});
