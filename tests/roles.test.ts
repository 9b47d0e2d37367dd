import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openTown, type Persona, personas, type TownOptions, type Visitor } from "./doors/personas";
import { type Answered, actionDoors, fileDoors, routeDoors } from "./doors/registry";
import { markdownTable, placedIn, type Row, type Verdict } from "./doors/table";

interface Door {
  name: string;
  knock(visitor: Visitor): Promise<Answered>;
}

/** What each door answers to somebody who goes from one to the next. */
async function walk(
  doors: readonly Door[],
  persona: Persona,
  { oldPassword = false, ...options }: TownOptions & { oldPassword?: boolean } = {},
): Promise<Answered[]> {
  using town = openTown({ demo: persona === "visitor", ...options });
  const visitor = town.as(persona, { oldPassword });
  const answers: Answered[] = [];
  for (const door of doors) {
    const answer = await door.knock(visitor);
    expect(answer.status, `${door.name} has a fault`).not.toBe(500);
    answers.push(answer);
  }
  return answers;
}

const isRefused = ({ status }: Answered) => status === 401 || status === 403;

/** By door: what nobody, a demo visitor, a member and an admin may. */
async function verdictsOf(doors: readonly Door[]): Promise<Verdict[][]> {
  const byPersona: Answered[][] = [];
  // One after the other: where a wrapper finds its database is one place for all.
  for (const persona of personas) byPersona.push(await walk(doors, persona));
  const withoutLeave = await walk(doors, "member", { membersMay: false });
  return doors.map((_, at) =>
    personas.map((persona, column): Verdict => {
      const answer = byPersona[column]?.[at];
      const strict = withoutLeave[at];
      if (!answer || !strict || isRefused(answer)) return "no";
      return persona === "member" && isRefused(strict) ? "setting" : "yes";
    }),
  );
}

/** What a declared role promises, whatever the handlers do on top of it. */
const promised: Record<string, (Verdict | null)[]> = {
  anyone: ["yes", null, "yes", "yes"],
  member: ["no", null, null, "yes"],
  admin: ["no", null, "no", "yes"],
};

function expectPromised(name: string, role: string, verdicts: Verdict[]): void {
  const kept = promised[role]?.map((wanted, at) => wanted ?? verdicts[at]);
  expect(verdicts, `${name} is for: ${role}`).toEqual(kept);
}

const heads = ["Area", "Calls", "Nobody", "Demo visitor", "Member", "Admin"];
const path = "docs/security.md";

async function routesTable(): Promise<string> {
  const routes = await routeDoors();
  const files = await fileDoors();
  expect(routes.length).toBeGreaterThan(70);
  const ofRoutes = await verdictsOf(routes);
  const ofFiles = await verdictsOf(files);
  const rows: Row[] = routes.map(({ name, spec }, at) => {
    const verdicts = ofRoutes[at] ?? [];
    expectPromised(name, spec.role, verdicts);
    const [, , , area = "health", ...rest] = spec.path.split("/");
    return { area, door: rest.join("/"), method: spec.method, verdicts };
  });
  for (const [at, { name }] of files.entries()) {
    const verdicts = ofFiles[at] ?? [];
    expect(verdicts, name).toEqual(["no", "yes", "yes", "yes"]);
    rows.push({ area: "files", door: name.replace("GET /", ""), method: "GET", verdicts });
  }
  return markdownTable(heads, rows);
}

async function actionsTable(): Promise<string> {
  const actions = await actionDoors();
  expect(actions.length).toBeGreaterThan(55);
  const ofActions = await verdictsOf(actions);
  const rows = actions.map(({ name, noun, spec }, at): Row => {
    const verdicts = ofActions[at] ?? [];
    expectPromised(name, spec.role, verdicts);
    return { area: noun, door: name, verdicts };
  });
  return markdownTable(heads.with(1, "Actions"), rows);
}

test("every door answers whom docs/security.md says, and nobody else", async () => {
  const tables = { routes: await routesTable(), actions: await actionsTable() };
  let document = readFileSync(path, "utf8");
  for (const [name, table] of Object.entries(tables)) {
    document = placedIn(document, name, table);
    if (process.env.npm_lifecycle_event === "roles") console.log(`\n${table}\n`);
  }
  // `npm run roles` writes what differs; a test run fails with the difference.
  await expect(document).toMatchFileSnapshot(`../${path}`);
});

test("in demo mode nothing changes but a person's own things, not even for an admin", async () => {
  const routes = await routeDoors();
  const actions = await actionDoors();
  for (const persona of ["visitor", "member", "admin"] as const) {
    const ofRoutes = await walk(routes, persona, { demo: true });
    for (const [at, { name, spec }] of routes.entries()) {
      const isOwn = /^\/api\/v1\/me(\/|$)/.test(spec.path);
      if (spec.method === "GET") continue;
      expect(ofRoutes[at]?.status === 403, `${persona}: ${name}`).toBe(
        !isOwn || spec.refusedInDemo === true,
      );
    }
    const ofActions = await walk(actions, persona, { demo: true });
    for (const [at, { name, spec }] of actions.entries()) {
      expect(ofActions[at]?.status === 403, `${persona}: ${name}`).toBe(!spec.allowedInDemo);
    }
  }
  // By either way the same: a password that many know stays as it is.
  expect(routes.filter(({ spec }) => spec.refusedInDemo).map(({ name }) => name)).toEqual([
    "POST /api/v1/me/password",
  ]);
  expect(actions.find(({ name }) => name === "changePassword")?.spec.allowedInDemo).toBe(false);
  const own = actions.filter(({ spec }) => spec.allowedInDemo).map(({ noun }) => noun);
  expect([...new Set(own)]).toEqual(["lists", "playback", "users"]);
});

test("whose password others know may do nothing but change it, or leave", async () => {
  const actions = await actionDoors();
  const answers = await walk(actions, "admin", { oldPassword: true });
  const allowed = actions.filter((_, at) => answers[at]?.status !== 403);
  expect(allowed.filter(({ spec }) => spec.role !== "anyone").map(({ name }) => name)).toEqual([
    "changePassword",
    "signOut",
  ]);
  const routes = await routeDoors();
  const ofRoutes = await walk(routes, "admin", { oldPassword: true });
  for (const [at, { name, spec }] of routes.entries()) {
    const isOpen = spec.role === "anyone" || /^\/api\/v1\/me(\/|$)/.test(spec.path);
    expect(ofRoutes[at]?.type === "/problems/password-change-needed", name).toBe(!isOpen);
  }
});
