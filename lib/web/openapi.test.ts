import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { GET } from "@/app/api/v1/openapi.json/route";
import { type TestSite, testSite } from "@/tests/support/site";
import { specsOf } from "./openapi";

const modules = import.meta.glob<Record<string, unknown>>("../../app/api/**/route.ts");

let site: TestSite;
beforeEach(() => {
  site = testSite();
});
afterEach(() => site[Symbol.dispose]());

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { "x-role": string; operationId: string }>>;
}

async function document(): Promise<Document> {
  const request = new Request("http://vigilio.test/api/v1/openapi.json");
  return (await GET(request, { params: Promise.resolve({}) })).json();
}

const routeFiles = readdirSync("app/api", { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith("/route.ts"))
  // Answered by next-auth, by its own rules.
  .filter((path) => !path.startsWith("auth/"));

/** Methods by the words of the file, so that one which is not wrapped is seen, too. */
function exportedMethods(path: string): string[] {
  const text = readFileSync(`app/api/${path}`, "utf8");
  const found = text.matchAll(
    /^export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm,
  );
  const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = ""]) =>
    [...names.matchAll(/\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g)].map(([name]) => name),
  );
  return [...[...found].map(([, name = ""]) => name), ...listed];
}

test.each(routeFiles)("%s is wrapped and in the document, under its own path", async (file) => {
  const specs = specsOf((await modules[`../../app/api/${file}`]?.()) ?? {});
  expect(specs.map(({ method }) => method).sort()).toEqual(exportedMethods(file).sort());
  const folder = `/api/${file.replace(/\/route\.ts$/, "")}`;
  const path = folder.replace(/\[([^\]]+)\]/g, "{$1}");
  const { paths } = await document();
  for (const spec of specs) {
    expect(spec.path).toBe(path);
    const operation = paths[path]?.[spec.method.toLowerCase()];
    expect(operation?.["x-role"]).toBe(spec.role);
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(names.length > 0, "a path with names has params").toBe(spec.params !== undefined);
  }
});

test("it is OpenAPI 3.1, and every operation has an id of its own", async () => {
  const { openapi, paths } = await document();
  expect(openapi).toBe("3.1.0");
  const ids = Object.values(paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(15);
});

test("a call that changes something needs somebody, whatever it is", async () => {
  const { paths } = await document();
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (method !== "get") expect(operation["x-role"], `${method} ${path}`).not.toBe("anyone");
    }
  }
});
