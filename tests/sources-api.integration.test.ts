import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as source from "@/app/api/v1/sources/[id]/route";
import * as sources from "@/app/api/v1/sources/route";
import * as test from "@/app/api/v1/sources/test/route";
import { addSource, call, found, searchSite } from "./support/search-site";
import { filmOf, titleOf } from "./upstreams/films";
import { indexerKey } from "./upstreams/indexer";

const film = filmOf("tt7000001");
const title = titleOf(film);
let site: ReturnType<typeof searchSite>;
beforeEach(() => {
  site = searchSite();
});
afterEach(() => site[Symbol.asyncDispose]());

describe("sources", () => {
  it("are kept, changed, put in order and removed, and a key is never shown", async () => {
    const api = await site.movieApi();
    const jackett = await site.indexer();
    const first = await addSource("Movies", "schema", api.definition);
    const second = await addSource("Jackett", "torznab", jackett.definition);
    const listed = await call(sources.GET);
    expect(listed.data).toMatchObject({ total: 2, items: [{ id: first }, { id: second }] });
    expect(listed.data.items[1]).toMatchObject({ isKeySet: true, health: { state: "unknown" } });
    expect(JSON.stringify(listed.data)).not.toContain(indexerKey);

    const pasted = { url: `${jackett.url}?t=search&ApiKey=${indexerKey}` };
    await addSource("Pasted", "torznab", pasted);
    const withKey = (await call(sources.GET)).data.items[2];
    expect(withKey).toMatchObject({
      isKeySet: true,
      definition: { url: `${jackett.url}?t=search` },
    });

    const changed = await call(source.PATCH, {
      params: { id: second },
      body: { position: 0, definition: { url: jackett.url, categories: [2040] } },
    });
    expect(changed.data).toMatchObject({ position: 0, isKeySet: true });
    expect((await call(source.DELETE, { params: { id: first } })).status).toBe(204);
    expect((await call(source.DELETE, { params: { id: first } })).status).toBe(404);
    expect((await call(sources.GET)).data).toMatchObject({ total: 2 });
  });

  it("of version 2 keep their keys to themselves, and send them to their own server alone", async () => {
    const api = await site.movieApi();
    const elsewhere = await site.movieApi();
    const [inHeader, inQuery, inAddress] = ["header-key-1", "query-key-2", "address-key-3"];
    const definition = {
      ...{ ...api.definition, version: 2, apiUrl: `${api.apiUrl}&token=${inAddress}` },
      headers: { "X-Api-Key": inHeader, "Accept-Language": "en" },
      query: { passkey: inQuery, limit: "5" },
    };
    const mark = { isSet: true };
    const id = await addSource("Keyed", "schema", definition);
    const patch = (body: object) => call(source.PATCH, { params: { id }, body });
    const secrets = new RegExp([inHeader, inQuery, inAddress].join("|"));
    const asked = async (given: unknown, sourceId: string | undefined, by: typeof api) => {
      by.requests.length = 0;
      const body = { kind: "schema", definition: given, query: title, sourceId };
      const answer = await call(test.POST, { body });
      const [{ headers, query } = { headers: {}, query: {} }] = by.requests;
      return { ...answer, sent: JSON.stringify([headers, query]) };
    };

    const shown = (await call(sources.GET)).data.items[0];
    expect(shown).toMatchObject({
      isKeySet: true,
      definition: {
        ...{ apiUrl: api.apiUrl, headers: { "X-Api-Key": mark, "Accept-Language": "en" } },
        query: { passkey: mark, token: mark, limit: "5" },
      },
    });
    const renamed = await patch({ name: "Renamed", definition: shown.definition });
    expect(renamed).toMatchObject({ status: 200, data: { isKeySet: true } });
    expect(JSON.stringify([shown, renamed.data])).not.toMatch(secrets);

    // A search and a test send what is stored.
    api.requests.length = 0;
    expect((await found(title)).results).not.toEqual([]);
    const ofSearch = JSON.stringify(api.requests.map(({ headers, query }) => [headers, query]));
    const { sent } = await asked(shown.definition, id, api);
    for (const text of [ofSearch, sent]) {
      for (const key of [inHeader, inQuery, inAddress]) expect(text).toContain(key);
    }

    // Another server gets nothing, whether the keys are marked or left out.
    const moved = { ...shown.definition, apiUrl: elsewhere.apiUrl };
    const refused = { "definition.headers.X-Api-Key": expect.stringContaining("again") };
    expect(await asked(moved, id, elsewhere)).toMatchObject({
      status: 422,
      data: { errors: refused },
    });
    expect(await patch({ definition: moved })).toMatchObject({
      status: 422,
      data: { errors: refused },
    });
    const bare = { ...moved, headers: undefined, query: undefined };
    const told = await asked(bare, id, elsewhere);
    expect(told.data.results).not.toEqual([]);
    expect(told.sent).not.toMatch(secrets);
    // Nor is a mark taken from nobody, or in a new source.
    expect((await asked(shown.definition, undefined, api)).status).toBe(422);
    const again = { name: "Copy", kind: "schema", definition: shown.definition };
    expect((await call(sources.POST, { body: again })).data.errors).toMatchObject(refused);

    // An empty one takes a key away; what is not sent at all stays.
    const query = { passkey: "", limit: "5" };
    const fewer = await patch({ definition: { ...shown.definition, query } });
    expect(fewer.data.definition.query).toEqual({ token: mark, limit: "5" });
    const after = await asked(fewer.data.definition, id, api);
    expect(after.sent).toContain(inHeader);
    expect(after.sent).not.toContain(inQuery);
  });

  it("are refused with the place of what is wrong", async () => {
    const wrong = async (definition: object) =>
      call(sources.POST, { body: { name: "A", kind: "schema", definition } });
    const address = "https://films.example/?q=$" + "{searchInput}";
    const parsers = [{ key: "title", value: "movies.0.title" }];
    expect(await wrong({ version: 1, apiUrl: "https://films.example/", parsers })).toMatchObject({
      status: 422,
      data: { errors: { "definition.apiUrl": expect.stringContaining("searchInput") } },
    });
    const double = [...parsers, { key: "year", value: "movies.0..year" }];
    expect(await wrong({ version: 1, apiUrl: address, parsers: double })).toMatchObject({
      data: { errors: { "definition.parsers.1.value": expect.stringContaining("empty part") } },
    });
    const torznab = { name: "A", kind: "torznab", definition: { url: "nowhere" } };
    expect(await call(sources.POST, { body: torznab })).toMatchObject({
      data: { errors: { "definition.url": expect.any(String) } },
    });
    const tried = { kind: "schema", definition: { version: 1, apiUrl: address, parsers: [] } };
    expect(await call(test.POST, { body: { ...tried, query: "a" } })).toMatchObject({
      data: { errors: { "definition.parsers": expect.any(String) } },
    });
  });

  it("are for admins alone", async () => {
    const headers = await site.signedIn("member");
    for (const route of [sources.GET, sources.POST, test.POST]) {
      const body = route.spec.method === "GET" ? undefined : {};
      expect((await call(route, { headers, body })).status, route.spec.path).toBe(403);
    }
  });
});

describe("a test of a source", () => {
  it("shows what a schema makes of a sample, without asking anybody", async () => {
    const api = await site.movieApi();
    const response = { data: { movies: [{ title: "Night Bus", imdb_code: "tt0000042" }] } };
    const tried = { kind: "schema", definition: api.definition, response };
    expect(await call(test.POST, { body: tried })).toMatchObject({
      status: 200,
      data: {
        results: [{ title: "Night Bus", imdbId: "tt0000042", sources: [] }],
        problems: [expect.stringContaining("nothing to download")],
        elapsedMs: 0,
      },
    });
    expect(api.requests).toEqual([]);
    expect((await call(test.POST, { body: { ...tried, response: undefined } })).data).toMatchObject(
      { errors: { query: expect.any(String) } },
    );
  });

  it("asks, and says in words what went wrong; nothing is saved", async () => {
    const api = await site.movieApi();
    const tried = { kind: "schema", definition: api.definition, query: title };
    const { data } = await call(test.POST, { body: tried });
    expect(data).toMatchObject({ results: [{ title }], problems: [] });
    api.behave("page");
    expect((await call(test.POST, { body: tried })).data).toMatchObject({
      results: [],
      problems: [expect.stringContaining("web page")],
    });

    const jackett = await site.indexer();
    const asked = { kind: "torznab", definition: jackett.definition, query: title };
    const answer = await call(test.POST, { body: asked });
    expect(answer.data.results.length).toBeGreaterThan(0);
    expect(answer.data.results[0]).toMatchObject({ title: expect.any(String) });
    expect(JSON.stringify(answer.data)).not.toMatch(/magnet:|https?:|lamp0lamp1/);
    expect((await call(sources.GET)).data.total).toBe(0);
  });

  it("uses a stored key for the same server alone", async () => {
    const jackett = await site.indexer();
    const id = await addSource("Jackett", "torznab", jackett.definition);
    const elsewhere = await site.indexer();
    const tried = (url: string) => ({
      ...{ kind: "torznab", definition: { url }, query: title, sourceId: id },
    });
    const { data } = await call(test.POST, { body: tried(jackett.url) });
    expect(data.problems).toEqual([]);
    await call(test.POST, { body: tried(elsewhere.url) });
    expect(elsewhere.requests.map(({ url }) => url).join()).not.toContain(indexerKey);
  });
});
