import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from "@playwright/test";
import { offlineAdmin } from "@/tests/offline/household";
import { seedLibrary } from "@/tests/offline/seed-library";
import { launchOptions } from "@/tests/support/browser";
import { signIn } from "@/tests/support/sign-in";
import { startVigilio, type Vigilio } from "@/tests/support/vigilio";
import { scratchFolder } from "./viewer";

/** The library of dev:offline, with pictures and films, a browser, and somebody signed in. */
export interface Site extends AsyncDisposable {
  vigilio: Vigilio;
  browser: Browser;
  cookie: string;
  /** A film in one version and one sound track, and one with two tracks, which plays by HLS. */
  plainId: string;
  hlsId: string;
  /** A context in which nothing is cached yet. */
  context(options?: Parameters<Browser["newContext"]>[0]): Promise<BrowserContext>;
}

interface Listed {
  items: { id: string; status: string; progress: unknown; backdropUrl: string | null }[];
}

interface Film {
  versions: { streamUrl: string | null; hlsUrl: string | null; height: number; status: string }[];
}

/** Films that are ready: the first with each way of playing, with a backdrop and not begun. */
async function findFilms(vigilio: Vigilio): Promise<{ plainId: string; hlsId: string }> {
  const listed = (await (await vigilio.fetch("/api/v1/movies?pageSize=100")).json()) as Listed;
  let [plainId, hlsId] = ["", ""];
  for (const { id, status, progress, backdropUrl } of listed.items) {
    if (status !== "ready" || progress || !backdropUrl) continue;
    const { versions } = (await (await vigilio.fetch(`/api/v1/movies/${id}`)).json()) as Film;
    const [version] = versions.filter((one) => one.status === "ready" && one.streamUrl);
    if (version?.hlsUrl) hlsId ||= id;
    else if (version && version.height > 700 && version.height < 1100) plainId ||= id;
  }
  if (!plainId || !hlsId) throw new Error("the library has no film of each kind");
  return { plainId, hlsId };
}

/**
 * Starts all of it, with a library made anew, or the one that dev:offline has left in the folder
 * BENCH_LIBRARY.
 *
 * @param launch more for Chromium's start.
 */
export async function startSite(launch: LaunchOptions = {}): Promise<Site> {
  const given = process.env.BENCH_LIBRARY;
  const dataDir = given || join(scratchFolder(), "data");
  if (!given) await seedLibrary({ dataDir, now: new Date() });
  const vigilio = await startVigilio({ dataDir, env: { LOG_LEVEL: "warn" } });
  const base = launchOptions();
  const args = [...(base.args ?? []), ...(launch.args ?? [])];
  const browser = await chromium.launch({ ...base, ...launch, args });
  const cookie = await signIn(vigilio, offlineAdmin);
  return {
    ...{
      vigilio,
      browser,
      cookie: `${cookie.name}=${cookie.value}`,
      ...(await findFilms(vigilio)),
    },
    async context(options) {
      const context = await browser.newContext({ locale: "en-GB", ...options });
      await context.addCookies([{ ...cookie, url: vigilio.url }]);
      return context;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await vigilio.stop();
    },
  };
}
