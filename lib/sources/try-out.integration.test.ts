import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "@/lib/db";
import { AppError, UpstreamError } from "@/lib/errors";
import { filmOf, titleOf } from "@/tests/upstreams/films";
import { type IndexerStandIn, indexerKey, startIndexer } from "@/tests/upstreams/indexer";
import { type MovieApiStandIn, startMovieApi } from "@/tests/upstreams/movie-api";
import { type StandIn, startStandIn } from "@/tests/upstreams/server";
import { parsedSchema } from "./parsed-schema";
import { sampleInput, torznabDefinition } from "./schema";
import { abilitiesOf, sampleOf, schemaTextAt } from "./try-out";

let api: MovieApiStandIn;
let indexer: IndexerStandIn;
let site: StandIn;
let body: string | Buffer = "";

// Nothing of it is stored.
const context = { db: null as unknown as Db, now: () => new Date() };
const title = titleOf(filmOf("tt7000001"));

beforeAll(async () => {
  [api, indexer] = await Promise.all([startMovieApi(), startIndexer()]);
  site = await startStandIn(() => ({ status: 200, body }));
});

afterAll(() => Promise.all([api.close(), indexer.close(), site.close()]));

/** In whose words something was refused. */
async function codeOf(refused: Promise<unknown>): Promise<string> {
  const error = await refused.then(
    () => null,
    (why: unknown) => why,
  );
  if (error instanceof UpstreamError) return error.reason.code;
  if (error instanceof AppError) return error.fields?.url?.code ?? error.reason.code;
  return String(error);
}

describe("the answer of a service", () => {
  const definitionOf = (request: object) =>
    parsedSchema(sampleInput.parse({ request, query: title }).request, null, "request");
  const sample = (request: object) =>
    sampleOf(context, { definition: definitionOf(request), query: title });

  it("comes as it is, with what was searched for in the address", async () => {
    const { answer, isCut } = await sample({ apiUrl: api.apiUrl, query: { limit: "5" } });
    expect(answer).toMatchObject({ status: "ok", data: { limit: 5, movies: [{ title }] } });
    expect(isCut).toBe(false);
    expect(api.requests.at(-1)?.query).toEqual({ query_term: title, limit: "5" });
  });

  it("says why there is none", async () => {
    api.behave("page");
    expect(await codeOf(sample({ apiUrl: api.apiUrl }))).toBe("source-is-a-page");
    api.behave("into-the-cloud");
    expect(await codeOf(sample({ apiUrl: api.apiUrl }))).toBe("source-private-address");
    api.behave(null);
  });

  it("is not asked for without a place for what is searched for", () => {
    const fields = { "request.apiUrl": { code: "schema-placeholder-missing" } };
    expect(() => definitionOf({ apiUrl: api.origin })).toThrow(expect.objectContaining({ fields }));
  });
});

describe("a schema at an address", () => {
  it.each([
    ['{"version": 1}', '{"version": 1}'],
    ["<!DOCTYPE html><html></html>", "source-is-a-page"],
    ["x".repeat(100_001), "schema-too-long"],
  ])("%#", async (given, expected) => {
    body = given;
    const text = schemaTextAt(context, `${site.origin}/schema.json`);
    if (expected.startsWith("{")) expect(await text).toBe(expected);
    else expect(await codeOf(text)).toBe(expected);
  });
});

describe("an indexer", () => {
  const ask = (apiKey: string) =>
    abilitiesOf(context, torznabDefinition.parse({ url: indexer.url, apiKey }));

  it("says what it can", async () => {
    expect(await ask(indexerKey)).toMatchObject({ takesIds: true });
    expect((await ask(indexerKey)).categories.length).toBeGreaterThan(0);
  });

  it("says no to another key", async () => {
    expect(await codeOf(ask("nobody's"))).toMatch(/credentials/);
  });
});
