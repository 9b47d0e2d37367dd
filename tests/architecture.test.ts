import { describe, expect, it } from "vitest";
import { projectFiles, shippedPackages } from "./architecture/project";
import { type Kind, openDoors, places, rules } from "./architecture/rules";
import { kindOf, violations } from "./architecture/violations";

const shipped = new Set(["next", "react", "drizzle-orm", "better-sqlite3", "zod", "execa", "pino"]);

/** What the rules say of made-up files; the files that an import means need no text. */
function say(files: Record<string, string>): string[] {
  return violations(new Map(Object.entries(files)), shipped);
}

const lines = (count: number) => "export const a = 1;\n".repeat(count);

describe("the project", () => {
  it("keeps to the architecture", () => {
    const files = projectFiles(process.cwd(), /\.(tsx?|mjs)$/);
    expect(files.size).toBeGreaterThan(20);
    expect(violations(files, shippedPackages(process.cwd())).join("\n")).toBe("");
  });

  it("has a rule for every kind of file that is shipped", () => {
    const without: Kind[] = ["messages", "style", "test", "script", "config"];
    const kinds = places.map((place) => place.kind).filter((kind) => !without.includes(kind));
    expect(rules.map((rule) => rule.from).sort()).toEqual([...kinds].sort());
  });
});

describe("who may import whom", () => {
  // A line per arrow of the table that must not be: a file, and what it may not import.
  const forbidden: [from: string, statement: string][] = [
    ["app/page.tsx", 'import { database } from "@/lib/db";'],
    ["app/page.tsx", 'import { movies } from "@/db/schema/movies";'],
    ["app/page.tsx", 'import { eq } from "drizzle-orm";'],
    ["app/page.tsx", 'import type { Runner } from "@/jobs/runner";'],
    ["app/page.tsx", 'import { probe } from "@/lib/services/ffmpeg/probe";'],
    ["app/page.tsx", 'import { listMovies } from "@/lib/movies/data";'],
    ["app/page.tsx", 'const { addMovie } = await import("@/lib/movies/mutations");'],
    ["app/_components/movies/card.tsx", 'import { home } from "@/lib/movies/loaders";'],
    ["app/_components/movies/card.tsx", 'import { currentUser } from "@/lib/auth/current-user";'],
    ["app/_components/movies/card.tsx", 'import { movieCard } from "@/lib/movies/schema";'],
    ["app/_components/movies/card.tsx", 'import "server-only";'],
    ["app/_components/movies/card.tsx", 'import words from "@/messages/en.json";'],
    ["app/api/v1/movies/route.ts", 'import { sql } from "drizzle-orm/sql";'],
    ["app/api/v1/movies/route.ts", 'import { claim } from "../../../../jobs/runner";'],
    ["pages/api/media.ts", 'import { run } from "@/lib/services/ffmpeg/run";'],
    ["app/api/v1/movies/route.ts", 'import { database } from "@/lib/db";'],
    ["jobs/handlers/publish.ts", 'import { revalidatePath } from "next/cache";'],
    [
      "jobs/handlers/publish.ts",
      'import "server-only"; import { home } from "@/lib/movies/loaders";',
    ],
    ["jobs/handlers/publish.ts", 'import { addMovie } from "@/lib/movies/actions";'],
    ["jobs/handlers/publish.ts", 'import { Card } from "@/app/_components/movies/card";'],
    [
      "lib/movies/loaders.ts",
      'import "server-only"; import { probe } from "@/lib/services/ffmpeg/probe";',
    ],
    ["lib/movies/loaders.ts", 'import "server-only"; import { wake } from "@/jobs/start";'],
    ["lib/movies/actions.ts", '"use server"; import { eq } from "drizzle-orm";'],
    ["lib/movies/data.ts", 'import { cookies } from "next/headers";'],
    ["lib/movies/data.ts", 'import { currentUser } from "@/lib/auth/current-user";'],
    ["lib/movies/mutations.ts", 'import { find } from "@/lib/services/tmdb/client";'],
    ["lib/movies/titles.ts", 'import { env } from "@/lib/env";'],
    ["lib/movies/titles.ts", 'import { database } from "@/lib/db";'],
    [
      "lib/movies/titles.ts",
      'export { handler } from "@/jobs/handlers/publish"; export const a = 1;',
    ],
    ["lib/queue/claim.ts", 'import { publish } from "@/lib/versions/mutations";'],
    ["lib/services/tmdb/client.ts", 'import { movies } from "@/db/schema/movies";'],
    ["lib/services/tmdb/client.ts", 'import { titleOf } from "@/lib/movies/titles";'],
    ["lib/services/tmdb/client.ts", 'import { cache } from "react";'],
    ["lib/services/tmdb/client.ts", 'import sharp from "sharp";'],
    ["db/client.ts", 'import { log } from "@/lib/log";'],
    ["db/client.ts", 'import { z } from "zod";'],
    ["lib/errors.ts", 'import { log } from "@/lib/log";'],
    ["lib/movies/data.ts", 'import { execa } from "execa";'],
    ["lib/movies/data.ts", 'import { testDatabase } from "@/tests/support/database";'],
    ["scripts/start.mjs", 'import { z } from "zod";'],
  ];
  it.each(forbidden)("%s: not %s", (path, statement) => {
    const found = say({ [path]: statement });
    expect(found.filter((fault) => fault.startsWith(`${path} imports`))).not.toEqual([]);
  });

  const allowed: [from: string, statement: string][] = [
    ["app/page.tsx", 'import { home } from "@/lib/movies/loaders";'],
    ["app/layout.tsx", 'import "./globals.css";'],
    ["app/_components/movies/card.tsx", 'import type { MovieCard } from "@/lib/movies/schema";'],
    ["app/api/v1/movies/route.ts", 'import { listMovies } from "@/lib/movies/data";'],
    ["jobs/handlers/publish.ts", 'import { publish } from "@/lib/versions/mutations";'],
    ["lib/movies/mutations.ts", 'import { enqueue } from "@/lib/queue/enqueue";'],
    ["lib/movies/mutations.ts", 'import type { Db } from "@/lib/db";'],
    ["lib/movies/data.ts", 'import { eq } from "drizzle-orm";'],
    ["lib/services/ffmpeg/run.ts", 'import { execa } from "execa"; import "node:fs";'],
    ["lib/movies/data.test.ts", 'import { testDatabase } from "@/tests/support/database";'],
  ];
  it.each(allowed)("%s: %s", (path, statement) => {
    expect(say({ [path]: statement })).toEqual([]);
  });

  it("lets a component use a rule that needs nothing, and no other", () => {
    const files = {
      "app/_components/movies/card.tsx": 'import { best } from "@/lib/versions/choose";',
      "lib/versions/choose.ts":
        'import type { Db } from "@/lib/db"; import { rank } from "./rank";',
    };
    expect(say({ ...files, "lib/versions/rank.ts": lines(1) })).toEqual([]);
    const reader = { "lib/versions/rank.ts": 'import { versions } from "@/db/schema/versions";' };
    expect(say({ ...files, ...reader })).toEqual([
      expect.stringContaining("card.tsx imports more than types from lib/versions/choose.ts"),
    ]);
    const opener = { "lib/versions/rank.ts": 'import "node:fs";' };
    expect(say({ ...files, ...opener })).toHaveLength(1);
  });

  it("ships no package that is there for development alone", () => {
    expect(say({ "lib/movies/titles.ts": 'import { test } from "vitest";' })).toEqual([
      "lib/movies/titles.ts imports vitest, which is not among the dependencies of package.json",
    ]);
  });
});

describe("the tree", () => {
  const misplaced: [path: string, complaint: string][] = [
    ["server/start.ts", "no place"],
    ["lib/things/data.ts", "the folders of lib"],
    ["lib/services/plex/client.ts", "no service"],
    ["lib/movies/utils.ts", "says nothing"],
    ["lib/movies/movie-helpers.ts", "says nothing"],
    ["app/_components/common/card.tsx", "says nothing"],
    ["jobs/job-manager.ts", "says nothing"],
    ["lib/movies/movieTitle.ts", "kebab-case"],
    ["lib/movies/index.ts", "index file"],
    ["lib/movies/card.tsx", "component"],
  ];
  it.each(misplaced)("does not want %s (%s)", (path, complaint) => {
    expect(say({ [path]: lines(1) }).join("\n")).toContain(complaint);
  });

  it.each([
    "app/(theatre)/movies/[movieId]/page.tsx",
    "app/api/auth/[...nextauth]/route.ts",
    "lib/subtitles/formats/srt.ts",
    "lib/subtitles/formats/srt.integration.test.ts",
    "tests/support/create-torrent.d.ts",
    "tests/e2e/start.spec.ts",
    "db/schema/index.ts",
    "playwright.config.ts",
  ])("has a place for %s", (path) => {
    expect(say({ [path]: lines(1) })).toEqual([]);
  });

  it("refuses what only hands on", () => {
    const barrel = 'export * from "./data"; export { a } from "./mutations";';
    expect(say({ "lib/movies/all.ts": barrel }).join()).toContain("only hands on");
    expect(say({ "db/schema/index.ts": 'export * from "./movies";' })).toEqual([]);
  });

  it("counts lines", () => {
    expect(say({ "lib/movies/titles.ts": lines(400) })).toEqual([]);
    expect(say({ "lib/movies/titles.ts": lines(401) }).join()).toContain("401 lines");
  });
});

describe("the rules of the house", () => {
  it("finds circles of imports, but not of types", () => {
    const files = {
      "lib/movies/a.ts": 'import { b } from "./b";',
      "lib/movies/b.ts": 'import { c } from "@/lib/versions/c";',
      "lib/versions/c.ts": 'import { a } from "@/lib/movies/a";',
    };
    expect(say(files)).toEqual([
      expect.stringMatching(
        /^lib\/movies\/a.ts -> lib\/movies\/b.ts -> lib\/versions\/c.ts -> lib\/movies\/a.ts is a circle/,
      ),
    ]);
    const types = { ...files, "lib/versions/c.ts": 'import type { A } from "@/lib/movies/a";' };
    expect(say(types)).toEqual([]);
  });

  it.each(["new Date()", "Date.now()", "process.env.TZ"])("tells the core %s", (look) => {
    const text = `export const a = () => ${look};`;
    expect(say({ "lib/movies/data.ts": text }).join()).toContain("as an argument");
    expect(say({ "jobs/schedule.ts": text })).toEqual([]);
    expect(say({ "lib/movies/data.test.ts": text })).toEqual([]);
    expect(say({ "lib/movies/data.ts": "export const a = (at: number) => new Date(at);" })).toEqual(
      [],
    );
  });

  it("keeps actions public on purpose, and loaders on the server", () => {
    const action = "export async function add() {}";
    expect(say({ "lib/movies/actions.ts": action }).join()).toContain('"use server"');
    expect(say({ "lib/movies/data.ts": `"use server"; ${action}` }).join()).toContain(
      "public POST",
    );
    expect(say({ "lib/movies/loaders.ts": action }).join()).toContain('"server-only"');
  });

  it("says what cannot be parsed", () => {
    expect(() => say({ "lib/movies/a.ts": "export const = 1" })).toThrow("lib/movies/a.ts");
  });

  it("puts a file where the first fitting place is", () => {
    expect(kindOf("lib/settings/connect.ts")).toBe("connect");
    expect(kindOf("lib/web/page-query.ts")).toBe("shape");
    expect(kindOf("app/api/health/route.ts")).toBe("route");
    expect(kindOf("lib/nowhere.ts")).toBeUndefined();
  });
});

describe("a door", () => {
  const route = "app/api/v1/movies/route.ts";
  const api = 'import { apiRoute } from "@/lib/web/api";';
  const actions = "lib/movies/actions.ts";
  const user = '"use server"; import { userAction } from "@/lib/web/action";';
  const file = "app/images/[id]/route.ts";

  it.each([
    [actions, `${user} export const add = userAction(input, work);`],
    [actions, `${user} export const add = userAction(input, work); export type A = string;`],
    [route, `${api} export const GET = apiRoute({ method: "GET", role: "admin" }, work);`],
    [
      route,
      `${api} const spec = { role: "anyone" } as const satisfies A; export const GET = apiRoute(spec, work);`,
    ],
    [route, `${api} export const dynamic = "force-dynamic";`],
    [file, 'import { fileRoute } from "@/lib/web/file-route"; export const GET = fileRoute({});'],
    ["app/service-worker.js/route.ts", "export function GET() {}"],
  ])("asks who is there: %s, %s", (path, text) => {
    expect(say({ [path]: text })).toEqual([]);
  });

  it.each([
    [actions, '"use server"; export async function add() {}', "add"],
    [actions, '"use server"; export const add = async () => {};', "add"],
    [actions, `${user} const add = userAction(input, work); const b = 1; export { b };`, "b"],
    [actions, '"use server"; export default async function add() {}', "default"],
    // Its name alone makes no wrapper.
    [actions, '"use server"; const userAction = a; export const add = userAction(a, b);', "add"],
    [actions, '"use server"; export { add } from "./add";', "add"],
    [route, "export async function GET() {}", "GET"],
    [route, "const handle = () => {}; export { handle as POST };", "POST"],
    ["app/api/health/route.ts", "export const GET = () => {};", "GET"],
    ["app/status/route.ts", "export const GET = () => {};", "GET"],
    [file, "export const GET = () => {};", "GET"],
    ["pages/api/other.ts", "export default function handler() {}", "default"],
  ])("that does not is found: %s, %s", (path, text, name) => {
    const found = say({ [path]: text });
    expect(found.join("\n")).toContain(`${path} exports ${name} without asking who is there`);
  });

  it.each([
    `${api} export const GET = apiRoute({ method: "GET" }, work);`,
    `${api} export const GET = apiRoute({ role: "nobody" }, work);`,
    `${api} export const GET = apiRoute({ role }, work);`,
    `${api} export const GET = apiRoute(specOf("movies"), work);`,
  ])("says whom it is for: not %s", (text) => {
    expect(say({ [route]: text })).toEqual([expect.stringContaining("whom GET is for")]);
  });

  it("is open for a reason alone, and is there", () => {
    const files = projectFiles(process.cwd(), /\.(tsx?|mjs)$/);
    expect(Object.keys(openDoors).filter((path) => !files.has(path))).toEqual([]);
  });
});
