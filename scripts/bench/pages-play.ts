import { type Site, startSite } from "./pages-site";
import { publish, type Row } from "./report";
import { median, percentile } from "./statistics";

const runs = Number(process.env.BENCH_ROUNDS || 15);
const mostMs = 600;
const startDeadlineMs = 30_000;

/** Runs in the page before its own scripts: from the press until a frame is on the screen. */
function notePlay(): void {
  let pressedAtMs = 0;
  // No function here has a name: tsx would note it by a helper that the page does not have.
  document.addEventListener(
    "click",
    ({ timeStamp }) => {
      pressedAtMs = timeStamp;
    },
    { capture: true },
  );
  const seen = new WeakSet<Node>();
  new MutationObserver(() => {
    const video = document.querySelector("video");
    if (!video || seen.has(video)) return;
    seen.add(video);
    video.requestVideoFrameCallback((presentedAtMs) => {
      document.documentElement.dataset.playMs ??= String(presentedAtMs - pressedAtMs);
    });
  }).observe(document, { childList: true, subtree: true });
}

/** A person opens a movie's page, has looked at it, and presses play. */
async function playOnce(site: Site, movieId: string): Promise<number> {
  const context = await site.context({ viewport: { width: 1280, height: 800 } });
  try {
    await context.addInitScript(notePlay);
    const page = await context.newPage();
    await page.goto(`${site.vigilio.url}/movies/${movieId}`, { waitUntil: "load" });
    const play = page.getByRole("link", { name: /^(Play|Resume)/ }).first();
    await play.hover();
    // Whoever reads a title and finds the button takes this long at least.
    await page.waitForTimeout(1000);
    await play.click();
    const handle = await page.waitForFunction(
      () => document.documentElement.dataset.playMs,
      undefined,
      { timeout: startDeadlineMs },
    );
    return Number(await handle.jsonValue());
  } finally {
    await context.close();
  }
}

/** How long a film takes to begin. */
export async function benchPagesPlay(): Promise<boolean> {
  await using site = await startSite();
  const kinds: [name: string, movieId: string][] = [
    ["one sound track", site.plainId],
    ["several sound tracks (HLS)", site.hlsId],
  ];
  // The first of each pays for what the server loads once.
  for (const [, movieId] of kinds) await playOnce(site, movieId);
  const elapsed: number[][] = kinds.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    for (const [at, [, movieId]] of kinds.entries()) {
      elapsed[at]?.push(await playOnce(site, movieId));
    }
  }
  const rows = kinds.map(([what], at): Row => {
    const ms = elapsed[at] ?? [];
    console.log(`${what}, ms: ${ms.map((value) => value.toFixed(0)).join(" ")}`);
    return {
      what,
      values: [median(ms), percentile(ms, 0.9)].map((value) => value.toFixed(0)),
      target: { words: `median at most ${mostMs} ms`, isMet: median(ms) <= mostMs },
    };
  });
  return publish({
    title: "Pages: from pressing play to the first frame",
    method:
      "`npm run bench -- pages --only play`: from the press of _Play_ on a movie's page until the film's first frame " +
      `is on the screen; in a new browser each time, one second after the page has loaded. In turn, ${runs} times each. Milliseconds.`,
    columns: ["median", "90th percentile"],
    rows,
    notes: [],
  });
}
