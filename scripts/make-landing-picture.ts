// npm run landing -- [--data DIR]: the picture on the page for strangers, which is the home page of
// the library for working offline. To be run when that page changes; what it makes is committed.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import sharp from "sharp";
import { offlineAdmin } from "@/tests/offline/household";
import { seedLibrary } from "@/tests/offline/seed-library";
import { launchOptions } from "@/tests/support/browser";
import { signIn } from "@/tests/support/sign-in";
import { startVigilio } from "@/tests/support/vigilio";

/** As wide as they stand on the page, twice as sharp on a phone. */
const pictures = [
  { name: "home", viewport: { width: 1280, height: 920 }, scale: 1 },
  { name: "home-phone", viewport: { width: 360, height: 560 }, scale: 2 },
] as const;

const { values: flags } = parseArgs({ options: { data: { type: "string" } } });
const made = flags.data ? null : mkdtempSync(join(tmpdir(), "vigilio-landing-"));
const dataDir = resolve(flags.data ?? join(made ?? "", "data"));

try {
  if (made) await seedLibrary({ dataDir, now: new Date() });
  await using vigilio = await startVigilio({ dataDir, env: { LOG_LEVEL: "warn" } });
  const { url } = vigilio;
  const cookie = await signIn({ url }, offlineAdmin);
  const browser = await chromium.launch(launchOptions());
  mkdirSync("public/landing", { recursive: true });
  for (const { name, viewport, scale } of pictures) {
    const context = await browser.newContext({
      ...{ viewport, deviceScaleFactor: scale, locale: "en-GB" },
      ...{ colorScheme: "dark", reducedMotion: "reduce" },
    });
    await context.addCookies([{ ...cookie, url }]);
    const page = await context.newPage();
    await page.goto(`${url}/`, { waitUntil: "networkidle" });
    await page.evaluate(async () => {
      await document.fonts.ready;
      const inSight = [...document.images].filter(
        (image) => image.getBoundingClientRect().top < innerHeight,
      );
      await Promise.all(inSight.map((image) => image.decode().catch(() => undefined)));
    });
    const path = `public/landing/${name}.webp`;
    const png = await page.screenshot();
    const { width, height, size } = await sharp(png).webp({ quality: 80, effort: 6 }).toFile(path);
    console.log(`${path} ${width} × ${height}, ${Math.round(size / 1000)} kB`);
    await context.close();
  }
  await browser.close();
} finally {
  if (made) rmSync(made, { recursive: true, force: true });
}
