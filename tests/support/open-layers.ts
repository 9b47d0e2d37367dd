import type { Page } from "@playwright/test";

/** Menu items that ask in a dialog before they do anything, or only open one. */
const asksFirst = /^(delete|remove|edit|shift|timing|delay|encoding|read|forget|new password|set)/i;
const layers = "[role='menu'], [role='dialog'], [role='alertdialog'], :popover-open";
const openDeadlineMs = 4000;

async function isOpen(page: Page): Promise<boolean> {
  return page
    .locator(layers)
    .filter({ visible: true })
    .first()
    .waitFor({ timeout: openDeadlineMs })
    .then(() => true)
    .catch(() => false);
}

/** Buttons that say that they open something: each look and label once, however many there are. */
async function openers(page: Page, selector: string): Promise<number[]> {
  return page.locator(selector).evaluateAll((buttons) => {
    const seen = new Set<string>();
    return buttons.flatMap((button, at) => {
      const box = button.getBoundingClientRect();
      const key = `${button.className} ${button.innerHTML}`;
      if (box.width === 0 || button.hasAttribute("disabled") || seen.has(key)) return [];
      seen.add(key);
      return [at];
    });
  });
}

/**
 * Opens what the buttons of a page open, one after the other, and the dialogs behind the menus'
 * items; tells `look` about each, and closes it again.
 *
 * @param withBars what the bars around every page open as well.
 */
export async function openLayers(
  page: Page,
  withBars: boolean,
  look: (name: string) => Promise<void>,
): Promise<void> {
  const own = "main button[aria-haspopup], main button[popovertarget]";
  const selector = withBars ? "button[aria-haspopup], button[popovertarget]" : own;
  for (const at of await openers(page, selector)) {
    const button = page.locator(selector).nth(at);
    const name = (await button.getAttribute("aria-label")) ?? (await button.textContent()) ?? "";
    await button.click();
    if (!(await isOpen(page))) continue;
    await look(name);
    const items = await page.getByRole("menuitem").allInnerTexts();
    await page.keyboard.press("Escape");
    for (const item of items.filter((text) => asksFirst.test(text.trim()))) {
      await button.click();
      await page.getByRole("menuitem", { name: item }).first().click();
      const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog")).first();
      const appears = await dialog.waitFor({ timeout: openDeadlineMs }).then(
        () => true,
        () => false,
      );
      if (appears) {
        await look(`${name} ${item}`);
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "detached" });
      } else {
        // Something on the page itself: Escape would mean back.
        await page.reload({ waitUntil: "load" });
      }
    }
  }
}
