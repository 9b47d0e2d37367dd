import { expect } from "vitest";
import { readLines } from "@/app/_components/add/read-lines";
import * as search from "@/app/api/v1/search/route";
import * as stream from "@/app/api/v1/search/stream/route";
import * as sources from "@/app/api/v1/sources/route";
import { sealSession } from "@/lib/auth/session-token";
import { startSession } from "@/lib/auth/sessions";
import { reason } from "@/lib/errors";
import { saveHealth } from "@/lib/queue/health";
import type { SearchProgress, SearchView } from "@/lib/sources/schema";
import { indexerKey, startIndexer } from "../upstreams/indexer";
import { type MovieApiOptions, startMovieApi } from "../upstreams/movie-api";
import { testSite } from "./site";

const token = "t".repeat(40);

interface Route {
  (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response>;
  spec: { method: string; path: string };
}

interface Call {
  params?: Record<string, string>;
  body?: unknown;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

function ask(route: Route, { params = {}, body, query, headers, signal }: Call = {}) {
  const url = `http://vigilio.test${route.spec.path}?${new URLSearchParams(query)}`;
  return route(
    new Request(url, {
      method: route.spec.method,
      headers: {
        ...{ authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }),
    { params: Promise.resolve(params) },
  );
}

/** Calls a route as an admin's token, unless its headers say otherwise. */
export async function call(
  route: Route,
  given: Call = {},
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests look at
): Promise<{ status: number; data: any }> {
  const answer = await ask(route, given);
  const text = await answer.text();
  return { status: answer.status, data: text === "" ? null : JSON.parse(text) };
}

/** Adds a source; its id. */
export async function addSource(name: string, kind: "schema" | "torznab", definition: unknown) {
  return (await call(sources.POST, { body: { name, kind, definition } })).data.id as string;
}

/** What a search finds when all have answered. */
export async function found(query: string): Promise<SearchView> {
  return (await call(search.GET, { query: { query } })).data;
}

/**
 * Lines of a search as they come, with the milliseconds from the question.
 *
 * @param isEnough the reader leaves when it is true.
 */
export async function linesOf(
  query: string,
  isEnough: (progress: SearchProgress) => boolean = () => false,
): Promise<{ at: number; progress: SearchProgress }[]> {
  const startedMs = performance.now();
  const leaving = new AbortController();
  const answer = await ask(stream.GET, { query: { query }, signal: leaving.signal });
  expect(answer.headers.get("content-type")).toMatch(/^application\/x-ndjson/);
  const lines: { at: number; progress: SearchProgress }[] = [];
  for await (const line of readLines(answer.body as ReadableStream<Uint8Array>)) {
    const progress = line as SearchProgress;
    lines.push({ at: performance.now() - startedMs, progress });
    if (!isEnough(progress)) continue;
    leaving.abort();
    break;
  }
  return lines;
}

/** A Vigilio of its own, all services up, and stand-ins that are closed with it. */
export function searchSite() {
  const site = testSite({ VIGILIO_API_TOKEN: token });
  const ok = { ok: true, detail: reason("health-ok") };
  const checks = { scheduler: ok, qbittorrent: ok, ffmpeg: ok, ffprobe: ok, disk: ok };
  saveHealth(site.db, checks, new Date());
  const closing: (() => Promise<void>)[] = [];
  return {
    ...site,
    async movieApi(options?: MovieApiOptions) {
      const api = await startMovieApi(options);
      closing.push(api.close);
      return api;
    },
    async indexer(options: Parameters<typeof startIndexer>[0] = {}) {
      const started = await startIndexer(options);
      closing.push(started.close);
      return { ...started, definition: { url: started.url, apiKey: indexerKey } };
    },
    /** Headers of somebody who is signed in on a device. */
    async signedIn(role: "admin" | "member" | "visitor") {
      const userId = site.user(role, role);
      const device = { userId, sessionVersion: 1, userAgent: null, address: null };
      const claims = startSession(site.db, { ...device, now: new Date() });
      const cookie = `vigilio.session=${await sealSession(claims)}`;
      return { authorization: "Basic cHJveHk=", cookie, "sec-fetch-site": "same-origin" };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(closing.splice(0).map((close) => close()));
      site[Symbol.dispose]();
    },
  };
}
