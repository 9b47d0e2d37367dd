import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as continueRoute from "@/app/api/v1/me/continue/route";
import * as historyOfMovie from "@/app/api/v1/me/history/[movieId]/route";
import * as history from "@/app/api/v1/me/history/route";
import * as listEntry from "@/app/api/v1/me/list/[movieId]/route";
import * as list from "@/app/api/v1/me/list/route";
import * as progress from "@/app/api/v1/me/progress/[movieId]/route";
import * as watched from "@/app/api/v1/me/watched/[movieId]/route";
import { apiTokens } from "@/db/schema";
import { randomId } from "@/lib/ids";
import { addMovieRow } from "./support/library";
import { type TestSite, testSite } from "./support/site";

let site: TestSite;
let movieId: string;
beforeEach(() => {
  site = testSite();
  movieId = addMovieRow(site.db, { title: "Heat" });
  signUp("ann");
  signUp("bob");
});
afterEach(() => site[Symbol.dispose]());

/** A member whose token is their name, ten times. */
function signUp(name: string): void {
  const userId = site.user(name, "member");
  const tokenHash = createHash("sha256").update(name.repeat(10)).digest("hex");
  site.db
    .insert(apiTokens)
    .values({ id: randomId(), userId, name, tokenHash, createdAt: new Date() })
    .run();
}

interface Route {
  (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response>;
  spec: { method: string; path: string };
}

async function call(
  route: Route,
  {
    as = "ann",
    of = movieId,
    body,
    query = "",
  }: {
    as?: string;
    of?: string;
    body?: unknown;
    query?: string;
  } = {},
) {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (as !== "") headers.authorization = `Bearer ${as.repeat(10)}`;
  const answer = await route(
    new Request(`http://vigilio.test${route.spec.path}${query}`, {
      method: route.spec.method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ movieId: of }) },
  );
  const text = await answer.text();
  return { status: answer.status, data: text === "" ? null : JSON.parse(text) };
}

const at = (positionSeconds: number) => ({ positionSeconds, durationSeconds: 7200 });

describe("/api/v1/me", () => {
  it("keeps progress for its caller", async () => {
    expect(await call(progress.GET)).toEqual({
      status: 200,
      data: { positionSeconds: 0, durationSeconds: 0, updatedAt: null, earlier: [] },
    });
    expect(await call(progress.PUT, { body: at(600) })).toEqual({ status: 204, data: null });
    expect((await call(progress.GET)).data).toMatchObject(at(600));
    expect((await call(progress.GET, { as: "bob" })).data.positionSeconds).toBe(0);
    expect((await call(continueRoute.GET)).data).toMatchObject({
      items: [{ id: movieId, progress: at(600), inList: false, watched: false }],
      page: 1,
      pageSize: 20,
      total: 1,
    });
    expect((await call(continueRoute.GET, { as: "bob" })).data.total).toBe(0);
    expect((await call(progress.DELETE)).status).toBe(204);
    expect((await call(continueRoute.GET)).data.total).toBe(0);
  });

  it("refuses what is no position, by field", async () => {
    const faults: [unknown, string][] = [
      [{ positionSeconds: -1, durationSeconds: 10 }, "positionSeconds"],
      [{ positionSeconds: "5", durationSeconds: 10 }, "positionSeconds"],
      [{ positionSeconds: 5, durationSeconds: 0 }, "durationSeconds"],
      [{ positionSeconds: 5 }, "durationSeconds"],
      [{ positionSeconds: 5, durationSeconds: 9_999_999 }, "durationSeconds"],
    ];
    for (const [body, field] of faults) {
      const { status, data } = await call(progress.PUT, { body });
      expect([status, Object.keys(data.errors)]).toEqual([422, [field]]);
    }
  });

  it("answers 404 for a movie that is not there and 401 to nobody", async () => {
    for (const of of ["0".repeat(16), "nonsense"]) {
      expect((await call(progress.GET, { of })).status).toBe(404);
      expect((await call(progress.PUT, { of, body: at(1) })).status).toBe(404);
      expect((await call(listEntry.PUT, { of })).status).toBe(404);
      expect((await call(watched.PUT, { of, body: { watched: true } })).status).toBe(404);
    }
    for (const route of [progress.GET, list.GET, history.GET, history.DELETE, listEntry.PUT]) {
      expect((await call(route, { as: "" })).status).toBe(401);
    }
  });

  it("marks as watched and keeps a list", async () => {
    await call(progress.PUT, { body: at(600) });
    expect((await call(watched.PUT, { body: { watched: true } })).status).toBe(204);
    expect((await call(continueRoute.GET)).data.total).toBe(0);
    expect((await call(listEntry.PUT)).status).toBe(204);
    expect((await call(list.GET)).data.items).toMatchObject([
      { title: "Heat", inList: true, watched: true },
    ]);
    expect((await call(list.GET, { as: "bob" })).data.total).toBe(0);
    expect((await call(listEntry.DELETE)).status).toBe(204);
    expect((await call(list.GET)).data.total).toBe(0);
  });

  it("shows history and deletes it, of its caller alone", async () => {
    for (const as of ["ann", "bob"]) await call(progress.PUT, { as, body: at(600) });
    expect((await call(history.GET)).data).toMatchObject({
      items: [{ movieId, title: "Heat", positionSeconds: 600, finished: false }],
      total: 1,
    });
    expect((await call(historyOfMovie.DELETE, { of: "0".repeat(16) })).status).toBe(204);
    expect((await call(history.GET)).data.total).toBe(1);
    expect((await call(historyOfMovie.DELETE)).status).toBe(204);
    expect((await call(history.GET)).data.total).toBe(0);
    expect((await call(history.GET, { as: "bob" })).data.total).toBe(1);
    expect((await call(history.DELETE, { as: "bob" })).status).toBe(204);
    expect((await call(history.GET, { as: "bob" })).data.total).toBe(0);
  });
});
