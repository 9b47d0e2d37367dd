import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import { offlineAdmin, offlineMember } from "../offline/household";
import { startUpstreams, type Upstreams } from "../offline/servers";
import {
  askForFilms,
  everyPage,
  fillBin,
  filmsOf,
  invitationCode,
  type PageEntry,
  resetCode,
  type SiteName,
  sourceIn,
  type Who,
  webhookIn,
} from "./every-page";
import { galleryIn } from "./gallery-pages";
import { type SessionCookie, signIn } from "./sign-in";
import { startVigilio, type Vigilio } from "./vigilio";

/** Servers on which every page can be seen in every state, and who is signed in to them. */
export interface EverySite extends AsyncDisposable {
  pages: PageEntry[];
  addressOf(page: PageEntry): string;
  /** Gives a context the session of whoever sees a page; takes any other away. */
  signIn(context: BrowserContext, page: PageEntry): Promise<void>;
}

/** Strangers see what this is before they sign in. */
async function showLanding(site: Vigilio): Promise<void> {
  const { status } = await site.fetch("/api/v1/settings", {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ landingPage: true }),
  });
  if (status !== 200) throw new Error(`no landing page: ${status}`);
}

/** @param dataDir a folder that dev:offline has filled; a new one without. */
export async function startEverySite(dataDir?: string): Promise<EverySite> {
  const made = dataDir ? null : mkdtempSync(join(tmpdir(), "vigilio-pages-"));
  const libraryDir = dataDir ?? join(made ?? tmpdir(), "data");
  if (made) {
    const { seedLibrary } = await import("../offline/seed-library");
    await seedLibrary({ dataDir: libraryDir, now: new Date() });
  }
  const upstreams: Upstreams = await startUpstreams();
  const env = { ...upstreams.environment, SUBTITLE_LANGUAGES: "en,tr", LOG_LEVEL: "warn" };
  const admin = {
    VIGILIO_ADMIN_USERNAME: offlineAdmin.username,
    VIGILIO_ADMIN_PASSWORD: offlineAdmin.password,
  };
  const sites: Record<SiteName, Vigilio> = {
    library: await startVigilio({ dataDir: libraryDir, env }),
    // Nothing is set: its setup asks for everything.
    empty: await startVigilio({ env: admin }),
    fresh: await startVigilio(),
    demo: await startVigilio({ env: { ...admin, DEMO: "true" } }),
  };
  await showLanding(sites.empty);
  const films = await filmsOf(sites.library);
  await fillBin(sites.library, films);
  await webhookIn(sites.library);
  const sourceId = await sourceIn(sites.library);
  const galleryId = await galleryIn(sites.library, sourceId);
  const invitation = await invitationCode(sites.library);
  const reset = await resetCode(sites.library);
  await askForFilms(sites.library, await signIn(sites.library, offlineMember));
  const pages = everyPage(films, { invitation, reset }, { sourceId, galleryId });
  const accounts: Record<Who, typeof offlineAdmin | typeof offlineMember | null> = {
    admin: offlineAdmin,
    member: offlineMember,
    nobody: null,
  };
  const cookies = new Map<string, SessionCookie>();
  return {
    pages,
    addressOf: ({ site, path }) => sites[site].url + path,
    async signIn(context, { site, who }) {
      await context.clearCookies();
      const account = accounts[who];
      if (!account) return;
      const { url } = sites[site];
      const cookie = cookies.get(`${site} ${who}`) ?? (await signIn({ url }, account));
      cookies.set(`${site} ${who}`, cookie);
      await context.addCookies([{ ...cookie, url }]);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(Object.values(sites).map((site) => site.stop()));
      await upstreams.close();
      if (made) rmSync(made, { recursive: true, force: true });
    },
  };
}
