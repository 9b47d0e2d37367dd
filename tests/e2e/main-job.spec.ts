import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { seedRelease } from "../support/movie-torrent";
import { startVigilio } from "../support/vigilio";
import { filmOf, imdbIdOf, titleOf } from "../upstreams/films";
import { openSubtitlesAccount, startOpenSubtitles } from "../upstreams/opensubtitles";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

const film = filmOf("tt7000001");

/** Mean brightness of the frame that is shown now, 0 to 255. */
async function brightnessNow(page: Page): Promise<number> {
  return page.locator("video").evaluate((video) => {
    if (!(video instanceof HTMLVideoElement)) throw new Error("no video");
    const canvas = document.createElement("canvas");
    canvas.width = 64;
    canvas.height = 36;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.drawImage(video, 0, 0, 64, 36);
    const { data } = context.getImageData(0, 0, 64, 36);
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) {
      sum += ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
    }
    return sum / (data.length / 4);
  });
}

const currentTime = (page: Page) =>
  page.locator("video").evaluate((video) => (video as HTMLVideoElement).currentTime);

/** Keeps where a page begins to play, not where it is when somebody looks. */
function noteWherePlayingBegins(): void {
  document.addEventListener(
    "playing",
    ({ target }) => {
      if (!(target instanceof HTMLVideoElement) || target.currentTime < 1) return;
      document.documentElement.dataset.begun ??= String(target.currentTime);
    },
    true,
  );
}

const begunAt = async (page: Page) =>
  Number(await page.locator("html").evaluate((html) => html.dataset.begun ?? "0"));

/** Length of `bytes=from-to`; without a range it is the whole file. */
function bytesIn(range: string | null): number {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
  return from && to ? Number(to) - Number(from) + 1 : Number.POSITIVE_INFINITY;
}

async function setUp(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page).toHaveURL(/\/setup/);
  await page.getByLabel("User name").fill("ada");
  await page.getByLabel("Password", { exact: true }).fill("a long enough password");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page).not.toHaveURL(/\/setup$/);
}

test("from an empty server to a film that plays with subtitles, by clicks alone", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  const release = await seedRelease({ seconds: 60 });
  const tmdb = await startTmdb();
  const openSubtitles = await startOpenSubtitles();
  await using vigilio = await startVigilio({
    env: {
      TMDB_API_KEY: tmdbKeys.v3,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      OPENSUBTITLES_API_KEY: openSubtitlesAccount.apiKey,
      OPENSUBTITLES_USERNAME: openSubtitlesAccount.username,
      OPENSUBTITLES_PASSWORD: openSubtitlesAccount.password,
      OPENSUBTITLES_API_URL: openSubtitles.apiUrl,
      SUBTITLE_LANGUAGES: "en,tr",
    },
  });

  await test.step("set up", async () => {
    await setUp(page, vigilio.url);
  });

  await test.step("everything that adding needs is up", async () => {
    const health = async () => (await (await fetch(`${vigilio.url}/api/health`)).json()).status;
    await expect.poll(health, { timeout: 60_000 }).toBe("ok");
  });

  await test.step("add", async () => {
    await page.goto(`${vigilio.url}/manage/add`);
    await page
      .getByRole("textbox")
      .first()
      .fill(`https://www.imdb.com/title/${imdbIdOf(film)}/`);
    await page.locator('input[type="file"]').setInputFiles({
      name: "release.torrent",
      mimeType: "application/x-bittorrent",
      buffer: release.torrent,
    });
    await page.getByRole("button", { name: /^Add/ }).click();
    await expect(page).toHaveURL(/\/movies\/[0-9a-f]{16}/, { timeout: 20_000 });
  });
  const movieUrl = page.url();
  const movieId = movieUrl.split("/").pop() ?? "";

  await test.step("poster, score and title are there at once", async () => {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(titleOf(film), {
      timeout: 20_000,
    });
    await expect(page.getByText(String(film.score), { exact: true })).toBeVisible();
    await expect(page.locator('img[src^="/images/"]').first()).toBeVisible({ timeout: 20_000 });
  });

  await test.step("it becomes playable, and the page says so by itself", async () => {
    await expect(page.getByRole("link", { name: /play/i }).first()).toBeVisible({
      timeout: 120_000,
    });
  });

  await test.step("nothing that was not wanted was downloaded", async () => {
    const downloads = readdirSync(join(vigilio.dataDir, "downloads"), { recursive: true }).map(
      String,
    );
    expect(downloads.some((name) => name.endsWith(".mkv"))).toBe(true);
    for (const name of release.unwanted) {
      expect(downloads.filter((path) => path.endsWith(name))).toEqual([]);
      // A piece that holds the end of a wanted file may hold the beginning of the next one, too.
      const asked = release.seed.requests.filter(({ path }) => path.endsWith(name));
      const ranges = [...new Set(asked.map(({ range }) => range))];
      for (const range of ranges) expect(bytesIn(range)).toBeLessThan(release.pieceLength);
      expect(ranges.length).toBeLessThanOrEqual(2);
    }
  });

  await test.step("names on the disk tell nothing", async () => {
    const media = readdirSync(join(vigilio.dataDir, "media"), { recursive: true }).map(String);
    const files = media.filter((name) => /\.(mp4|vtt)$/.test(name));
    expect(files.length).toBeGreaterThan(0);
    for (const name of files)
      expect(name).toMatch(
        /^[0-9a-f]{16}\/([0-9a-f]{16}\.mp4|subtitles\/[0-9a-f]{16}\.vtt|preview\/[0-9a-f]{16}\/track\.vtt)$/,
      );
  });

  await test.step("it plays: the picture moves, is not black, and words are on it", async () => {
    await page.getByRole("link", { name: /play/i }).first().click();
    await expect(page).toHaveURL(/\/watch\//);
    await expect.poll(() => currentTime(page), { timeout: 20_000 }).toBeGreaterThan(1.5);
    await expect(page.locator(".vjs-text-track-cue")).toContainText("Embedded words in English");
    expect(await brightnessNow(page)).toBeGreaterThan(20);
  });

  await test.step("the server is told where the person is", async () => {
    await page.locator("video").evaluate((video) => {
      (video as HTMLVideoElement).currentTime = 25;
    });
    const progressUrl = `${vigilio.url}/api/v1/me/progress/${movieId}`;
    const position = async () =>
      (await (await page.request.get(progressUrl)).json()).positionSeconds;
    await expect.poll(position, { timeout: 20_000 }).toBeGreaterThanOrEqual(25);
    // From here on no report arrives: what a reload needs, it must know by itself.
    await page.route("**/api/v1/me/progress/**", (route) => route.abort());
  });

  await test.step("a reload goes on where it was", async () => {
    await expect.poll(() => currentTime(page), { timeout: 20_000 }).toBeGreaterThan(29);
    await page.addInitScript(noteWherePlayingBegins);
    const before = await currentTime(page);
    await page.reload();
    await expect.poll(() => begunAt(page), { timeout: 30_000 }).toBeGreaterThan(1);
    expect(Math.abs((await begunAt(page)) - before)).toBeLessThan(3);
    await expect(page.locator(".vjs-text-track-cue")).toContainText("The lamp is still on");
  });

  await test.step("another window goes on where the server was told", async () => {
    const other = await page.context().newPage();
    await other.addInitScript(noteWherePlayingBegins);
    await other.goto(page.url());
    await expect.poll(() => begunAt(other), { timeout: 30_000 }).toBeGreaterThan(24);
    await other.close();
  });

  await test.step("the movie has both subtitles, the Turkish one with the right letters", async () => {
    const movie = await (await vigilio.fetch(`/api/v1/movies/${movieId}`)).json();
    const subtitles: { language: string; source: string; url: string }[] =
      movie.versions[0].subtitles;
    expect(subtitles.map(({ language, source }) => `${language} ${source}`).sort()).toEqual([
      "en embedded",
      "tr sidecar",
    ]);
    const turkish = subtitles.find(({ language }) => language === "tr");
    const text = await (await vigilio.fetch(turkish?.url ?? "")).text();
    expect(text).toContain("Lamba hâlâ yanıyor, şimdi değil");
    // Both languages were there already: nothing was spent on them.
    expect(openSubtitles.steps.filter((step) => step.startsWith("download"))).toEqual([]);
  });

  expect(faults).toEqual([]);
  await vigilio.stop();
  await Promise.all([release.close(), tmdb.close(), openSubtitles.close()]);
});
