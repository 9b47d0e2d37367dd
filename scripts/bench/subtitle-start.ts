import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { launchOptions } from "@/tests/support/browser";
import { type MadeFilm, subtitledFilms } from "@/tests/support/subtitled-film";
import { startVigilio } from "@/tests/support/vigilio";
import { publish } from "./report";
import { median, percentile } from "./statistics";
import { scratchFolder, viewer, viewerEnv } from "./viewer";

const runs = 20;
const manySubtitles = 50;
const mostSlowerMs = 50;
const startDeadlineMs = 30_000;

interface Start {
  /** From the start of the navigation until the first frame was on the screen. */
  firstFrameMs: number;
  /** Requests for subtitles until then. */
  subtitleRequests: number;
}

/** Runs in the page before its own scripts: notes when the first frame of a film is presented. */
function noteFirstFrame(): void {
  const seen = new WeakSet<Node>();
  new MutationObserver(() => {
    const video = document.querySelector("video");
    if (!video || seen.has(video)) return;
    seen.add(video);
    video.requestVideoFrameCallback((presentedAtMs) => {
      document.documentElement.dataset.firstFrameMs ??= String(presentedAtMs);
    });
  }).observe(document, { childList: true, subtree: true });
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("User name").fill(viewer.username);
  await page.getByLabel("Password", { exact: true }).fill(viewer.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${url}/`);
}

/** Opens a film in a tab of its own, as a person who comes by its address. */
async function startOf(browser: Browser, url: string, state: string): Promise<Start> {
  const context = await browser.newContext({ storageState: state });
  try {
    const page = await context.newPage();
    let subtitleRequests = 0;
    page.on("request", (request) => {
      if (new URL(request.url()).pathname.startsWith("/subtitles/")) subtitleRequests += 1;
    });
    await page.addInitScript(noteFirstFrame);
    await page.goto(url);
    const handle = await page.waitForFunction(
      () => document.documentElement.dataset.firstFrameMs,
      undefined,
      { timeout: startDeadlineMs },
    );
    return { firstFrameMs: Number(await handle.jsonValue()), subtitleRequests };
  } finally {
    await context.close();
  }
}

/** Whether many subtitles make a film start later than none: they must not. */
export async function benchSubtitleStart(): Promise<boolean> {
  const dataDir = join(scratchFolder(), "data");
  const films = await subtitledFilms(dataDir, [
    { title: "Plain", subtitles: 0 },
    { title: "Fifty", subtitles: manySubtitles },
  ]);
  await using vigilio = await startVigilio({ dataDir, env: viewerEnv });
  const browser = await chromium.launch(launchOptions());
  try {
    const state = join(dataDir, "signed-in.json");
    const context = await browser.newContext();
    await signIn(await context.newPage(), vigilio.url);
    await context.storageState({ path: state });
    await context.close();
    const addressOf = ({ movieId }: MadeFilm) => `${vigilio.url}/watch/${movieId}`;
    // The first of each pays for what the server loads once.
    for (const film of films) await startOf(browser, addressOf(film), state);
    const starts: Start[][] = films.map(() => []);
    for (let run = 0; run < runs; run += 1) {
      for (const [place, film] of films.entries()) {
        starts[place]?.push(await startOf(browser, addressOf(film), state));
      }
    }
    return report(starts[0] ?? [], starts[1] ?? []);
  } finally {
    await browser.close();
  }
}

function report(none: Start[], many: Start[]): boolean {
  const times = (starts: Start[]) => starts.map(({ firstFrameMs }) => firstFrameMs);
  const ms = (value: number) => value.toFixed(0);
  const slowerMs = median(times(many)) - median(times(none));
  const requests = many.reduce((sum, { subtitleRequests }) => sum + subtitleRequests, 0);
  for (const [name, starts] of Object.entries({ none, many })) {
    console.log(`${name}, ms: ${times(starts).map(ms).join(" ")}`);
  }
  return publish({
    title: "Start with many subtitles",
    method:
      `\`npm run bench -- subtitle-start\`: from opening a film's address in a new tab of Chromium until its ` +
      `first frame is on the screen, for a film without subtitles and the same file with ` +
      `${manySubtitles} of 1,200 cues each. In turn, ${runs} times each, nothing cached by the browser.`,
    columns: ["no subtitles", `${manySubtitles} subtitles`],
    rows: [
      {
        what: "first frame, median, ms",
        values: [ms(median(times(none))), ms(median(times(many)))],
        target: {
          words: `at most ${mostSlowerMs} ms more`,
          isMet: slowerMs <= mostSlowerMs,
        },
      },
      {
        what: "first frame, 90th percentile, ms",
        values: [ms(percentile(times(none), 0.9)), ms(percentile(times(many), 0.9))],
      },
      {
        what: "subtitles asked for by then",
        values: ["0", String(requests)],
        target: { words: "none", isMet: requests === 0 },
      },
    ],
    notes: [],
  });
}
