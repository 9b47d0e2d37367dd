import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openDatabase } from "@/db/client";
import { settings, users } from "@/db/schema";
import type { Connection } from "@/lib/db";
import { createApiToken } from "@/lib/users/api-tokens";
import { type BadLinks, startBadLinks } from "../support/bad-links";
import { bencode } from "../support/bencode";
import { postJson } from "../support/movies-api";
import { makeTorrent } from "../support/torrent";
import { until } from "../support/until";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { otherIds } from "../upstreams/films";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

const imdbId = "tt7000001";
const magnet = `magnet:?xt=urn:btih:${"ab".repeat(20)}`;

const content = Buffer.alloc(50_000, 7);

/** By hand, since nothing sound makes such torrents. */
const torrentOf = (files: { length: number; path: string[] }[], name = "Film") =>
  bencode({
    info: {
      name,
      "piece length": 2 ** 24,
      files,
      pieces: new Uint8Array(
        20 * Math.ceil(files.reduce((sum, { length }) => sum + length, 0) / 2 ** 24),
      ),
    },
  });

/** Made before anything listens: it takes seconds, in which every connection would go stale. */
const manyFiles = torrentOf(
  Array.from({ length: 100_000 }, (_, n) => ({ length: 1, path: [`${n}.mkv`] })),
);

let root: string;
let importDir: string;
let vigilio: Vigilio;
let db: Connection;
let tmdb: Awaited<ReturnType<typeof startTmdb>>;
let links: BadLinks;
let memberToken: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "vigilio-refusals-"));
  importDir = join(root, "import");
  mkdirSync(importDir);
  tmdb = await startTmdb();
  links = await startBadLinks();
  vigilio = await startVigilio({
    env: {
      TMDB_API_KEY: tmdbKeys.v4,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      VIGILIO_IMPORT_DIRS: importDir,
    },
  });
  await until("all services are up", async () => {
    const health = await (await vigilio.fetch("/api/health")).json();
    return health.status === "ok";
  });
  db = openDatabase(join(vigilio.dataDir, "vigilio.db"));
  const made = await postJson(vigilio, "/api/v1/users", {
    username: "member",
    password: randomBytes(12).toString("hex"),
    mustChangePassword: false,
  });
  expect(made.status).toBe(201);
  const member = db.select().from(users).where(eq(users.username, "member")).get();
  const now = new Date();
  memberToken = createApiToken(db, { userId: member?.id ?? "", name: "x", days: 1, now }).token;
  db.insert(settings).values({ key: "membersMayAdd", value: true, updatedAt: now }).run();
});
afterAll(async () => {
  db?.$client.close();
  await vigilio?.stop();
  await Promise.all([links?.close(), tmdb?.close()]);
  rmSync(root, { recursive: true, force: true });
});

/**
 * How many rows each table has, and what lies in the folders that files are put into. What the clock
 * notes down meanwhile (the machine's speed, for one) is no part of it.
 */
function everything(): Record<string, number | string[]> {
  const tables = db.$client
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'
        and name not in ('service_state', 'schedule_runs')`,
    )
    .pluck()
    .all() as string[];
  const counts = tables.map((table) => [
    table,
    db.$client.prepare(`select count(*) from "${table}"`).pluck().get() as number,
  ]);
  const folders = ["media", "downloads", "images"].map((name) => [
    name,
    readdirSync(join(vigilio.dataDir, name)),
  ]);
  return Object.fromEntries([...counts, ...folders]);
}

const problem = z.object({
  type: z.string(),
  title: z.string().min(1),
  status: z.number(),
  detail: z.string().min(1),
  errors: z.record(z.string(), z.string()).optional(),
});

/** It was refused as said, in a problem document, and nothing changed. */
async function refused(
  call: () => Promise<Response>,
  expected: { status: number; field?: string; words?: RegExp },
): Promise<void> {
  const before = everything();
  const response = await call();
  const text = await response.text();
  expect(response.status, text).toBe(expected.status);
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  const said = problem.parse(JSON.parse(text));
  expect(said.status).toBe(expected.status);
  const words = expected.field ? said.errors?.[expected.field] : said.detail;
  expect(words, text).toMatch(expected.words ?? /\p{Lu}.{10,}[.!?]$/u);
  expect(text).not.toContain(root);
  expect(text).not.toContain(vigilio.dataDir);
  expect(everything()).toEqual(before);
}

const addSource = (source: string, token = vigilio.apiToken) =>
  vigilio.fetch("/api/v1/movies", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ imdbId, source }),
  });

function addFile(bytes: Uint8Array) {
  const form = new FormData();
  form.set("imdbId", imdbId);
  form.set("torrent", new Blob([new Uint8Array(bytes)]), "a.torrent");
  return vigilio.fetch("/api/v1/movies", { method: "POST", body: form });
}

describe("a movie that can't be", () => {
  it.each([
    ["a bad IMDb id", { imdbId: "tt12", source: magnet }, "imdbId", /IMDb id/],
    ["a series", { imdbId: otherIds.series, source: magnet }, "imdbId", /Vigilio is for movies/],
    ["an episode", { imdbId: otherIds.episode, source: magnet }, "imdbId", /Vigilio is for movies/],
    ["nothing to know it by", { source: magnet }, "imdbId", /which movie/],
    ["no source", { imdbId }, "source", /magnet link/],
    ["two sources", { imdbId, source: magnet, path: "/x" }, "source", /one source/],
    ["a magnet without a hash", { imdbId, source: "magnet:?dn=Film" }, "source", /which torrent/],
    ["no address", { imdbId, source: "C:\\film.torrent" }, "source", /neither a magnet/],
    ["a file's address", { imdbId, source: "file:///etc/passwd" }, "source", /neither a magnet/],
  ])("is refused: %s", async (_, body, field, words) => {
    await refused(() => postJson(vigilio, "/api/v1/movies", body), { status: 422, field, words });
  });
});

describe("a link that leads nowhere", () => {
  it.each([
    ["a web page", "/page", /web page/],
    ["redirects without end", "/round", /without an end/],
    ["401", "/401", /wants a sign-in/],
    ["500", "/500", /error 500/],
    ["nothing", "/empty", /nothing/],
    ["11 MB", "/large", /larger than 10 MB/],
    ["a byte now and then", "/slow", /did not answer within 20 seconds/],
  ])("is refused: %s", async (_, path, words) => {
    await refused(() => addSource(links.url + path), { status: 422, field: "source", words });
  });

  it("is refused when nothing listens there", async () => {
    await refused(() => addSource("http://127.0.0.1:1/x.torrent"), {
      status: 422,
      field: "source",
      words: /Nothing answers/,
    });
  });

  it.each([
    "http://127.0.0.1:1/x",
    "http://localhost:1/x",
    "http://[::1]:1/x",
    "http://[::ffff:127.0.0.1]:1/x",
    "http://2130706433/x",
    "http://0x7f.1/x",
    "http://169.254.169.254/latest/meta-data",
    "http://10.0.0.1/x",
  ])("never leads a member into a private network: %s", async (link) => {
    await refused(() => addSource(link, memberToken), {
      status: 422,
      field: "source",
      words: /private network/,
    });
  });
});

describe("a .torrent that is none", () => {
  it("is refused whatever is wrong with it", async () => {
    const good = await makeTorrent({ name: "Film", files: [{ path: "film.mkv", content }] });
    const cases: [string, Uint8Array, RegExp][] = [
      ["truncated", good.subarray(0, good.length - 40), /.{10}/],
      ["empty", new Uint8Array(), /.{10}/],
      ["a web page", Buffer.from("<!doctype html><title>x</title>"), /.{10}/],
      ["without a video", torrentOf([{ length: 9000, path: ["a.pdf"] }]), /no movie/],
      ["bait", torrentOf([{ length: 9000, path: ["Film.mkv.exe"] }]), /harmful/],
      ["archives", torrentOf([{ length: 9000, path: ["film.rar"] }]), /packed file/],
      ["leaving its folder", torrentOf([{ length: 9, path: ["..", "film.mkv"] }]), /outside/],
      ["100,000 files", manyFiles, /more than 10,000 files/],
    ];
    for (const [name, bytes, words] of cases) {
      await refused(() => addFile(bytes), { status: 422, field: "torrent", words }).catch(
        (error: Error) => {
          throw new Error(`${name}: ${error.message}`);
        },
      );
    }
  });
});

describe("a file on the disk that is not for Vigilio", () => {
  it("is refused outside the import folders, behind links, and when it is a folder", async () => {
    const outside = join(root, "outside.mkv");
    writeFileSync(outside, content);
    symlinkSync(outside, join(importDir, "link.mkv"));
    symlinkSync(root, join(importDir, "up"));
    mkdirSync(join(importDir, "folder.mkv"));
    mkdirSync(`${importDir}-beside`);
    writeFileSync(join(`${importDir}-beside`, "x.mkv"), content);
    for (const path of [
      outside,
      "/etc/passwd",
      "relative.mkv",
      importDir,
      join(importDir, "..", "outside.mkv"),
      `${importDir}/../outside.mkv`,
      join(importDir, "link.mkv"),
      join(importDir, "up", "outside.mkv"),
      join(`${importDir}-beside`, "x.mkv"),
      join(importDir, "missing.mkv"),
      join(importDir, "folder.mkv"),
      join(vigilio.dataDir, "vigilio.db"),
      `${importDir}/x\0.mkv`,
    ]) {
      await refused(() => postJson(vigilio, "/api/v1/movies", { imdbId, path }), {
        status: 422,
        field: "path",
      }).catch((error: Error) => {
        throw new Error(`${relative(root, path)}: ${error.message}`);
      });
    }
  });
});

describe("a request that is none", () => {
  it("is refused for its form", async () => {
    const post = (type: string | null, body: string | Uint8Array) => () =>
      vigilio.fetch("/api/v1/movies", {
        method: "POST",
        headers: type ? { "content-type": type } : {},
        body: typeof body === "string" ? Buffer.from(body) : new Uint8Array(body),
      });
    await refused(post("text/plain", "{}"), { status: 415 });
    await refused(post(null, "{}"), { status: 415 });
    await refused(post("application/json", '{"imdbId":'), { status: 400 });
    await refused(post("application/json", Buffer.from([0x22, 0xff, 0x22])), { status: 400 });
    await refused(post("multipart/form-data; boundary=x", "nothing"), { status: 400 });
    await refused(post("application/json", "[]"), { status: 422 });
    await refused(post("application/json", Buffer.alloc(50 * 1024 ** 2, 0x20)), { status: 413 });
  });

  it("is refused for an id that nobody knows", async () => {
    const document = await openApi();
    for (const { method, path } of document) {
      if (!path.includes("{")) continue;
      const address = path
        .replaceAll("{infoHash}", "ab".repeat(20))
        .replace(/\{(\w+)\}/g, (_, name) => (name === "command" ? "pause" : "ab".repeat(8)));
      const before = everything();
      const response = await vigilio.fetch(address, {
        method,
        ...(method !== "GET" && method !== "DELETE"
          ? { headers: { "content-type": "application/json" }, body: "{}" }
          : {}),
      });
      const text = await response.text();
      expect([404, 409, 415, 422], `${method} ${path}: ${response.status} ${text}`).toContain(
        response.status,
      );
      expect(response.headers.get("content-type")).toContain("application/problem+json");
      expect(everything()).toEqual(before);
    }
  });
});

/** Every route of the API's own document. */
async function openApi(): Promise<{ method: string; path: string }[]> {
  const document = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(await (await vigilio.fetch("/api/v1/openapi.json")).json());
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  );
}

describe("somebody who is not signed in", () => {
  /** Neither a token nor a cookie; `fetch` of the support adds none when there is one already. */
  const anonymous = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, vigilio.url), { redirect: "manual", ...init });
  const filled = (path: string) =>
    path
      .replaceAll(/[{[]infoHash[}\]]/g, "ab".repeat(20))
      .replaceAll(/[{[]\w+[}\]]/g, "ab".repeat(8));

  it("gets 401 from every route of the API that is not for anyone", async () => {
    const routes = await openApi();
    expect(routes.length).toBeGreaterThan(30);
    const open: string[] = [];
    for (const { method, path } of routes) {
      const strangers: HeadersInit[] = [
        {},
        { authorization: "Bearer wrong" },
        { cookie: "vigilio.session=x" },
      ];
      for (const headers of strangers) {
        const response = await anonymous(filled(path), { method, headers });
        const text = await response.text();
        if (response.status !== 401) {
          open.push(`${method} ${path}`);
          continue;
        }
        expect(response.headers.get("content-type")).toContain("application/problem+json");
        expect(problem.parse(JSON.parse(text)).status).toBe(401);
      }
    }
    expect([...new Set(open)].sort()).toEqual(["GET /api/health", "GET /api/v1/openapi.json"]);
  });

  it("gets 401 for every file", async () => {
    for (const path of [
      "/media/0123456789abcdef.mp4",
      "/subtitles/0123456789abcdef.vtt",
      "/images/0123456789abcdef/320.webp",
    ]) {
      const response = await anonymous(path);
      expect(response.status, path).toBe(401);
    }
  });

  it("is led to sign-in from every page, and sees nothing on the way", async () => {
    const pages = readdirSync("app", { recursive: true })
      .map(String)
      .filter((path) => /(^|\/)page\.tsx$/.test(path))
      .map((path) => `/${path.replace(/page\.tsx$/, "").replaceAll(/\([^/]*\)\//g, "")}`)
      .map((path) => (path === "/" ? path : path.replace(/\/$/, "")));
    expect(pages.length).toBeGreaterThan(10);
    /** For who has no account yet, none at hand, or no server, and what a household publishes. */
    const welcome = /^\/(sign-in|setup|invitation|reset|welcome|demo|help|offline|gallery)(\/|$)/;
    for (const page of pages) {
      const response = await anonymous(filled(page));
      const body = await response.text();
      if (welcome.test(page)) {
        expect(response.status, page).toBeLessThan(500);
        continue;
      }
      const location = response.headers.get("location") ?? "";
      expect([303, 307, 308], `${page}: ${response.status}`).toContain(response.status);
      expect(location, page).toMatch(/^(https?:\/\/[^/]+)?\/(sign-in|setup)/);
      expect(body).not.toMatch(/tt\d{7}/);
    }
  });
});
