import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as command from "@/app/api/v1/downloads/[infoHash]/[command]/route";
import * as download from "@/app/api/v1/downloads/[infoHash]/route";
import * as downloadRoutes from "@/app/api/v1/downloads/route";
import * as retry from "@/app/api/v1/jobs/[id]/retry/route";
import * as job from "@/app/api/v1/jobs/[id]/route";
import * as jobRoutes from "@/app/api/v1/jobs/route";
import * as decision from "@/app/api/v1/movies/[id]/decision/route";
import * as movie from "@/app/api/v1/movies/[id]/route";
import * as movieRoutes from "@/app/api/v1/movies/route";
import * as version from "@/app/api/v1/versions/[id]/route";
import { jobs, movies, settings, versions } from "@/db/schema";
import { sealSession } from "@/lib/auth/session-token";
import { startSession } from "@/lib/auth/sessions";
import { reason } from "@/lib/errors";
import { saveHealth } from "@/lib/queue/health";
import { addMovieRow, addVersionRow } from "./support/library";
import { type TestSite, testSite } from "./support/site";
import { makeTorrent } from "./support/torrent";

const token = "t".repeat(40);
const hash = "a1".repeat(20);
const magnet = `magnet:?xt=urn:btih:${hash}&dn=The.Long.Lamp.2019.1080p`;
let site: TestSite;
beforeEach(() => {
  site = testSite({ VIGILIO_API_TOKEN: token });
  const ok = { ok: true, detail: reason("health-ok") };
  const checks = { qbittorrent: ok, ffmpeg: ok, ffprobe: ok, disk: ok };
  saveHealth(site.db, checks, new Date());
});
afterEach(() => site[Symbol.dispose]());

interface Route {
  (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response>;
  spec: { method: string; path: string };
}

async function call(
  route: Route,
  args: {
    params?: Record<string, string>;
    body?: unknown;
    query?: string;
    headers?: Record<string, string>;
  } = {},
) {
  const isForm = args.body instanceof FormData;
  const body = isForm ? (args.body as FormData) : JSON.stringify(args.body);
  const answer = await route(
    new Request(`http://vigilio.test${route.spec.path}${args.query ?? ""}`, {
      method: route.spec.method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(isForm ? {} : { "content-type": "application/json" }),
        ...args.headers,
      },
      ...(args.body === undefined ? {} : { body }),
    }),
    { params: Promise.resolve(args.params ?? {}) },
  );
  const text = await answer.text();
  return { status: answer.status, data: text === "" ? null : JSON.parse(text) };
}

/** Headers of somebody who is signed in on a device. */
async function signedIn(role: "admin" | "member" | "visitor") {
  const userId = site.user(role, role);
  const claims = startSession(site.db, {
    ...{ userId, sessionVersion: 1, userAgent: null, address: null },
    now: new Date(),
  });
  const cookie = `vigilio.session=${await sealSession(claims)}`;
  return { authorization: "Basic cHJveHk=", cookie, "sec-fetch-site": "same-origin" };
}

describe("POST /api/v1/movies", () => {
  it("adds a movie from a magnet, with the jobs that bring it", async () => {
    const added = await call(movieRoutes.POST, { body: { imdbId: "tt7654321", source: magnet } });
    expect(added).toMatchObject({
      status: 201,
      data: {
        movie: { imdbId: "tt7654321", title: "The Long Lamp", status: "downloading" },
        version: { status: "downloading", streamUrl: null },
        download: { infoHash: hash, state: "queued", progress: 0 },
      },
    });
    const { id } = added.data.movie;
    expect((await call(movie.GET, { params: { id } })).data.versions).toHaveLength(1);
    expect((await call(movieRoutes.GET, { query: "?query=lamp" })).data.items[0].id).toBe(id);
    expect((await call(downloadRoutes.GET)).data.items).toMatchObject([{ infoHash: hash }]);
    const list = (await call(jobRoutes.GET, { query: `?movieId=${id}` })).data;
    expect(list.items.map((one: { kind: string }) => one.kind).sort()).toEqual([
      "fetch-metadata",
      "start-download",
    ]);
    const again = await call(movieRoutes.POST, { body: { title: "Another", source: magnet } });
    expect(again).toMatchObject({ status: 409, data: { movieId: id } });
  });

  it("adds a version from an uploaded .torrent", async () => {
    const bytes = await makeTorrent({
      name: "The.Long.Lamp.2019.mkv",
      files: [{ path: "The.Long.Lamp.2019.mkv", content: new Uint8Array(70_000) }],
      isSingleFile: true,
    });
    const form = new FormData();
    form.set("imdbId", "https://www.imdb.com/title/tt7654321/");
    form.set("torrent", new File([new Uint8Array(bytes)], "lamp.torrent"));
    const added = await call(movieRoutes.POST, { body: form });
    expect(added).toMatchObject({
      status: 201,
      data: {
        movie: { imdbId: "tt7654321" },
        download: { sizeBytes: 70_000, infoHash: expect.stringMatching(/^[0-9a-f]{40}$/) },
      },
    });
    const second = await call(movieRoutes.POST, { body: { imdbId: "tt7654321", source: magnet } });
    expect(second.data.movie.id).toBe(added.data.movie.id);
    expect(second.data.movie.versions).toHaveLength(2);
  });

  it("says what is wrong by field, and which services are down", async () => {
    const nothing = await call(movieRoutes.POST, { body: {} });
    expect([nothing.status, Object.keys(nothing.data.errors).sort()]).toEqual([
      422,
      ["imdbId", "source"],
    ]);
    expect((await call(movieRoutes.POST, { body: "text" })).status).toBe(422);
    const down = { ok: false, detail: reason("health-ok") };
    saveHealth(site.db, { qbittorrent: down, ffmpeg: down }, new Date());
    const refused = await call(movieRoutes.POST, { body: { title: "A", source: magnet } });
    expect(refused.status).toBe(503);
    expect(refused.data.services.map((one: { name: string }) => one.name)).toContain("qbittorrent");
    expect((await call(movieRoutes.GET)).data.total).toBe(0);
  });

  it("is for admins, and for members when the settings allow it", async () => {
    const body = { title: "A", source: magnet };
    const member = await signedIn("member");
    expect((await call(movieRoutes.POST, { body, headers: member })).status).toBe(403);
    site.db
      .insert(settings)
      .values({ key: "membersMayAdd", value: true, updatedAt: new Date() })
      .run();
    const visitor = await signedIn("visitor");
    expect((await call(movieRoutes.POST, { body, headers: visitor })).status).toBe(403);
    expect((await call(movieRoutes.POST, { body, headers: member })).status).toBe(201);
  });
});

describe("a movie, its versions, downloads and jobs", () => {
  it("are deleted with what belongs to them, and not when something gentler was asked for", async () => {
    const id = addMovieRow(site.db, { title: "Heat" });
    const { id: first } = addVersionRow(site.db, { movieId: id });
    const { id: second } = addVersionRow(site.db, { movieId: id });
    expect((await call(version.GET, { params: { id: first } })).data).toMatchObject({
      id: first,
      movieId: id,
    });
    for (const query of ["?bin=perhaps", "?trash=true"]) {
      expect((await call(version.DELETE, { params: { id: first }, query })).status).toBe(422);
      expect((await call(movie.DELETE, { params: { id }, query })).status).toBe(422);
    }
    expect((await call(version.DELETE, { params: { id: first } })).status).toBe(204);
    expect((await call(version.GET, { params: { id: first } })).status).toBe(404);
    expect((await call(movie.DELETE, { params: { id } })).status).toBe(204);
    expect((await call(movie.GET, { params: { id } })).status).toBe(404);
    expect(site.db.select().from(versions).where(eq(versions.id, second)).get()).toBeUndefined();
    expect((await call(movie.DELETE, { params: { id } })).status).toBe(404);
  });

  it("are told which film they are", async () => {
    const options = [
      { id: "11", label: "Dune (1984)" },
      { id: "12", label: "Dune (2021)" },
    ];
    const id = addMovieRow(site.db, { title: "Dune", decision: { kind: "match", options } });
    expect((await call(movie.GET, { params: { id } })).data.decision).toEqual({
      kind: "match",
      options,
    });
    const take = (optionId: string) => call(decision.POST, { params: { id }, body: { optionId } });
    expect((await take("99")).status).toBe(422);
    expect((await take("12")).status).toBe(204);
    expect((await take("12")).status).toBe(409);
    expect((await call(movie.GET, { params: { id } })).data.tmdbId).toBe(12);
    expect((await call(movie.PATCH, { params: { id }, body: { tmdbId: 11 } })).status).toBe(204);
    expect(site.db.select().from(movies).where(eq(movies.id, id)).get()?.tmdbId).toBe(11);
    expect((await call(movie.PATCH, { params: { id }, body: { titel: "x" } })).status).toBe(422);
  });

  it("can be commanded by hash, and say so when qBittorrent does not answer", async () => {
    const known = { infoHash: hash.toUpperCase(), command: "pause" };
    expect((await call(command.POST, { params: known })).status).toBe(404);
    await call(movieRoutes.POST, { body: { title: "A", source: magnet } });
    expect((await call(command.POST, { params: known })).status).toBe(503);
    expect((await call(download.DELETE, { params: { infoHash: hash } })).status).toBe(503);
    expect((await call(downloadRoutes.GET)).data.total).toBe(1);
    const params = { infoHash: hash, command: "explode" };
    expect((await call(command.POST, { params })).status).toBe(404);
  });

  it("can be tried again and removed", async () => {
    await call(movieRoutes.POST, { body: { title: "A", source: magnet } });
    const [{ id }] = (await call(jobRoutes.GET, { query: "?pageSize=1" })).data.items;
    expect(await call(retry.POST, { params: { id } })).toEqual({
      status: 202,
      data: { jobId: id },
    });
    site.db.update(jobs).set({ status: "failed" }).where(eq(jobs.id, id)).run();
    expect((await call(jobRoutes.GET, { query: "?status=failed" })).data.total).toBe(1);
    expect((await call(job.DELETE, { params: { id } })).status).toBe(204);
    expect((await call(job.DELETE, { params: { id } })).status).toBe(404);
  });

  it("are read by members, and managed by admins alone", async () => {
    const id = addMovieRow(site.db, { title: "Heat" });
    const headers = await signedIn("member");
    const params = { id, infoHash: hash, command: "pause" };
    expect((await call(movieRoutes.GET, { headers })).data.total).toBe(1);
    expect((await call(movie.GET, { headers, params })).status).toBe(200);
    const managed: Route[] = [
      movie.PATCH,
      movie.DELETE,
      decision.POST,
      version.DELETE,
      downloadRoutes.GET,
      download.DELETE,
      command.POST,
      jobRoutes.GET,
      job.DELETE,
      retry.POST,
    ];
    for (const route of managed) {
      expect((await call(route, { headers, params })).status).toBe(403);
    }
  });
});
