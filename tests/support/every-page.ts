import { readdirSync } from "node:fs";
import type { Vigilio } from "./vigilio";

/**
 * `library`: the 60 films for working offline; `empty`: an admin, no film, a landing page; `fresh`:
 * nobody yet; `demo`: an empty one in demo mode.
 */
export type SiteName = "library" | "empty" | "fresh" | "demo";
export type Who = "admin" | "member" | "nobody";

/** A page in a state of its own. */
export interface PageEntry {
  /** Unique; names a picture of it. */
  name: string;
  /** Where its page.tsx stands, without groups: /movies/[movieId]; null for what has none. */
  route: string | null;
  path: string;
  site: SiteName;
  who: Who;
  /** What the server answers, when it is not 200. */
  status?: number;
}

/** Routes of all pages below app/, by their files. */
export function routesOfApp(): string[] {
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((path) => /(^|\/)page\.tsx$/.test(path))
    .map((path) => path.split("/").slice(0, -1))
    .map((folders) => `/${folders.filter((folder) => !folder.startsWith("(")).join("/")}`)
    .sort();
}

interface Film {
  id: string;
  title: string;
  status: string;
  progress: unknown;
  backdropUrl: string | null;
}

/** Films of the library by what is special about them. */
export interface Films {
  ready: string;
  begun: string;
  bare: string;
  unfinished: { status: string; id: string }[];
  /** A job that failed, or else waits. */
  jobId: string;
}

/** Looks for a film in every state. */
export async function filmsOf(library: Vigilio): Promise<Films> {
  const answer = await library.fetch("/api/v1/movies?pageSize=100");
  const { items } = (await answer.json()) as { items: Film[] };
  const first = (what: string, fits: (film: Film) => boolean) => {
    const found = items.find(fits);
    if (!found) throw new Error(`the library has no film that is ${what}`);
    return found.id;
  };
  const jobOf = async (status: string): Promise<string | undefined> => {
    const jobs = await library.fetch(`/api/v1/jobs?status=${status}&pageSize=1`);
    return ((await jobs.json()) as { items: { id: string }[] }).items[0]?.id;
  };
  const jobId = (await jobOf("failed")) ?? (await jobOf("queued")) ?? (await jobOf("succeeded"));
  if (!jobId) throw new Error("the library has no job");
  const statuses = ["adding", "downloading", "processing", "deciding", "failed"];
  return {
    jobId,
    ready: first("ready", (film) => film.status === "ready" && film.backdropUrl !== null),
    begun: first("begun", (film) => film.status === "ready" && film.progress !== null),
    bare: first("bare", (film) => film.status === "ready" && film.backdropUrl === null),
    unfinished: statuses.flatMap((status) => {
      const film = items.find((one) => one.status === status);
      return film ? [{ status, id: film.id }] : [];
    }),
  };
}

/** Makes an invitation and hands out its code, which is shown once. */
export async function invitationCode(library: Vigilio): Promise<string> {
  const answer = await library.fetch("/api/v1/invitations", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role: "member" }),
  });
  const { code } = (await answer.json()) as { code?: string };
  if (!code) throw new Error(`no invitation: ${answer.status}`);
  return code;
}

/** Makes a link for a new password of a member, which nobody uses, and hands out its code. */
export async function resetCode(library: Vigilio): Promise<string> {
  const { items } = (await (await library.fetch("/api/v1/users")).json()) as {
    items: { id: string; role: string }[];
  };
  const member = items.find(({ role }) => role === "member");
  const path = `/api/v1/users/${member?.id}/reset-link`;
  const answer = await library.fetch(path, { method: "POST" });
  const { code } = (await answer.json()) as { code?: string };
  if (!code) throw new Error(`no link for a new password: ${answer.status}`);
  return code;
}

/** Lets a person ask for films, one of which is declined. */
export async function askForFilms(
  library: Vigilio,
  { name, value }: { name: string; value: string },
): Promise<void> {
  const ask = (path: string, body: object, headers: Record<string, string>) =>
    library.fetch(`/api/v1/requests${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  // "Basic" is none of ours: then the session counts.
  const session = {
    ...{ authorization: "Basic eA==", cookie: `${name}=${value}`, "sec-fetch-site": "same-origin" },
  };
  for (const title of ["The Long Way Around", "Midnight at the Lighthouse"]) {
    const answer = await ask("", { title, year: 2019 }, session);
    const { id } = (await answer.json()) as { id?: string };
    if (!id) throw new Error(`not asked for: ${answer.status}`);
    if (title.startsWith("Midnight")) {
      await ask(`/${id}/decline`, { because: "We have it on disc: look in the shelf." }, {});
    }
  }
}

/** Adds a webhook that nobody answers, and tries it; unless there is one already. */
export async function webhookIn(library: Vigilio): Promise<void> {
  const { items } = await (await library.fetch("/api/v1/webhooks")).json();
  if (items.length > 0) return;
  const post = { method: "POST", headers: { "content-type": "application/json" } };
  const body = JSON.stringify({ url: "http://127.0.0.1:9/films" });
  const { id } = await (await library.fetch("/api/v1/webhooks", { ...post, body })).json();
  if (!id) throw new Error("no webhook");
  await library.fetch(`/api/v1/webhooks/${id}/test`, { method: "POST" });
}

/** Puts a film into the bin that no page is looked at for, and a version of another one. */
export async function fillBin(library: Vigilio, films: Films): Promise<void> {
  const answer = await library.fetch("/api/v1/movies?status=ready&pageSize=100");
  const { items } = (await answer.json()) as { items: Film[] };
  const looked = [films.ready, films.begun, films.bare];
  const [movie, other] = items.filter(({ id }) => !looked.includes(id)).reverse();
  const ofOther = await (await library.fetch(`/api/v1/movies/${other?.id}`)).json();
  for (const path of [`movies/${movie?.id}`, `versions/${ofOther.versions[0].id}`]) {
    const { status } = await library.fetch(`/api/v1/${path}?bin=true`, { method: "DELETE" });
    if (status !== 204) throw new Error(`not in the bin: ${path} ${status}`);
  }
}

/** Adds a source, as one that searches nothing: its page is what is looked at. @returns its id. */
export async function sourceIn(library: Vigilio): Promise<string> {
  const answer = await library.fetch("/api/v1/sources", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      name: "A films' library",
      kind: "schema",
      enabled: false,
      definition: {
        version: 1,
        apiUrl: "https://films.example/search?query=$" + "{searchInput}",
        parsers: [
          { key: "title", value: "films.0.title" },
          { key: "source", value: "films.0.torrents|sources.0.url" },
        ],
      },
    }),
  });
  const { id } = (await answer.json()) as { id?: string };
  if (!id) throw new Error(`no source: ${answer.status}`);
  return id;
}

const settings =
  "metadata subtitles conversion downloads folders tokens webhooks backups server".split(" ");
const setupSteps = "services tmdb subtitles opensubtitles done".split(" ");

/** Every page there is, in the states that look different. tests/e2e/axe.spec.ts misses none. */
export function everyPage(
  films: Films,
  { invitation, reset }: { invitation: string; reset: string },
  { sourceId, galleryId }: { sourceId: string; galleryId: string },
): PageEntry[] {
  const at = (
    name: string,
    route: string | null,
    path = route ?? "/",
    more: Partial<PageEntry> = {},
  ): PageEntry => ({ name, route, path, site: "library", who: "admin", ...more });
  const movie = (name: string, id: string) =>
    at(`movie-${name}`, "/movies/[movieId]", `/movies/${id}`);
  const member = { who: "member" } as const;
  const nobody = { who: "nobody" } as const;
  const empty = { site: "empty" } as const;
  const all = [
    at("home", "/"),
    at("home-member", "/", "/", member),
    at("home-empty", "/", "/", empty),
    at("movies", "/movies"),
    at("movies-sorted", "/movies", "/movies?sort=title&page=2"),
    at("movies-empty", "/movies", "/movies", empty),
    at("search", "/search"),
    at("search-found", "/search", "/search?query=the"),
    at("search-nothing", "/search", "/search?query=zzqxv"),
    at("continue", "/continue"),
    at("continue-empty", "/continue", "/continue", empty),
    at("my-list", "/my-list"),
    at("my-list-empty", "/my-list", "/my-list", empty),
    at("history", "/history"),
    at("history-empty", "/history", "/history", empty),
    at("account", "/account"),
    at("account-member", "/account", "/account", member),
    movie("ready", films.ready),
    movie("begun", films.begun),
    movie("bare", films.bare),
    ...films.unfinished.map(({ status, id }) => movie(status, id)),
    at("movie-member", "/movies/[movieId]", `/movies/${films.ready}`, member),
    at("movie-unknown", "/movies/[movieId]", "/movies/0123456789abcdef", { status: 404 }),
    at("watch", "/watch/[movieId]", `/watch/${films.ready}`),
    at("add", "/manage/add"),
    at("downloads", "/manage/downloads"),
    at("downloads-empty", "/manage/downloads", "/manage/downloads", empty),
    at("jobs", "/manage/jobs"),
    at("jobs-empty", "/manage/jobs", "/manage/jobs", empty),
    at("jobs-failed", "/manage/jobs", "/manage/jobs?status=failed"),
    at("job", "/manage/jobs/[jobId]", `/manage/jobs/${films.jobId}`),
    at("schedule", "/manage/schedule"),
    at("preparing", "/manage/preparing"),
    at("preparing-empty", "/manage/preparing", "/manage/preparing", empty),
    at("library", "/manage/movies"),
    at("library-narrowed", "/manage/movies", "/manage/movies?without=tr&sort=size&order=desc"),
    at("library-nothing", "/manage/movies", "/manage/movies?query=zzqxv"),
    at("library-empty", "/manage/movies", "/manage/movies", empty),
    at("storage", "/manage/storage"),
    at("storage-empty", "/manage/storage", "/manage/storage", empty),
    at("import", "/manage/import"),
    at("bin", "/manage/bin"),
    at("bin-empty", "/manage/bin", "/manage/bin", empty),
    at("users", "/manage/users"),
    at("requests-waiting", "/manage/requests"),
    at("requests-none", "/manage/requests", "/manage/requests", empty),
    at("requests", "/requests", "/requests", member),
    at("requests-asked", "/requests", "/requests?query=the", member),
    at("sources", "/manage/sources"),
    at("sources-empty", "/manage/sources", "/manage/sources", empty),
    at("sources-new", "/manage/sources/new"),
    at("sources-builder", "/manage/sources/builder"),
    at("source", "/manage/sources/[id]", `/manage/sources/${sourceId}`),
    at("galleries", "/manage/sources/gallery"),
    at("galleries-empty", "/manage/sources/gallery", "/manage/sources/gallery", empty),
    at("gallery", "/manage/sources/gallery/[galleryId]", `/manage/sources/gallery/${galleryId}`),
    at("gallery-own", "/manage/sources/gallery/own"),
    at("gallery-own-empty", "/manage/sources/gallery/own", "/manage/sources/gallery/own", empty),
    at(
      "gallery-publish",
      "/manage/sources/gallery/own/[sourceId]",
      `/manage/sources/gallery/own/${sourceId}`,
    ),
    at("gallery-public", "/gallery", "/gallery", nobody),
    at("gallery-off", "/gallery", "/gallery", { ...nobody, ...empty, status: 404 }),
    at("design", "/manage/design"),
    at("check", "/manage/check"),
    at("settings", "/manage/settings"),
    ...settings.map((name) =>
      at(`settings-${name}`, "/manage/settings/[section]", `/manage/settings/${name}`),
    ),
    at("sign-in", "/sign-in", "/sign-in", nobody),
    at("sign-in-demo", "/sign-in", "/sign-in", { ...nobody, site: "demo" }),
    at("landing", "/welcome", "/welcome", { ...nobody, ...empty }),
    at("help", "/help/[[...page]]", "/help", nobody),
    at("help-security", "/help/[[...page]]", "/help/security", nobody),
    at("help-unknown", "/help/[[...page]]", "/help/nothing-of-that-name", { status: 404 }),
    at("demo", "/demo", "/demo", { ...nobody, site: "demo" }),
    at("demo-cookies", "/demo", "/demo?cookies=none", { ...nobody, site: "demo" }),
    at("home-demo", "/", "/", { ...nobody, site: "demo" }),
    at("password", "/password"),
    at("invitation", "/invitation/[code]", `/invitation/${invitation}`, nobody),
    at("invitation-over", "/invitation/[code]", "/invitation/not-a-code", nobody),
    at("reset", "/reset/[code]", `/reset/${reset}`, nobody),
    at("reset-over", "/reset/[code]", "/reset/not-a-code", nobody),
    at("setup", "/setup", "/setup", { ...nobody, site: "fresh" }),
    ...setupSteps.map((step) => at(`setup-${step}`, "/setup/[step]", `/setup/${step}`, empty)),
    at("offline-page", "/offline", "/offline", nobody),
    at("not-found", null, "/nowhere", { status: 404 }),
  ];
  // A page that was taken away is no longer looked at.
  const routes = routesOfApp();
  return all.filter(({ route }) => route === null || routes.includes(route));
}
