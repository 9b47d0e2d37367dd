import { expect, type Page, test } from "@playwright/test";
import { enter, expectNoSidewaysScroll, openTheatre, type Theatre } from "../support/theatre";

// Pages are turned on their way to the browser, which a service worker would not let happen.
test.use({ serviceWorkers: "block" });

let theatre: Theatre;
let film: { id: string; title: string };
test.beforeAll(async () => {
  theatre = await openTheatre();
  film = await theatre.addReady("tt7000001");
});
test.afterAll(async () => {
  await theatre[Symbol.asyncDispose]();
});

/** Every page as if its language were written from right to left. */
async function turnPages(page: Page): Promise<void> {
  await page.route("**/*", async (route) => {
    if (route.request().resourceType() !== "document") return route.fallback();
    const response = await route.fetch();
    const body = (await response.text()).replace(/(<html[^>]*) dir="ltr"/, '$1 dir="rtl"');
    return route.fulfill({ response, body });
  });
}

/** Arrows that point somewhere and are not turned. */
const unturned = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<SVGElement>("svg")]
      .filter((icon) => /lucide-(chevron|arrow|move)-?(left|right)/.test(icon.className.baseVal))
      .filter((icon) => {
        const { transform, rotate, scale } = getComputedStyle(icon);
        return [transform, rotate, scale].every((value) => value === "none");
      })
      .map((icon) => icon.className.baseVal),
  );

/** What lies beyond an edge of the screen although the page does not scroll to it. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("main h1, main h2, main p, main button, main a")]
      .filter((element) => !element.closest(".scroller, [inert]"))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1))
      .map(({ element }) => element.outerHTML.slice(0, 120)),
  );

test("nothing breaks where people read from right to left @phone", async ({ page }, info) => {
  await enter(page, theatre.vigilio.url);
  await turnPages(page);
  const paths = [
    ...["/", `/movies/${film.id}`, "/movies", "/search?query=a", "/account"],
    ...["/manage/check", "/manage/settings/subtitles", "/manage/add", "/manage/design"],
    `/watch/${film.id}`,
  ];
  for (const path of paths) {
    await page.goto(`${theatre.vigilio.url}${path}`);
    await page.waitForLoadState("load");
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expectNoSidewaysScroll(page, path);
    expect(await unturned(page), path).toEqual([]);
    expect(await cutOff(page), path).toEqual([]);
    await info.attach(path, { body: await page.screenshot(), contentType: "image/png" });
  }
  // What begins a line stands at its right end.
  await page.goto(`${theatre.vigilio.url}/manage/check`);
  const [heading, width] = await Promise.all([
    page.getByRole("heading", { level: 1 }).last().boundingBox(),
    page.evaluate(() => innerWidth),
  ]);
  expect((heading?.x ?? 0) + (heading?.width ?? 0)).toBeGreaterThan(width / 2);
});
