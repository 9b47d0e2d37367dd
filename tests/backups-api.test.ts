import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as restoreRoute from "@/app/api/v1/backups/[name]/restore/route";
import * as backups from "@/app/api/v1/backups/route";
import { apiTokens, settings } from "@/db/schema";
import { randomId } from "@/lib/ids";
import { setRuntime } from "@/lib/queue/runtime";
import { openApiDocument, specsOf } from "@/lib/web/openapi";
import { addMovieRow } from "./support/library";
import { type TestSite, testSite } from "./support/site";

let dir: string;
let site: TestSite;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-backups-api-"));
  site = testSite({ VIGILIO_DATA_DIR: dir });
  for (const role of ["admin", "member"] as const) {
    const tokenHash = createHash("sha256").update(role.repeat(8)).digest("hex");
    const userId = site.user(role, role);
    site.db
      .insert(apiTokens)
      .values({ id: randomId(), userId, name: role, tokenHash, createdAt: new Date() })
      .run();
  }
});
afterEach(() => {
  setRuntime(undefined);
  site[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

interface Route {
  (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response>;
  spec: { method: string; path: string };
}

async function call(route: Route, role: "admin" | "member" = "admin", name = "") {
  const answer = await route(
    new Request(`http://vigilio.test${route.spec.path}`, {
      method: route.spec.method,
      headers: { authorization: `Bearer ${role.repeat(8)}` },
    }),
    { params: Promise.resolve({ name }) },
  );
  return { status: answer.status, data: await answer.json() };
}

describe("/api/v1/backups", () => {
  it("makes a backup and lists it", async () => {
    addMovieRow(site.db, { title: "Heat" });
    const made = await call(backups.POST);
    expect(made).toMatchObject({
      status: 201,
      data: { reason: "by-hand", movies: 1, people: 2, isNewer: false },
    });
    expect(await call(backups.GET)).toEqual({ status: 200, data: { items: [made.data] } });
  });

  it("is for admins, and changes nothing in demo mode", async () => {
    for (const route of [backups.GET, backups.POST, restoreRoute.POST]) {
      expect((await call(route, "member", "x")).status).toBe(403);
    }
    site.db.insert(settings).values({ key: "demo", value: true, updatedAt: new Date() }).run();
    for (const route of [backups.POST, restoreRoute.POST]) {
      const { status, data } = await call(route, "admin", "x");
      expect({ status, type: data.type }).toEqual({ status: 403, type: "/problems/demo-refused" });
    }
    expect(existsSync(join(dir, "backups"))).toBe(false);
  });

  it("restores by whoever runs the background work, and says when nobody does", async () => {
    const { data } = await call(backups.POST);
    expect((await call(restoreRoute.POST, "admin", "../vigilio.db")).status).toBe(404);
    expect(await call(restoreRoute.POST, "admin", data.name)).toMatchObject({
      status: 503,
      data: { type: "/problems/restore-not-now" },
    });
    setRuntime({
      bootId: "boot",
      wake() {},
      sweep() {},
      ticks: () => [],
      runTick: () => null,
      managedQbittorrent: () => null,
      restore: async (name) => ({ from: name, before: null }),
    });
    expect(await call(restoreRoute.POST, "admin", data.name)).toEqual({
      status: 200,
      data: { from: data.name, before: null },
    });
  });

  it("is in the document", () => {
    const { paths } = openApiDocument([...specsOf(backups), ...specsOf(restoreRoute)]) as {
      paths?: object;
    };
    expect(Object.keys(paths ?? {})).toEqual(["/api/v1/backups", "/api/v1/backups/{name}/restore"]);
  });
});
