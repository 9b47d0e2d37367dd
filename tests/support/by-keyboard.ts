import { expect, type Page } from "@playwright/test";

/** Why whoever looks at the screen does not see where they are; empty when they do. */
function faultOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return "nothing has the focus";
    if (!at.matches(":focus-visible")) return "the focus is not drawn";
    // More about a card lies over it, and is outlined in its stead.
    const panel = document.querySelector("[data-card-panel]");
    const drawn = panel && at.closest("[data-movie]") ? (panel.firstElementChild ?? at) : at;
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
    if (outlineStyle === "none" || outlineWidth === "0px") return "there is no ring around it";
    for (let part: Element | null = drawn; part; part = part.parentElement) {
      if (Number(getComputedStyle(part).opacity) < 0.6) return "it has faded";
    }
    const box = drawn.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return "it is off the screen";
    const top = document.elementFromPoint(x, y);
    return drawn.contains(top) ? "" : `something lies over it: ${top?.outerHTML.slice(0, 120)}`;
  });
}

/** What has the focus, as a screen reader says it, like `button "Play"`; fails where it isn't seen. */
export async function stop(page: Page): Promise<string> {
  let said = "";
  await expect(async () => {
    said = (await page.locator(":focus").ariaSnapshot({ timeout: 1000 })).split("\n")[0] ?? "";
    expect(await faultOfFocus(page), `at ${said}`).toBe("");
    expect(said, "what has the focus has a name").toContain('"');
  }).toPass({ timeout: 5000 });
  return said.replace(/^- /, "");
}

/** Waits until the focus is there, and seen. */
export async function expectStop(page: Page, wanted: string | RegExp): Promise<void> {
  const isThere = wanted instanceof RegExp ? wanted : new RegExp(escaped(`"${wanted}"`));
  await expect(async () => expect(await stop(page)).toMatch(isThere)).toPass({ timeout: 5000 });
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Presses a key until it comes to a stop of that name; each on the way must be seen and named. */
export async function walkTo(
  page: Page,
  key: string,
  wanted: string | RegExp,
  mostPresses = 20,
): Promise<void> {
  const isThere = wanted instanceof RegExp ? wanted : new RegExp(escaped(`"${wanted}"`));
  const passed: string[] = [];
  for (let press = 0; press < mostPresses; press += 1) {
    await page.keyboard.press(key);
    const said = await stop(page);
    if (isThere.test(said)) return;
    passed.push(said);
  }
  throw new Error(`${key} never comes to ${wanted}, but to ${passed.join(", ")}`);
}
