// npm run screenshots -- [FOLDER] [--data DIR] [--only NAME,…]: pictures of every page in every
// state and size, and of the menus and dialogs on it, with a page that shows all of them.
// docs/development.md tells more. Ends with status 1 when a page complains or is too wide.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Page } from "@playwright/test";
import { launchOptions } from "@/tests/support/browser";
import { type PageEntry, routesOfApp } from "@/tests/support/every-page";
import { startEverySite } from "@/tests/support/every-site";
import { openLayers } from "@/tests/support/open-layers";
import { contactSheet, type Shot } from "./screenshots-sheet";

const sizes = [
  { name: "phone", width: 360, height: 740 },
  { name: "desk", width: 1280, height: 800 },
  { name: "wide", width: 1920, height: 1080 },
] as const;
type Size = (typeof sizes)[number];

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string" }, only: { type: "string", default: "" } },
});
const folder = resolve(positionals[0] ?? "test-results/screenshots");
const only = flags.only.split(",").filter((name) => name !== "");

const faults: string[] = [];
const shots: Shot[] = [];

/** Pictures that are in sight, and the letters: what a person waits for as well. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    // One that has scrolled out of sight sideways is not fetched at all.
    const late = new Promise((resolve) => setTimeout(resolve, 2000));
    const inSight = [...document.images].filter(
      (image) => image.getBoundingClientRect().top < innerHeight && image.offsetParent,
    );
    const decoded = Promise.all(inSight.map((image) => image.decode().catch(() => undefined)));
    await Promise.race([decoded, late]);
  });
}

async function shoot(page: Page, name: string, size: Size, isWhole: boolean): Promise<void> {
  await settled(page);
  const file = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.${size.name}.png`;
  await page.screenshot({ path: join(folder, file), fullPage: isWhole });
  shots.push({ name, size: size.name, file });
}

async function tooWide(page: Page): Promise<string | null> {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  return (content ?? 0) > (window ?? 0) ? `${content} pixels wide on ${window}` : null;
}

/** A film is looked at while it plays and its controls are shown. */
async function showControls(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 0.5);
  await page.mouse.move(200, 200);
  await page.mouse.move(220, 220);
}

async function visit(page: Page, entry: PageEntry, address: string, size: Size): Promise<void> {
  const response = await page.goto(address, { waitUntil: "load" });
  const status = response?.status() ?? 0;
  if (status !== (entry.status ?? 200)) faults.push(`${entry.name}: answered ${status}`);
  const isWatch = entry.route === "/watch/[movieId]";
  if (isWatch) await showControls(page);
  await shoot(page, entry.name, size, !isWatch);
  const width = await tooWide(page);
  if (width) faults.push(`${entry.name}, ${size.name}: ${width}`);
  // What opens looks the same on a desk of any size.
  if (isWatch || size.name === "wide") return;
  await openLayers(page, entry.name === "home", (layer) =>
    shoot(page, `${entry.name} - ${layer}`, size, false),
  );
}

/** The page for whoever has no connection. */
async function visitOffline(page: Page, address: string, size: Size): Promise<void> {
  await page.goto(address, { waitUntil: "load" });
  await page.waitForFunction(
    async () =>
      navigator.serviceWorker.controller &&
      (await caches.match("/offline", { ignoreVary: true })) !== undefined,
  );
  await page.context().setOffline(true);
  // Without an answer of ours the browser shows a page of its own, of which there is no picture.
  const answer = await page.reload({ waitUntil: "load" }).catch(() => null);
  if (answer) await shoot(page, "offline", size, false);
  await page.context().setOffline(false);
}

await using site = await startEverySite(flags.data ? resolve(flags.data) : undefined);
const covered = new Set(site.pages.map(({ route }) => route));
for (const route of routesOfApp()) {
  if (!covered.has(route)) faults.push(`${route} has no entry in tests/support/every-page.ts`);
}
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(launchOptions());
try {
  for (const size of sizes) {
    const isPhone = size.name === "phone";
    const { width, height } = size;
    const context = await browser.newContext({
      ...{ viewport: { width, height }, isMobile: isPhone, hasTouch: isPhone },
      ...{ locale: "en-GB", colorScheme: "dark", reducedMotion: "reduce" },
    });
    const page = await context.newPage();
    let current = "";
    page.on("pageerror", (error) => faults.push(`${current}, ${size.name}: ${error.message}`));
    page.on("console", (message) => {
      const { url } = message.location();
      // That a page is not there, or no connection, is what is looked at.
      const isExpected =
        (message.text().includes("404") && url === page.url()) ||
        (current === "offline" && message.text().includes("ERR_INTERNET_DISCONNECTED"));
      if (message.type() === "error" && !isExpected) {
        faults.push(`${current}, ${size.name}: ${message.text().slice(0, 300)} ${url}`);
      }
    });
    for (const entry of site.pages) {
      if (only.length > 0 && !only.some((name) => entry.name.startsWith(name))) continue;
      current = entry.name;
      await site.signIn(context, entry);
      await visit(page, entry, site.addressOf(entry), size).catch((error: Error) => {
        faults.push(`${entry.name}, ${size.name}: ${error.message.split("\n")[0]}`);
      });
    }
    const [home] = site.pages;
    if (home && only.length === 0) {
      current = "offline";
      await site.signIn(context, home);
      await visitOffline(page, site.addressOf(home), size);
    }
    await context.close();
    console.log(`${size.name}: ${shots.filter((shot) => shot.size === size.name).length} pictures`);
  }
} finally {
  await browser.close();
}
writeFileSync(join(folder, "index.html"), contactSheet(shots, faults));
for (const fault of [...new Set(faults)]) console.error(fault);
console.log(`${shots.length} pictures, ${faults.length} faults: ${join(folder, "index.html")}`);
process.exitCode = faults.length > 0 ? 1 : 0;
