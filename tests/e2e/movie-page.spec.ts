import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { postJson } from "../support/movies-api";
import { type MadeFilm, type SubtitledFilm, subtitledFilms } from "../support/subtitled-film";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { filmOf, imdbIdOf, titleOf } from "../upstreams/films";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

const admin = { username: "ada", password: "a long enough password" };
const member = { username: "bo", password: "another long password" };

let dataDir: string;
test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vigilio-movie-page-"));
});
test.afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** A Vigilio with films that play. */
async function start(films: SubtitledFilm[], env: Record<string, string> = {}) {
  const made = await subtitledFilms(dataDir, films);
  const vigilio = await startVigilio({
    dataDir,
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
      ...env,
    },
  });
  return { vigilio, film: made[0] as MadeFilm };
}

async function signIn(page: Page, url: string, person = admin): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("User name").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${url}/`);
}

interface Listed {
  id: string;
  relativePath: string;
  role: string;
}

async function filesOf(vigilio: Vigilio, movieId: string): Promise<Listed[]> {
  const answer = await (await vigilio.fetch(`/api/v1/movies/${movieId}/files`)).json();
  return answer.items;
}

/** Where a file lies: the API says it below the name of its folder. */
const onDisk = (file: Listed | undefined) => join(dataDir, file?.relativePath ?? "nowhere");

async function isNotWide(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    "the page scrolls sideways",
  ).toBe(true);
}

const menu = async (page: Page, item: string) => {
  await page.getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

test("chosen files are deleted, and a movie goes to the bin with all of them @phone", async ({
  page,
}) => {
  const { vigilio, film } = await start([
    { title: "The Long Lamp", subtitles: 2 },
    { title: "Another Lamp", subtitles: 0 },
  ]);
  await using _ = vigilio;
  const { movieId } = film;
  const before = await filesOf(vigilio, movieId);
  const video = before.find(({ role }) => role === "video");
  const subtitles = before.filter(({ role }) => role === "subtitle");
  const leftOver = join(onDisk(video), "..", "left-by-hand.txt");
  writeFileSync(leftOver, "x".repeat(2000));

  await signIn(page, vigilio.url);
  await page.goto(`${vigilio.url}/movies/${movieId}`);
  await page.getByRole("tab", { name: "Files" }).click();
  const files = page.getByRole("region", { name: "Files" });
  const box = (name: string | undefined) => files.getByRole("checkbox", { name });

  await test.step("files that nothing may miss can be chosen, others can't", async () => {
    await expect(box(video?.relativePath)).toBeDisabled();
    await expect(files.getByText("To delete it, delete its version.")).toBeVisible();
    await box("left-by-hand.txt").check();
    await box(subtitles[0]?.relativePath).check();
    await isNotWide(page);
    await files.getByRole("button", { name: "Delete", exact: true }).click();
    const question = page.getByRole("alertdialog", { name: "Delete 2 files?" });
    await expect(question).toContainText("left-by-hand.txt");
    await expect(question).toContainText("In use: it leaves the player too.");
    await question.getByRole("button", { name: "Delete 2 files" }).click();
    await expect(page.getByText("2 files are deleted")).toBeVisible();
    await expect(box("left-by-hand.txt")).toHaveCount(0);
    expect(existsSync(leftOver)).toBe(false);
    expect(existsSync(onDisk(subtitles[0]))).toBe(false);
    expect(existsSync(onDisk(subtitles[1]))).toBe(true);
    expect(existsSync(onDisk(video))).toBe(true);
    await expect(page.getByRole("tab", { name: "Subtitles" })).toContainText("1");
  });

  await test.step("the question counts what goes, and says for how long it can be undone", async () => {
    await menu(page, "Delete movie");
    const question = page.getByRole("alertdialog", { name: "Delete The Long Lamp?" });
    await expect(question).toContainText("1 version");
    await expect(question).toContainText("1 subtitle");
    await expect(question).toContainText("brought back for 7 days");
    await question.getByRole("button", { name: "Move to the bin" }).click();
    await expect(page).toHaveURL(`${vigilio.url}/`);
    await expect(page.getByText("The Long Lamp is in the bin")).toBeVisible();
    expect((await vigilio.fetch(`/api/v1/movies/${movieId}`)).status).toBe(404);
    expect(existsSync(onDisk(video))).toBe(true);
    await expect(page.getByRole("link", { name: /Another Lamp/ }).first()).toBeVisible();
    await expect(page.getByRole("link", { name: /The Long Lamp/ })).toHaveCount(0);
  });
});

test("watched and continue watching are set at once, and undone to where they were @phone", async ({
  page,
}) => {
  const { vigilio, film } = await start([{ title: "The Long Lamp", subtitles: 0 }]);
  await using _ = vigilio;
  const { movieId } = film;
  await signIn(page, vigilio.url);
  const own = async () => {
    const answer = await page.request.get(`${vigilio.url}/api/v1/movies/${movieId}`);
    const { watched, progress } = await answer.json();
    return { watched, seconds: progress?.positionSeconds ?? null };
  };
  const saved = await page.request.put(`${vigilio.url}/api/v1/me/progress/${movieId}`, {
    headers: { origin: vigilio.url },
    data: { positionSeconds: 9, durationSeconds: 20 },
  });
  expect(saved.ok()).toBe(true);
  await page.goto(`${vigilio.url}/movies/${movieId}`);
  const resume = page.getByRole("link", { name: /^Resume/ });
  await expect(resume).toBeVisible();

  await menu(page, "Mark as watched");
  await expect(page.getByText("The Long Lamp is marked as watched")).toBeVisible();
  await expect(page.getByRole("link", { name: "Play", exact: true })).toBeVisible();
  expect(await own()).toEqual({ watched: true, seconds: null });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(resume).toBeVisible();
  await expect.poll(own).toEqual({ watched: false, seconds: 9 });

  await menu(page, "Remove from continue watching");
  await expect(page.getByText("no longer in continue watching")).toBeVisible();
  await expect(resume).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(resume).toBeVisible();
  await expect.poll(own).toEqual({ watched: false, seconds: 9 });

  // Over again begins at zero, and keeps the place until the opening is over.
  await page.getByRole("link", { name: "Start over" }).click();
  await expect(page).toHaveURL(`${vigilio.url}/watch/${movieId}`);
  const video = page.locator("video");
  await expect
    .poll(() => video.evaluate((film) => (film as HTMLVideoElement).played.length), {
      timeout: 20_000,
    })
    .toBe(1);
  expect(await video.evaluate((film) => (film as HTMLVideoElement).played.start(0))).toBeLessThan(
    1,
  );
});

test("a wrong match is mended with a film that is looked for @phone", async ({ page }) => {
  const tmdb = await startTmdb();
  const right = filmOf("tt7000011");
  const { vigilio, film } = await start([{ title: "Fog", subtitles: 0 }], {
    TMDB_API_URL: tmdb.apiUrl,
    TMDB_IMAGE_URL: tmdb.imageUrl,
    TMDB_API_KEY: tmdbKeys.v3,
  });
  try {
    await signIn(page, vigilio.url);
    await page.goto(`${vigilio.url}/movies/${film.movieId}`);
    await menu(page, "This is another film");
    const dialog = page.getByRole("dialog", { name: "Which film is it?" });
    // What it is called is looked for at once.
    await expect(dialog.getByRole("listitem")).toHaveCount(2);
    await dialog.getByRole("searchbox").fill(`https://www.imdb.com/title/${imdbIdOf(right)}/`);
    await dialog.getByRole("button", { name: "Search" }).click();
    await expect(dialog.getByRole("listitem")).toHaveCount(1);
    const poster = dialog.getByRole("listitem").locator("img");
    await expect(poster).toHaveAttribute("src", /^data:image\//);
    expect(
      await poster.evaluate((picture) => (picture as HTMLImageElement).naturalWidth),
    ).toBeGreaterThan(10);
    await isNotWide(page);
    await dialog.getByRole("button", { name: `It is ${titleOf(right)}` }).click();
    await expect(page.getByText(`It is ${titleOf(right)} now`)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(titleOf(right), {
      timeout: 20_000,
    });
  } finally {
    await vigilio[Symbol.asyncDispose]();
    await tmdb.close();
  }
});

test("a member plays a version elsewhere by a link that needs no sign-in @phone", async ({
  page,
}) => {
  const { vigilio, film } = await start([{ title: "The Long Lamp", subtitles: 1 }]);
  await using _ = vigilio;
  const created = await postJson(vigilio, "/api/v1/users", {
    ...member,
    role: "member",
    mustChangePassword: false,
  });
  expect(created.status).toBe(201);
  await signIn(page, vigilio.url, member);
  await page.goto(`${vigilio.url}/movies/${film.movieId}`);

  await test.step("what only admins may do is not there", async () => {
    await expect(page.getByRole("tab", { name: "Versions" })).toBeVisible();
    await expect(page.getByRole("tab", { name: "Files" })).toHaveCount(0);
    await page.getByRole("button", { name: /^More for/ }).click();
    await expect(page.getByRole("menuitem")).toHaveText(["Mark as watched"]);
    await page.keyboard.press("Escape");
  });

  await page.getByRole("button", { name: /in another player$/ }).click();
  const dialog = page.getByRole("dialog", { name: "Open in another player" });
  const link = await dialog.getByLabel("Link to the film").inputValue();
  await isNotWide(page);
  // Without a cookie, as a player asks.
  const part = await fetch(link, { headers: { range: "bytes=0-99" } });
  expect(part.status).toBe(206);
  expect((await part.arrayBuffer()).byteLength).toBe(100);
  expect((await fetch(link.replace(/\?.*/, ""))).status).toBe(401);

  const saving = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Save as playlist" }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe("The Long Lamp.m3u");
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\n");
  expect(lines[0]).toBe("#EXTM3U");
  expect(lines[1]).toBe("#EXTINF:20,The Long Lamp");
  expect(lines.at(-1)).toBe(link);
  const subtitle = await fetch(lines[2]?.replace("#EXTVLCOPT:input-slave=", "") ?? "");
  expect(await subtitle.text()).toMatch(/^WEBVTT/);
});
