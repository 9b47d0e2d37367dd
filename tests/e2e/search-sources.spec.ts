import { expect, test } from "@playwright/test";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { seedRelease } from "../support/movie-torrent";
import { postJson, readyMovie } from "../support/movies-api";
import { admin, enter, expectNoSidewaysScroll } from "../support/theatre";
import { startVigilio } from "../support/vigilio";
import { filmOf, titleOf } from "../upstreams/films";
import { startMovieApi } from "../upstreams/movie-api";
import { releasesOf } from "../upstreams/releases";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

const film = filmOf("tt7000001");
const title = titleOf(film);

test("a title is searched in all sources, and one press brings a film that plays @phone", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  const release = await seedRelease({ seconds: 30 });
  const tmdb = await startTmdb();
  const api = await startMovieApi({
    films: [film],
    releases: (one) =>
      releasesOf(one).map((offered) =>
        offered.quality === "1080p"
          ? {
              ...{
                ...offered,
                torrent: release.torrent,
                sizeBytes: release.torrent.length,
                seeds: 50,
              },
              infoHash: parseTorrentFile(release.torrent).infoHashV1 ?? "",
            }
          : { ...offered, sizeBytes: 1_000_000_000 },
      ),
  });
  const broken = await startMovieApi();
  broken.behave("page");
  await using vigilio = await startVigilio({
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
      TMDB_API_KEY: tmdbKeys.v3,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
    },
  });
  const addSource = async (name: string, definition: object) => {
    const body = { name, kind: "schema", definition };
    const answer = await postJson(vigilio, "/api/v1/sources", body);
    expect(answer.status).toBe(201);
  };
  const field = page.getByRole("textbox").first();
  const results = page.getByRole("region", { name: /^Results for/ });

  await enter(page, vigilio.url);
  await test.step("without a source the page says so, and how to get one", async () => {
    await page.goto(`${vigilio.url}/manage/add`);
    await expect(page.getByText("There is nothing to search yet")).toBeVisible();
    await expect(page.getByRole("link", { name: "Add a source" })).toHaveAttribute(
      "href",
      "/manage/sources",
    );
    await expectNoSidewaysScroll(page, "the page");
  });

  await test.step("a title finds what they have, by a pause alone", async () => {
    await addSource("Lantern films", api.definition);
    await addSource("Broken films", broken.definition);
    await page.reload();
    await field.fill(title);
    await expect(results.getByRole("heading", { level: 3, name: title })).toBeVisible();
    await expect(results.getByRole("status")).toContainText("1 movie");
    await expect(results.getByText("1080p")).toBeVisible();
    await expect(results.getByText(/Broken films: .*web page/)).toBeVisible();
    const poster = results.locator('img[src^="/images/found/"]');
    await expect
      .poll(() => poster.evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(50);
  });

  await test.step("the others are behind a button, with what is done to them", async () => {
    await results.getByRole("button", { name: "2 more" }).click();
    const others = results.getByRole("list", { name: `Other releases of ${title}` });
    await expect(others.getByRole("listitem")).toHaveCount(2);
    await expect(others.getByText(/^Picture is converted/)).toBeVisible();
    await expectNoSidewaysScroll(page, "the page");
  });

  await test.step("one press adds it", async () => {
    const take = results.getByRole("button", { name: `Download & add ${title} 1080p` });
    await take.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText(`${title} is added.`)).toBeVisible({ timeout: 20_000 });
    await expect(results.getByRole("button", { name: "Added" })).toBeDisabled();
    await expect(results.getByRole("link", { name: "In your library" })).toBeVisible();
    await page.getByRole("button", { name: "Open" }).click();
    await expect(page).toHaveURL(/\/movies\/[0-9a-f]{16}/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title, { timeout: 20_000 });
  });

  await test.step("it becomes ready and plays", async () => {
    await readyMovie(vigilio, page.url().split("/").pop() ?? "");
    await page.getByRole("link", { name: /play/i }).first().click();
    await expect(page).toHaveURL(/\/watch\//);
    const at = () =>
      page.locator("video").evaluate((video) => (video as HTMLVideoElement).currentTime);
    await expect.poll(at, { timeout: 30_000 }).toBeGreaterThan(1);
  });

  await test.step("a magnet that is pasted asks which movie it is", async () => {
    await page.goto(`${vigilio.url}/manage/add`);
    await field.fill(`magnet:?xt=urn:btih:${"c".repeat(40)}&dn=Some.Film`);
    await expect(page.getByText("Some.Film")).toBeVisible();
    await expect(page.getByLabel("Which movie is it?")).toHaveValue("");
    await page.getByRole("button", { name: "Add movie" }).click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await page.getByRole("button", { name: "Remove the link" }).click();
    await expect(page.getByRole("button", { name: "Search", exact: true })).toBeVisible();
  });

  expect(faults).toEqual([]);
  await Promise.all([release.close(), tmdb.close(), api.close(), broken.close()]);
});

test("members search and add when the household lets them", async ({ page }) => {
  const api = await startMovieApi({ films: [film] });
  await using vigilio = await startVigilio({
    env: { VIGILIO_ADMIN_USERNAME: admin.username, VIGILIO_ADMIN_PASSWORD: admin.password },
  });
  const member = { username: "grace", password: "another long password" };
  await postJson(vigilio, "/api/v1/users", {
    ...member,
    role: "member",
    mustChangePassword: false,
  });
  const source = { name: "Lantern films", kind: "schema", definition: api.definition };
  await postJson(vigilio, "/api/v1/sources", source);
  const add = page.getByRole("banner").getByRole("link", { name: "Add" });

  await enter(page, vigilio.url, member);
  await expect(add).toHaveCount(0);
  await page.goto(`${vigilio.url}/manage/add`);
  await expect(page.getByRole("textbox", { name: /^Movie/ })).toHaveCount(0);

  await postJson(vigilio, "/api/v1/settings", { membersMayAdd: true }, "PATCH");
  await page.goto(vigilio.url);
  await add.click();
  await page.getByRole("textbox", { name: /^Movie/ }).fill(title);
  const results = page.getByRole("region", { name: /^Results for/ });
  await expect(results.getByRole("heading", { level: 3, name: title })).toBeVisible();

  await postJson(vigilio, "/api/v1/settings", { membersMaySearch: false }, "PATCH");
  await page.reload();
  await expect(page.getByRole("button", { name: "Add movie" })).toBeVisible();
  await expect(page.getByText("There is nothing to search yet")).toHaveCount(0);
  await api.close();
});
