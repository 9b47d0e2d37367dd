import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { seedRelease } from "../support/movie-torrent";
import { addJson, addTorrent, movieOf, postJson, readyMovie } from "../support/movies-api";
import { admin, enter, expectNoSidewaysScroll } from "../support/theatre";
import { layOut, makeTorrent } from "../support/torrent";
import { until } from "../support/until";
import { startVigilio } from "../support/vigilio";
import { startWebSeed } from "../support/web-seed";
import { filmOf } from "../upstreams/films";
import { startMovieApi } from "../upstreams/movie-api";
import { releasesOf } from "../upstreams/releases";

const env = {
  VIGILIO_ADMIN_USERNAME: admin.username,
  VIGILIO_ADMIN_PASSWORD: admin.password,
};

/** Torrents of which nothing arrives: films behind a web seed that holds its answers back. */
async function heldTorrents(count: number) {
  const folder = mkdtempSync(join(tmpdir(), "vigilio-held-"));
  const seed = await startWebSeed(folder);
  seed.hold();
  const torrents: Buffer[] = [];
  for (let number = 1; number <= count; number += 1) {
    const name = `Held.Lamp.${number}.2019.1080p`;
    const files = [
      { path: `${name}.mkv`, content: randomBytes(300_000) },
      { path: "about.nfo", content: randomBytes(20) },
    ];
    layOut(folder, { name, files });
    const pieceLength = 16_384;
    torrents.push(await makeTorrent({ name, files, webSeedUrl: seed.url, pieceLength }));
  }
  return {
    torrents,
    async close() {
      await seed.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const rows = (page: Page) => page.getByRole("main").getByRole("checkbox", { name: /^Select Held/ });
const inState = (page: Page, state: string) =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: state });

test("several downloads are paused, continued and deleted at once @phone", async ({ page }) => {
  test.setTimeout(240_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const held = await heldTorrents(4);
  await using vigilio = await startVigilio({ env });
  await until("all services are up", async () => {
    return (await (await vigilio.fetch("/api/health")).json()).status === "ok";
  });
  for (const [place, torrent] of held.torrents.entries()) {
    await addTorrent(vigilio, `tt710000${place + 1}`, torrent);
  }
  await until("all are loading", async () => {
    const { items } = await (await vigilio.fetch("/api/v1/downloads")).json();
    const loading = items.filter(({ state }: { state: string }) => /stalled|downl/.test(state));
    return loading.length === held.torrents.length;
  });
  await enter(page, vigilio.url);
  await page.goto(`${vigilio.url}/manage/downloads`);
  await expect(rows(page)).toHaveCount(4);
  const bar = page.getByRole("toolbar", { name: "For all selected" });

  await test.step("with the shift key everything between two rows is chosen, by keyboard", async () => {
    await expect(bar).toHaveCount(0);
    await rows(page).nth(0).focus();
    await page.keyboard.press("Space");
    await expect(bar.getByText("1 selected")).toBeVisible();
    await rows(page).nth(2).focus();
    await page.keyboard.press("Shift+Space");
    await expect(bar.getByText("3 selected")).toBeVisible();
    await expect(rows(page).nth(1)).toBeChecked();
    await expect(bar.getByRole("button", { name: "Continue" })).toHaveCount(0);
    await expectNoSidewaysScroll(page, "the page");
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });

  await test.step("they are paused together, and a pause is offered no more", async () => {
    await bar.getByRole("button", { name: "Pause" }).click();
    await expect(bar).toHaveCount(0);
    await expect(inState(page, "Paused")).toHaveCount(3);
    await until("qBittorrent says so", async () => {
      const { items } = await (await vigilio.fetch("/api/v1/downloads")).json();
      const paused = items.filter(({ state }: { state: string }) => state === "paused");
      return paused.length === 3;
    });
    await expect(page.getByRole("button", { name: /^Pause Held/ })).toHaveCount(1);
  });

  await test.step("all are chosen, and those that wait go on", async () => {
    await page.getByRole("checkbox", { name: "Select all" }).check();
    await expect(bar.getByText("4 selected")).toBeVisible();
    await bar.getByRole("button", { name: "Continue" }).click();
    await expect(inState(page, "Paused")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Pause Held/ })).toHaveCount(4);
  });

  await test.step("two are deleted with their files, after a question that counts them", async () => {
    await rows(page).nth(0).check();
    await rows(page).nth(1).check();
    await bar.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Delete 2 downloads?" });
    await dialog.getByRole("switch", { name: /Delete downloaded files/ }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("2 downloads deleted")).toBeVisible();
    await expect(rows(page)).toHaveCount(2);
    const { total } = await (await vigilio.fetch("/api/v1/downloads")).json();
    expect(total).toBe(2);
  });
  expect(faults).toEqual([]);
  await held.close();
});

test("a dead release is replaced by one press, and limits are set @phone", async ({ page }) => {
  test.setTimeout(300_000);
  const film = filmOf("tt7000001");
  const release = await seedRelease({ seconds: 10 });
  const api = await startMovieApi({
    films: [film],
    releases: (one) =>
      releasesOf(one)
        .filter(({ quality }) => quality === "1080p")
        .map((offered) => ({
          ...{ ...offered, torrent: release.torrent, sizeBytes: 5_000_000, seeds: 50 },
          infoHash: parseTorrentFile(release.torrent).infoHashV1 ?? "",
        })),
  });
  await using vigilio = await startVigilio({ env });
  await until("all services are up", async () => {
    return (await (await vigilio.fetch("/api/health")).json()).status === "ok";
  });
  await postJson(vigilio, "/api/v1/sources", {
    ...{ name: "Lantern films", kind: "schema", definition: api.definition },
  });
  const patch = { deadMetadataMinutes: 0.1 };
  expect((await postJson(vigilio, "/api/v1/settings", patch, "PATCH")).ok).toBe(true);
  const source = `magnet:?xt=urn:btih:${randomBytes(20).toString("hex")}&dn=Lonely.2019.1080p`;
  const { movie } = await addJson(vigilio, { imdbId: "tt7000001", source });
  await enter(page, vigilio.url);
  const replace = page.getByRole("button", { name: "Replace this release" });

  await test.step("it is offered beside the download, with what is known of it", async () => {
    await page.goto(`${vigilio.url}/manage/downloads`);
    await expect(replace).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText("50 seeds")).toBeVisible();
    await expectNoSidewaysScroll(page, "the page");
  });

  await test.step("it is taken on the movie's page, and the movie tells and plays", async () => {
    await page.goto(`${vigilio.url}/movies/${movie.id}`);
    await replace.click();
    await expect(page.getByText("The other release is added.")).toBeVisible();
    const ready = await readyMovie(vigilio, movie.id);
    expect(ready.versions).toHaveLength(1);
    const { timeline } = await movieOf(vigilio, movie.id);
    expect(timeline.map(({ detail }) => detail).join("\n")).toContain("was dead");
  });

  await test.step("limits by the hour are written down, refused when they make no sense, and told", async () => {
    await page.goto(`${vigilio.url}/manage/settings/downloads`);
    await page.getByLabel("Upload", { exact: true }).fill("300");
    await page.getByRole("button", { name: "Add hours" }).click();
    const hours = page.getByRole("group", { name: "Hours 1" });
    await hours.getByLabel("From").fill("00:00");
    await hours.getByLabel("To").fill("00:00");
    await hours.getByLabel("Download (KiB/s)").fill("much");
    const form = page.locator("form").filter({ has: hours });
    await form.getByRole("button", { name: "Save" }).click();
    await expect(hours.getByRole("alert")).toBeVisible();
    await hours.getByLabel("Download (KiB/s)").fill("500");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The speed is saved")).toBeVisible();
    await expectNoSidewaysScroll(page, "the settings");
    await page.goto(`${vigilio.url}/manage/downloads`);
    await expect(page.getByText(/In force now: download 512 kB\/s/)).toBeVisible();
  });
  await Promise.all([release.close(), api.close()]);
});
