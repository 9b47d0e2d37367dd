import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exceptionalRoutes, type Refusal, refusals, whyNot } from "./doors/not-applying";
import { openTown, type Persona, type Town } from "./doors/personas";
import { type Answered, type Knock, type RouteDoor, routeDoors } from "./doors/registry";

const doors = await routeDoors();

let town: Town;
beforeAll(() => {
  town = openTown();
});
afterAll(() => town[Symbol.dispose]());

const knock = (door: RouteDoor, persona: Persona, given: Knock = {}): Promise<Answered> =>
  door.knock(town.as(persona), given);

/** A query that fits no route's schema, name by name. */
const nonsense = new URLSearchParams({
  ...{ page: "0", query: "", language: "", status: "nonsense", encoding: "?".repeat(200) },
}).toString();

/** What should be refused so, by everything that may be the reason for it. */
async function refusalsOf(door: RouteDoor, status: Refusal): Promise<Answered[]> {
  const { spec } = door;
  const isChange = spec.method !== "GET";
  const isOwn = /^\/api\/v1\/me(\/|$)/.test(spec.path);
  switch (status) {
    case 401:
      return [
        await knock(door, "nobody"),
        await knock(door, "admin", { headers: { authorization: "Bearer of-nobody" } }),
      ];
    case 403: {
      const found: Answered[] = [];
      if (spec.role === "admin") found.push(await knock(door, "member"));
      if (!isOwn) found.push(await door.knock(town.as("admin", { oldPassword: true })));
      if (isChange) {
        const elsewhere = { "sec-fetch-site": "cross-site", origin: "http://evil.test" };
        found.push(await knock(door, "admin", { headers: elsewhere }));
      }
      return found;
    }
    case 404: {
      const names = [...spec.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
      const malformed = Object.fromEntries(names.map((name) => [name, "../../etc"]));
      return [await knock(door, "admin"), await knock(door, "admin", { params: malformed })];
    }
    case 422: {
      const found: Answered[] = [];
      if (spec.query) found.push(await knock(door, "admin", { query: nonsense }));
      if (spec.body) found.push(await knock(door, "admin", { body: "nonsense" }));
      if (spec.multipart) found.push(await knock(door, "admin", { body: new FormData() }));
      return found;
    }
  }
}

describe.each(refusals)("%i", (status) => {
  const applying = doors.filter(({ spec }) => !whyNot(spec, status));

  test.each(applying)("$name", async (door) => {
    const found = await refusalsOf(door, status);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map((answer) => answer.status)).toEqual(found.map(() => status));
    for (const { type, errors } of found) {
      expect(type).toMatch(/^\/problems\/[a-z0-9-]+$/);
      if (status !== 422) continue;
      const words = Object.values(errors ?? {});
      expect(words.length).toBeGreaterThan(0);
      expect(words.every((text) => /\p{L}{2}/u.test(text))).toBe(true);
    }
  });
});

test("every refusal that does not apply has its reason, and no reason is left over", () => {
  const without = doors.flatMap(({ name, spec }) =>
    refusals.flatMap((status) => {
      const why = whyNot(spec, status);
      return why ? [{ name, status, why }] : [];
    }),
  );
  if (process.env.npm_lifecycle_event === "roles") console.table(without);
  const names = doors.map(({ name }) => name);
  expect(exceptionalRoutes.filter((name) => !names.includes(name))).toEqual([]);
  // All of an admin's alone can be refused, for who they are.
  const open = without.filter(({ status }) => status === 401).map(({ name }) => name);
  expect(open).toEqual(["GET /api/health", "GET /api/v1/openapi.json"]);
});

test.each(exceptionalRoutes)("%s does not answer as it is excused from", async (name) => {
  const door = doors.find((one) => one.name === name);
  for (const status of refusals) {
    if (!door || status !== 404 || !whyNot(door.spec, status)) continue;
    expect((await knock(door, "admin")).status).toBe(204);
  }
});
