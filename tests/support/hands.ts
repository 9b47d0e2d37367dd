import { expect, type Locator, type Page } from "@playwright/test";
import { choiceOf, filmState, menuOf } from "./watching";

/** A button of the player. */
export const control = (page: Page, name: string | RegExp) =>
  page.locator(".vjs-control-bar").getByRole("button", { name, exact: true });

/** Where the film is. */
export const secondsOf = async (page: Page) => (await filmState(page)).currentTime;

/** What a person does with a finger or a mouse. */
export class Hands {
  constructor(
    readonly page: Page,
    readonly isPhone: boolean,
    /** Of the film that is watched. */
    private readonly durationSeconds: number,
  ) {}

  async press(target: Locator): Promise<void> {
    if (this.isPhone) await target.tap();
    else await target.click();
  }

  link(name: string | RegExp): Promise<void> {
    return this.press(this.page.getByRole("link", { name, exact: true }));
  }

  button(name: string): Promise<void> {
    return this.press(this.page.getByRole("button", { name, exact: true }));
  }

  /** What hides while the film plays. */
  async showControls(): Promise<void> {
    const player = this.page.locator(".video-js");
    await expect(async () => {
      const isHidden = await player.evaluate((it) => it.classList.contains("vjs-user-inactive"));
      // Twice: the player takes the first move after a rest for one that hiding the pointer made.
      if (!this.isPhone) for (const x of [300, 310]) await this.page.mouse.move(x, 200);
      else if (isHidden) await this.page.touchscreen.tap(180, 300);
      await expect(player).toHaveClass(/vjs-user-active/, { timeout: 1500 });
    }).toPass({ timeout: 10_000 });
  }

  async seekTo(share: number): Promise<void> {
    await this.showControls();
    const bar = await this.page.locator(".vjs-progress-holder").boundingBox();
    if (!bar) throw new Error("there is no seek bar");
    const at = [bar.x + bar.width * share, bar.y + bar.height / 2] as const;
    if (this.isPhone) await this.page.touchscreen.tap(...at);
    else await this.page.mouse.click(...at);
    const wanted = share * this.durationSeconds;
    await expect
      .poll(async () => Math.abs((await secondsOf(this.page)) - wanted), { timeout: 20_000 })
      .toBeLessThan(3);
  }

  async playOrPause(wanted: "Play" | "Pause"): Promise<void> {
    await this.showControls();
    await this.press(control(this.page, wanted));
    await expect.poll(async () => (await filmState(this.page)).paused).toBe(wanted === "Pause");
  }

  async choose(page: string, choice: string): Promise<void> {
    await this.press(menuOf(this.page).getByRole("button", { name: page }));
    await this.press(choiceOf(this.page, choice));
    await expect(choiceOf(this.page, choice)).toBeChecked();
    await this.press(menuOf(this.page).getByRole("button", { name: "Back" }));
  }

  /** From wherever they are to a page that is in no bar. */
  async more(name: string): Promise<void> {
    await this.button("More");
    await this.link(name);
  }
}
