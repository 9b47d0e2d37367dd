import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tokenScopes, users } from "@/db/schema/people";
import { createApiToken } from "@/lib/users/api-tokens";
import { type ApiSpec, scopeOf } from "@/lib/web/api-spec";
import { routeDoors } from "./doors/registry";
import { type TestSite, testSite } from "./support/site";

const doors = await routeDoors();

let site: TestSite;
let owner: string;
beforeEach(() => {
  site = testSite();
  owner = site.user("owner", "admin");
  site.user("another", "admin");
});
afterEach(() => site[Symbol.dispose]());

function holderOf(scope: (typeof tokenScopes)[number]) {
  const { token } = createApiToken(site.db, {
    ...{ userId: owner, name: scope, scope, days: null },
    now: new Date(),
  });
  return { headers: async () => ({ authorization: `Bearer ${token}` }) };
}

const isTooSmall = ({ type }: { type: string | undefined }) =>
  type === "/problems/token-scope-too-small";

describe("the scope of a token", () => {
  it.each(tokenScopes)("%s opens what it names, at every route, and no more", async (scope) => {
    const holder = holderOf(scope);
    for (const { name, spec, knock } of doors) {
      const mayNot = tokenScopes.indexOf(scopeOf(spec)) > tokenScopes.indexOf(scope);
      const answer = await knock(holder);
      expect(isTooSmall(answer), `${scope}: ${name}`).toBe(mayNot);
      expect(answer.status !== 403 || mayNot || scope === "admin", name).toBe(true);
    }
  });

  it("read is every GET but searching, which asks others; add is what brings a movie", () => {
    const of = (scope: string) =>
      doors.filter(({ spec }) => scopeOf(spec) === scope).map(({ name }) => name);
    expect(of("read").filter((name) => !name.startsWith("GET "))).toEqual([]);
    expect(of("add")).toEqual([
      "POST /api/v1/movies",
      "POST /api/v1/requests",
      "DELETE /api/v1/requests/{id}",
      "GET /api/v1/search",
      "GET /api/v1/search/stream",
    ]);
    expect(of("admin").filter((name) => name.startsWith("GET "))).toEqual([]);
  });

  it("never opens more than its person may", async () => {
    const holder = holderOf("admin");
    site.db.update(users).set({ role: "member" }).where(eq(users.id, owner)).run();
    const forAdmins = doors.filter(({ spec }) => spec.role === "admin");
    expect(forAdmins.length).toBeGreaterThan(40);
    for (const { name, knock } of forAdmins) {
      const { status, type } = await knock(holder);
      expect({ status, type }, name).toEqual({ status: 403, type: "/problems/admins-only" });
    }
  });

  it("is the least for what nothing says more of", () => {
    const spec = (method: ApiSpec["method"], role: ApiSpec["role"]) => scopeOf({ method, role });
    expect(spec("GET", "admin")).toBe("read");
    expect(spec("PATCH", "member")).toBe("admin");
    expect(spec("POST", "anyone")).toBe("read");
  });
});
