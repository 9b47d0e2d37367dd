import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { startVigilio, type Vigilio } from "./vigilio";
import { countedLines, watchableFilms } from "./watchable-film";

const admin = { username: "ada", password: "a long enough password" };
const hevc = { videoCodec: "hevc", codecs: "hvc1.1.6.L153.B0,mp4a.40.2" };

export interface Person {
  username: string;
  password: string;
}

/** A Vigilio that people can sign in to. */
export interface Signing {
  vigilio: Vigilio;
}

/** A Vigilio with films to watch in several versions. */
export interface WatchingSite extends Signing {
  /** In 360p and 240p, and in a 4K that no Chromium plays; a line every four seconds. */
  severalId: string;
  /** Its larger version shows no picture, although its row says so. */
  darkId: string;
  stop(): Promise<void>;
}

/** Makes the films and starts the app. */
export async function startWatching(): Promise<WatchingSite> {
  const dataDir = mkdtempSync(join(tmpdir(), "vigilio-watching-"));
  const sounds = ["en", "tr"];
  const every = 4;
  const [severalId = "", darkId = ""] = await watchableFilms(dataDir, [
    {
      title: "Several",
      seconds: 150,
      versions: [
        { width: 3840, height: 2160, video: "hevc", says: hevc },
        { width: 640, height: 360, sounds },
        { width: 426, height: 240, sounds },
      ],
      subtitles: [
        { language: "en", text: countedLines(36, every) },
        { language: "en", text: countedLines(36, every, "Sign"), forced: true },
        { language: "tr", text: countedLines(36, every, "Satır") },
      ],
    },
    {
      title: "Dark",
      seconds: 10,
      versions: [
        { width: 1920, height: 1080, video: "hevc" },
        { width: 426, height: 240 },
      ],
      subtitles: [],
    },
  ]);
  const vigilio = await startVigilio({
    dataDir,
    env: {
      SUBTITLE_LANGUAGES: "en",
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
    },
  });
  return {
    ...{ vigilio, severalId, darkId },
    async stop() {
      await vigilio.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

let people = 0;

/** Somebody new, with nothing chosen yet. */
export async function newPerson(
  { vigilio }: Signing,
  role: "admin" | "member" = "admin",
): Promise<Person> {
  people += 1;
  const person = { username: `mel${people}`, password: "another long password" };
  const made = await vigilio.fetch("/api/v1/users", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...person, role, mustChangePassword: false }),
  });
  expect(made.status).toBe(201);
  return person;
}

/** Signs in on a page. */
export async function signInAs(
  { vigilio }: Signing,
  page: Page,
  { username, password }: Person,
): Promise<void> {
  await page.goto(`${vigilio.url}/sign-in`);
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Lets a person look from another device. */
export async function elsewhere<Result>(
  site: Signing,
  browser: Browser,
  { person, look }: { person: Person; look(page: Page): Promise<Result> },
): Promise<Result> {
  const context = await browser.newContext({ locale: "en-GB" });
  try {
    const page = await context.newPage();
    await signInAs(site, page, person);
    return await look(page);
  } finally {
    await context.close();
  }
}

/** How the film stands. */
export function filmState(page: Page) {
  return page.locator("video").evaluate((element) => {
    const { currentTime, paused, videoWidth, readyState, seeking } = element as HTMLVideoElement;
    return { currentTime, paused, videoWidth, isReady: readyState >= 2 && !seeking };
  });
}

/** Opens the page of a film and waits until it plays. */
export async function watch({ vigilio }: WatchingSite, page: Page, movieId: string): Promise<void> {
  await page.goto(`${vigilio.url}/watch/${movieId}`);
  await expect
    .poll(async () => (await filmState(page)).currentTime, { timeout: 20_000 })
    .toBeGreaterThan(0.3);
}

/** Stops the film at a time, as scripts of a player do. */
export async function stopAt(page: Page, seconds: number): Promise<void> {
  await page.locator("video").evaluate((element, at) => {
    (element as HTMLVideoElement).pause();
    (element as HTMLVideoElement).currentTime = at;
  }, seconds);
  const isThere = async () => {
    const { currentTime, isReady } = await filmState(page);
    return isReady && Math.abs(currentTime - seconds) < 0.2;
  };
  await expect.poll(isThere, { timeout: 20_000 }).toBe(true);
}

/** The menu of the player, while it is open. */
export const menuOf = (page: Page): Locator => page.getByRole("dialog");

/** Opens it, and one page in it after the other. */
export async function openMenu(page: Page, name: "Settings" | "Subtitles", ...pages: string[]) {
  const button = page.locator(".vjs-control-bar").getByRole("button", { name, exact: true });
  if ((await button.getAttribute("aria-expanded")) !== "true") {
    // Twice: the player takes the first move after a rest for one that hiding the pointer made.
    await page.mouse.move(300, 200);
    await page.mouse.move(310, 210);
    await button.click();
  }
  for (const one of pages) await menuOf(page).getByRole("button", { name: one }).click();
}

/** One of several in the menu. */
export const choiceOf = (page: Page, name: string): Locator =>
  menuOf(page).getByRole("menuitemradio", { name, exact: true });

/** The lines on the screen. */
export const cueOf = (page: Page): Locator => page.locator(".vjs-text-track-cue");
