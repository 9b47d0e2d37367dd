import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type PageEntry, routesOfApp } from "../support/every-page";
import { type EverySite, startEverySite } from "../support/every-site";
import { openLayers } from "../support/open-layers";

const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } } as const;

let site: EverySite;
test.beforeAll(async () => {
  site = await startEverySite(process.env.VIGILIO_PAGES_DATA);
});
test.afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
});

/** What axe finds, all of its rules, in words that lead to the element. */
async function violations(page: Page, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const [, why = ""] = (failureSummary ?? "").split("\n");
      return `${where}: ${id}, ${help}: ${target.join(" ")} (${why.trim()})`;
    }),
  );
}

async function look(page: Page, entry: PageEntry, size: string): Promise<string[]> {
  await site.signIn(page.context(), entry);
  const response = await page.goto(site.addressOf(entry), { waitUntil: "load" });
  expect(response?.status(), entry.name).toBe(entry.status ?? 200);
  expect(new URL(page.url()).pathname, entry.name).toBe(new URL(site.addressOf(entry)).pathname);
  await page.evaluate(() => document.fonts.ready);
  const where = `${entry.name}, ${size}`;
  const found = await violations(page, where);
  await openLayers(page, entry.name.startsWith("home"), async (name) => {
    found.push(...(await violations(page, `${where}, ${name}`)));
  });
  return found;
}

test("every page of the app is among those that are looked at", () => {
  const covered = new Set(site.pages.map(({ route }) => route));
  expect(routesOfApp().filter((route) => !covered.has(route))).toEqual([]);
});

for (const [size, viewport] of Object.entries(sizes)) {
  test(`axe has nothing to say about any page, menu or dialog on a ${size}`, async ({
    browser,
  }) => {
    test.setTimeout(1_200_000);
    const isPhone = size === "phone";
    const context = await browser.newContext({
      ...{ viewport, isMobile: isPhone, hasTouch: isPhone, locale: "en-GB" },
      ...{ colorScheme: "dark", reducedMotion: "reduce" },
    });
    const page = await context.newPage();
    const found: string[] = [];
    for (const entry of site.pages) found.push(...(await look(page, entry, size)));
    await context.close();
    expect([...new Set(found)].join("\n")).toBe("");
  });
}
