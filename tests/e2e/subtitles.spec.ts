import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import iconv from "iconv-lite";
import { subtitledFilms } from "../support/subtitled-film";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { filmOf, imdbIdOf, titleOf } from "../upstreams/films";
import { openSubtitlesAccount, startOpenSubtitles } from "../upstreams/opensubtitles";
import { releaseOf } from "../upstreams/opensubtitles-library";

const admin = { username: "ada", password: "a long enough password" };
const account = {
  VIGILIO_ADMIN_USERNAME: admin.username,
  VIGILIO_ADMIN_PASSWORD: admin.password,
};

let dataDir: string;
test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vigilio-subtitles-"));
});
test.afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("User name").fill(admin.username);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${url}/`);
}

/** Enough of everyday words to be told from any other language. */
const turkish = [
  "Bu ne demek? Ben bir şey bilmiyorum.",
  "Ama sen her şeyi biliyorsun, değil mi?",
  "Ben burada kimseyi görmedim, çok geç oldu.",
  "Yağmur yağıyor, hadi gidelim artık.",
  "Ne var ne yok? Bana da bir şey söyle.",
]
  .map((line, at) => `${at + 1}\n00:00:0${at + 1},000 --> 00:00:0${at + 2},000\n${line}\n`)
  .join("\n");

const currentTime = (page: Page) =>
  page.locator("video").evaluate((video) => (video as HTMLVideoElement).currentTime);

test("a film with fifty subtitles asks for none before one is switched on", async ({ page }) => {
  const [film] = await subtitledFilms(dataDir, [{ title: "Fifty", subtitles: 50 }]);
  await using vigilio = await startVigilio({ dataDir, env: account });
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/subtitles/")) asked.push(pathname);
  });
  await signIn(page, vigilio.url);
  await page.goto(`${vigilio.url}/watch/${film?.movieId}`);
  await expect.poll(() => currentTime(page), { timeout: 20_000 }).toBeGreaterThan(1.5);
  await page.mouse.move(400, 300);
  await page.mouse.move(420, 310);
  await page.getByRole("button", { name: "Subtitles" }).click();
  // And an entry for none.
  await expect(page.getByRole("menuitemradio")).toHaveCount(51, { timeout: 20_000 });
  await page.keyboard.press("Escape");
  expect(asked).toEqual([]);

  await page.keyboard.press("c");
  await expect(page.locator(".vjs-text-track-cue").first()).toBeVisible();
  expect(asked).toHaveLength(1);
});

interface Listed {
  id: string;
  language: string;
  source: string;
  url: string;
  encoding: string;
  offsetMs: number;
}

async function listed(vigilio: Vigilio, movieId: string | undefined): Promise<Listed[]> {
  const movie = await (await vigilio.fetch(`/api/v1/movies/${movieId}`)).json();
  return movie.versions[0].subtitles;
}

test("subtitles are added, corrected, moved, replaced, read otherwise and removed @phone", async ({
  page,
}) => {
  const film = filmOf("tt7000001");
  const openSubtitles = await startOpenSubtitles();
  const [made] = await subtitledFilms(dataDir, [
    {
      ...{ title: titleOf(film), imdbId: imdbIdOf(film) ?? undefined, subtitles: 0 },
      releaseName: releaseOf(film),
    },
  ]);
  await using vigilio = await startVigilio({
    dataDir,
    env: {
      ...account,
      OPENSUBTITLES_API_KEY: openSubtitlesAccount.apiKey,
      OPENSUBTITLES_USERNAME: openSubtitlesAccount.username,
      OPENSUBTITLES_PASSWORD: openSubtitlesAccount.password,
      OPENSUBTITLES_API_URL: openSubtitles.apiUrl,
      SUBTITLE_LANGUAGES: "en",
    },
  });
  const all = () => listed(vigilio, made?.movieId);
  const section = page.getByRole("region", { name: "Subtitles" });
  const rows = section.getByRole("listitem");
  const dialog = page.getByRole("dialog");
  const choose = async (name: string, item: string) => {
    await section.getByRole("button", { name: `What to do with ${name}` }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  const isNotWide = async () => {
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      "the page scrolls sideways",
    ).toBe(true);
  };
  const vtt = async (subtitle: Listed | undefined) => {
    const answer = await vigilio.fetch(subtitle?.url ?? "");
    expect(answer.headers.get("content-type")).toBe("text/vtt; charset=utf-8");
    return { text: await answer.text(), etag: answer.headers.get("etag") };
  };

  await signIn(page, vigilio.url);
  await page.goto(`${vigilio.url}/movies/${made?.movieId}`);
  await page.getByRole("tab", { name: "Subtitles" }).click();
  await expect(section.getByText("There are none yet.")).toBeVisible();

  await test.step("a file is added, and its language is told from the text", async () => {
    await section.getByRole("button", { name: "Add a file" }).click();
    await dialog.locator('input[type="file"]').setInputFiles({
      name: "lamba.srt",
      mimeType: "application/x-subrip",
      buffer: iconv.encode(turkish, "windows-1254"),
    });
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByText("Added in Turkish")).toBeVisible();
    await expect(rows).toContainText(["Turkish"]);
    const [added] = await all();
    expect(added).toMatchObject({ language: "tr", source: "upload", encoding: "windows-1254" });
    expect((await vtt(added)).text).toContain("Yağmur yağıyor");
    await isNotWide();
  });

  await test.step("what is no subtitle is refused at its field", async () => {
    await section.getByRole("button", { name: "Add a file" }).click();
    await dialog.locator('input[type="file"]').setInputFiles({
      name: "subs.zip.srt",
      mimeType: "application/zip",
      buffer: Buffer.from("Rar!\x1a\x07\x00 and whatever is packed inside"),
    });
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText("packed file");
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(rows).toHaveCount(1);
  });

  await test.step("its language is corrected", async () => {
    await choose("Turkish", "Correct");
    await dialog.getByLabel("Language").selectOption("de");
    await dialog.getByLabel("Name").fill("Mine");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(rows).toContainText([/German.*Mine/s]);
    expect((await all())[0]).toMatchObject({ language: "de", label: "Mine" });
  });

  await test.step("it is moved, which gives it another entity tag", async () => {
    const before = await vtt((await all())[0]);
    await choose("German", "Delay");
    await dialog.getByRole("button", { name: /^0.5.* later/ }).click();
    await dialog.getByRole("button", { name: /^0.5.* later/ }).click();
    await expect(dialog.getByRole("status")).toContainText(/1 s.* later/);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(rows).toContainText([/1 s.* later/]);
    const [moved] = await all();
    const after = await vtt(moved);
    expect(moved?.offsetMs).toBe(1000);
    expect(before.text).toContain("00:00:01.000 -->");
    expect(after.text).not.toContain("00:00:01.000 -->");
    expect(after.text).toContain("00:00:02.000 -->");
    expect(after.etag).not.toBe(before.etag);
  });

  await test.step("others are looked up, and one is taken", async () => {
    await section.getByRole("button", { name: "Find others" }).click();
    await expect(dialog.getByText(/20 downloads are left/)).toBeVisible();
    const offers = dialog.getByRole("listitem");
    await expect(offers.first()).toContainText(releaseOf(film));
    // A part of two is none that could be taken; one for the hard of hearing is told apart.
    await expect(dialog.getByText("For the hard of hearing")).toBeVisible();
    await isNotWide();
    await offers.first().getByRole("button", { name: /^Use / }).click();
    await expect(offers.first()).toContainText("In use");
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(section.getByText(/19 downloads are left/)).toBeVisible();
    await expect(rows).toHaveCount(2);
    expect(openSubtitles.steps.filter((step) => step.startsWith("download"))).toHaveLength(1);
  });

  await test.step("three lines show what another encoding would do, before it is saved", async () => {
    await choose("German", "Wrong letters");
    const now = dialog.getByRole("radio", { checked: true });
    await expect(now).toHaveValue("windows-1254");
    await expect(dialog).toContainText("Yağmur yağıyor");
    await dialog.getByLabel("Another way").selectOption("windows-1251");
    const other = dialog.locator("label").filter({ has: page.locator('[value="windows-1251"]') });
    await expect(other).toContainText("Yaрmur yaрэyor");
    expect((await all()).find(({ source }) => source === "upload")?.encoding).toBe("windows-1254");
    await isNotWide();
    await dialog.getByRole("button", { name: "Use this" }).click();
    await expect(rows).toContainText([/WINDOWS-1251/, /English/]);
    const mended = (await all()).find(({ source }) => source === "upload");
    expect((await vtt(mended)).text).toContain("Yaрmur yaрэyor");
  });

  await test.step("it is removed, and the other stays", async () => {
    await choose("German", "Remove");
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(["English"]);
    expect((await all()).map(({ source }) => source)).toEqual(["opensubtitles"]);
  });
  await openSubtitles.close();
});

test("a new language is offered for the whole library, and films are looked at again @phone", async ({
  page,
}) => {
  const films = [
    { title: "One", subtitles: 10 },
    { title: "Two", subtitles: 0 },
  ];
  await subtitledFilms(dataDir, films, 2);
  await using vigilio = await startVigilio({ dataDir, env: account });
  const searches = async (): Promise<number> => {
    const answer = await vigilio.fetch("/api/v1/jobs?pageSize=100");
    const { items }: { items: { kind: string }[] } = await answer.json();
    return items.filter(({ kind }) => kind === "find-subtitles").length;
  };
  await signIn(page, vigilio.url);
  await page.goto(`${vigilio.url}/manage/settings/subtitles`);

  // One of both has Turkish, and neither has Polish.
  await page.getByLabel("Add a language").selectOption("tr");
  await expect(page.getByText("1 movie has no subtitle in Turkish yet")).toBeVisible();
  await page.getByLabel("Add a language").selectOption("pl");
  await expect(page.getByText("2 movies have no subtitle in Polish yet")).toBeVisible();
  expect(await searches()).toBe(0);
  await page.getByRole("button", { name: "Look for it now" }).click();
  await expect(page.getByText("Looking in 2 movies")).toBeVisible();
  await expect(page.getByText(/no subtitle in Polish yet/)).toBeHidden();
  expect(await searches()).toBe(2);

  await page.getByLabel("Subtitles in each language").selectOption("3");
  await expect(page.getByText("Saved for searches from now on")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Subtitles in each language")).toHaveValue("3");

  await page.getByRole("button", { name: /^One/ }).click();
  await page.getByRole("button", { name: "Look again for 1 movie" }).click();
  await expect(page.getByText("Subtitles of 1 movie are looked for")).toBeVisible();
});
