import { setTimeout as wait } from "node:timers/promises";
import type { BrowserContext, Page, Request } from "@playwright/test";
import { startEmptyPage } from "./pages-empty";
import { type Site, startSite } from "./pages-site";
import { publish, type Row } from "./report";

/** A page is at rest when it has asked for no script for so long. */
const restMs = 2500;
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const pictureDelayMs = 400;

/** Kilobytes (of 1000 bytes) that came over the wire, by kind; scripts also by their number. */
interface Weight {
  scripts: number;
  scriptCount: number;
  styles: number;
  fonts: number;
  html: number;
}

/** Opens a page in a browser that has nothing cached, and adds up what it fetches until it rests. */
async function weigh(context: BrowserContext, url: string): Promise<Weight> {
  const page = await context.newPage();
  const requests: Request[] = [];
  let lastScriptAt = performance.now();
  page.on("requestfinished", (request) => {
    requests.push(request);
    if (request.resourceType() === "script") lastScriptAt = performance.now();
  });
  await page.goto(url, { waitUntil: "load" });
  while (performance.now() - lastScriptAt < restMs) await wait(100);
  const weight: Weight = { scripts: 0, scriptCount: 0, styles: 0, fonts: 0, html: 0 };
  const kinds = {
    script: "scripts",
    stylesheet: "styles",
    font: "fonts",
    document: "html",
  } as const;
  for (const request of requests) {
    const kind = Object.entries(kinds).find(([name]) => name === request.resourceType())?.[1];
    if (!kind) continue;
    weight[kind] += (await request.sizes()).responseBodySize / 1000;
    if (kind === "scripts") weight.scriptCount += 1;
  }
  await context.close();
  return weight;
}

/** Runs in the page before its own scripts: adds up what has jumped. */
function noteShifts(): void {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput } = entry as PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      };
      if (!hadRecentInput) sum += value;
    }
    document.documentElement.dataset.shifts = String(sum);
  }).observe({ type: "layout-shift", buffered: true });
}

/** Scrolls to the page's end, a screen at a time. */
async function scrollThrough(page: Page): Promise<void> {
  const screens = await page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
  for (let screen = 0; screen < Math.min(screens, 12); screen += 1) {
    await page.mouse.wheel(0, 600);
    await wait(250);
  }
}

/** What has jumped on a phone while late pictures arrive, at the top and on the way down. */
async function shiftsOf(site: Site, path: string): Promise<number> {
  const context = await site.context(phone);
  await context.addInitScript(noteShifts);
  await context.route("**/images/**", async (route) => {
    await wait(pictureDelayMs);
    await route.continue().catch(() => undefined);
  });
  const page = await context.newPage();
  await page.goto(site.vigilio.url + path, { waitUntil: "load" });
  await wait(restMs);
  if (!path.startsWith("/watch")) {
    // The wheel is a mouse's, and what follows it counts as jumped all the same.
    await scrollThrough(page);
    await wait(restMs);
  }
  const shifts = await page.evaluate(() => Number(document.documentElement.dataset.shifts ?? 0));
  await context.unrouteAll({ behavior: "ignoreErrors" });
  await context.close();
  return shifts;
}

/** What a first visit fetches, beside an empty page's, and whether anything jumps. */
export async function benchPagesWeight(): Promise<boolean> {
  await using site = await startSite();
  await using empty = await startEmptyPage();
  const nothing = await weigh(await site.browser.newContext(), empty.url);
  const pages: [name: string, path: string, mostKilobytes: number | null][] = [
    ["home", "/", 200],
    ["movie", `/movies/${site.plainId}`, null],
    ["watch, without HLS", `/watch/${site.plainId}`, 290],
    ["watch, with HLS", `/watch/${site.hlsId}`, 430],
  ];
  const rows: Row[] = [rowOf("an empty page", nothing, nothing, null, null)];
  for (const [name, path, most] of pages) {
    const weight = await weigh(await site.context(phone), site.vigilio.url + path);
    rows.push(rowOf(name, weight, nothing, most, await shiftsOf(site, path)));
    console.log(`${name}: ${rows.at(-1)?.values.join(", ")}`);
  }
  return publish({
    title: "Pages: weight",
    method:
      "`npm run bench -- pages --only weight`: bytes over the wire (gzip) in kB of 1000 bytes, as Chromium logs " +
      "them, from a first visit with nothing cached until no script has been asked for in " +
      `${restMs / 1000} s; beside a page with nothing on it, made in the same run of the same Next.js and React. Layout ` +
      `shift: all of it, on a phone of 360 × 740, pictures ${pictureDelayMs} ms late, also while scrolling.`,
    columns: ["JavaScript", "above empty", "files", "CSS", "fonts", "HTML", "layout shift"],
    rows,
    notes: [],
  });
}

const mostAboveEmpty = 60;

function rowOf(
  what: string,
  weight: Weight,
  nothing: Weight,
  most: number | null,
  shifts: number | null,
): Row {
  const above = weight.scripts - nothing.scripts;
  const isHome = what === "home";
  const wanted = [
    most === null ? [] : `JavaScript at most ${most}`,
    isHome ? `at most ${mostAboveEmpty} above empty` : [],
    shifts === null ? [] : "layout shift 0",
  ].flat();
  const isMet =
    weight.scripts <= (most ?? Number.POSITIVE_INFINITY) &&
    !(isHome && above > mostAboveEmpty) &&
    (shifts ?? 0) < 0.0005;
  return {
    what,
    values: [
      ...[weight.scripts, above].map((kilobytes) => kilobytes.toFixed(1)),
      String(weight.scriptCount),
      ...[weight.styles, weight.fonts, weight.html].map((kilobytes) => kilobytes.toFixed(1)),
      shifts === null ? "" : shifts.toFixed(3),
    ],
    target: wanted.length > 0 ? { words: wanted.join(", "), isMet } : undefined,
  };
}
