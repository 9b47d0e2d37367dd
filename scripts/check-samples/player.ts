import { type Browser, chromium, type Page } from "@playwright/test";
import { launchOptions } from "@/tests/support/browser";
import { gridSize } from "./original";

/** What a browser made of a film. */
export interface Playback {
  size: [width: number, height: number];
  /** How far it came, and whether that was the end. */
  currentTime: number;
  hasEnded: boolean;
  /** What the browser says when it cannot play; null when it can. */
  error: string | null;
  /** The first picture, as `Original.firstPicture`. */
  firstPicture: number[] | null;
  /** The brightest value in the pictures that were looked at, 0 to 255. */
  brightest: number;
  /** The loudest sample that the browser decodes, 0 to 1; null when it finds no sound. */
  soundPeak: number | null;
}

/** A picture below this is as good as black, of 255. */
export const blackBelow = 24;

const deadlineMs = 30_000;
const enoughSeconds = 0.5;

/** One Chromium with a few pages, each of which plays one film at a time. */
export interface Player extends AsyncDisposable {
  /**
   * Plays `path` of the server from its beginning, and looks at `brightAtSeconds` too when all is
   * black until then.
   */
  play(path: string, brightAtSeconds: number): Promise<Playback>;
}

/** @param options `cookie`: the Cookie header of somebody who may watch. */
export async function startPlayer(options: {
  url: string;
  cookie: string;
  pages: number;
}): Promise<Player> {
  const browser = await chromium.launch(launchOptions());
  try {
    const idle = await Promise.all(
      Array.from({ length: options.pages }, () => emptyPage(browser, options)),
    );
    const waiting: ((page: Page) => void)[] = [];
    const take = () => {
      const page = idle.pop();
      return page ?? new Promise<Page>((resolve) => waiting.push(resolve));
    };
    return {
      async play(path, brightAtSeconds) {
        const page = await take();
        try {
          return await page.evaluate(playInPage, {
            ...{ path, brightAtSeconds, deadlineMs, enoughSeconds, gridSize, blackBelow },
          });
        } finally {
          const next = waiting.shift();
          if (next) next(page);
          else idle.push(page);
        }
      },
      [Symbol.asyncDispose]: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** A page of the server's own origin with nothing on it and no policy of its own. */
async function emptyPage(browser: Browser, { url, cookie }: { url: string; cookie: string }) {
  const context = await browser.newContext();
  const [name = "", value = ""] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url }]);
  // esbuild wraps functions in this, and the page has none of it.
  await context.addInitScript("globalThis.__name = (named) => named;");
  const page = await context.newPage();
  const address = new URL("/check-samples", url).href;
  await page.route(address, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Samples</title>" }),
  );
  await page.goto(address);
  return page;
}

interface Ask {
  path: string;
  brightAtSeconds: number;
  blackBelow: number;
  deadlineMs: number;
  enoughSeconds: number;
  gridSize: number;
}

/** Runs in the page. */
async function playInPage(ask: Ask): Promise<Playback> {
  const canvas = document.createElement("canvas");
  canvas.width = ask.gridSize;
  canvas.height = ask.gridSize;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  context.imageSmoothingQuality = "high";

  const video = document.createElement("video");
  video.preload = "auto";
  document.body.append(video);

  const look = (): number[] => {
    context.drawImage(video, 0, 0, ask.gridSize, ask.gridSize);
    const { data } = context.getImageData(0, 0, ask.gridSize, ask.gridSize);
    return [...data].filter((_, at) => at % 4 !== 3);
  };

  let firstPicture: number[] | null = null;
  let brightest = 0;
  const outcome = await new Promise<string | null>((resolve) => {
    const late = setTimeout(
      () => resolve(`nothing after ${ask.deadlineMs / 1000} s`),
      ask.deadlineMs,
    );
    const end = (error: string | null) => {
      clearTimeout(late);
      resolve(error);
    };
    const see = () => {
      if (video.readyState >= 2 && video.videoWidth > 0) {
        const seen = look();
        firstPicture ??= seen;
        brightest = Math.max(brightest, ...seen);
      }
      if (video.ended || video.currentTime > ask.enoughSeconds) end(null);
    };
    video.addEventListener("error", () =>
      end(`error ${video.error?.code}: ${video.error?.message}`),
    );
    video.addEventListener("loadeddata", () => {
      see();
      video.play().catch((error: Error) => end(error.message));
    });
    video.addEventListener("timeupdate", see);
    video.addEventListener("ended", see);
    video.src = ask.path;
  });
  const result = {
    size: [video.videoWidth, video.videoHeight] as [number, number],
    currentTime: video.currentTime,
    hasEnded: video.ended,
  };
  if (outcome === null && brightest < ask.blackBelow) {
    await new Promise<void>((resolve) => {
      video.addEventListener("seeked", () => resolve());
      setTimeout(resolve, ask.deadlineMs);
      // Between two pictures is where rounding does no harm.
      video.currentTime = ask.brightAtSeconds + 0.02;
    });
    brightest = Math.max(brightest, ...look());
  }
  video.removeAttribute("src");
  video.load();
  video.remove();

  let soundPeak: number | null = null;
  if (outcome === null) {
    const bytes = await (await fetch(ask.path)).arrayBuffer();
    const sound = await new OfflineAudioContext(1, 1, 48_000)
      .decodeAudioData(bytes)
      .catch(() => null);
    for (let channel = 0; sound && channel < sound.numberOfChannels; channel += 1) {
      for (const sample of sound.getChannelData(channel)) {
        const level = Math.abs(sample);
        if (soundPeak === null || level > soundPeak) soundPeak = level;
      }
    }
  }
  return { ...result, error: outcome, firstPicture, brightest, soundPeak };
}
