import { describe, expect, it } from "vitest";
import { type SchemaDefinition, schemaDefinition } from "./definition";
import { definitionOfDraft, draftOfDefinition } from "./draft";
import { isSecretName, withoutKeysInAddress } from "./secret-names";
import { hasSecrets, withoutSecrets, withRemovals, withStoredSecrets } from "./secrets";

const placeholder = "$" + "{searchInput}";
const mark = { isSet: true };

const definition = (more: object = {}): SchemaDefinition =>
  schemaDefinition.parse({
    version: 2,
    apiUrl: "https://films.example/find",
    headers: { "X-Api-Key": "abc", "Accept-Language": "en" },
    query: { q: placeholder, passkey: "def", limit: "50" },
    parsers: [{ key: "title", value: "m.0.title" }],
    ...more,
  });

describe("names", () => {
  it.each([
    ...["Authorization", "X-Api-Key", "apikey", "apiKey", "api_key", "token", "passkey"],
    ...["access_token", "authToken", "X-Auth", "secret", "password", "pwd", "rsskey", "sid"],
    ...["torrent_pass", "X-Session", "x-plex-token", "key"],
  ])("%s holds a key", (name) => {
    expect(isSecretName(name)).toBe(true);
  });
  it.each([
    ...["q", "query", "keyword", "keywords", "limit", "Accept", "User-Agent", "page", "author"],
    ...["language", "sort_by", "tokens_used", "X-Requested-With", "category", "passage"],
  ])("%s holds none", (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe("what is shown of a schema", () => {
  it("has marks in place of its keys", () => {
    const shown = withoutSecrets(definition());
    expect(shown).toMatchObject({
      headers: { "X-Api-Key": mark, "Accept-Language": "en" },
      query: { q: placeholder, passkey: mark, limit: "50" },
    });
    expect(JSON.stringify(shown)).not.toMatch(/abc|def/);
    expect(hasSecrets(definition())).toBe(true);
  });

  it("has what is searched for, whatever its parameter is called", () => {
    const plain = definition({ headers: undefined, query: { key: placeholder } });
    expect(withoutSecrets(plain)).toMatchObject({ query: { key: placeholder } });
    expect(hasSecrets(plain)).toBe(false);
  });

  it("has no key that was pasted inside the address", () => {
    const apiUrl = `https://films.example/find?x=1&apikey=g%2Bh&q=${placeholder}#top`;
    const parsed = definition({ apiUrl, query: { limit: "50" } });
    expect(parsed).toMatchObject({
      apiUrl: `https://films.example/find?x=1&q=${placeholder}#top`,
      query: { apikey: "g+h", limit: "50" },
    });
    expect(withoutKeysInAddress("https://films.example/?token=a")).toEqual({
      ...{ apiUrl: "https://films.example/", query: { token: "a" } },
    });
  });
});

describe("what is sent back", () => {
  const stored = definition();
  const sent = withoutSecrets(stored);
  const merged = (given: unknown, of: SchemaDefinition | null = stored) =>
    schemaDefinition.safeParse(withStoredSecrets(given, of));

  it("with its marks is what was saved", () => {
    expect(merged(sent).data).toEqual(stored);
    const lower = { ...sent, headers: { "x-api-key": mark } };
    expect(merged(lower).data).toMatchObject({ headers: { "x-api-key": "abc" } });
  });

  it("without its keys keeps them, with a new one has that, with an empty one has none", () => {
    const without = { ...sent, headers: { "Accept-Language": "tr" }, query: undefined };
    const query = { q: placeholder };
    expect(merged({ ...without, query }).data).toMatchObject({
      headers: { "X-Api-Key": "abc", "Accept-Language": "tr" },
      query: { q: placeholder, passkey: "def" },
    });
    const changed = { ...sent, headers: { "X-Api-Key": "new" }, query: { ...query, passkey: "" } };
    expect(merged(changed).data).toMatchObject({ headers: { "X-Api-Key": "new" }, query });
    expect(JSON.stringify(merged(changed).data)).not.toMatch(/abc|def/);
  });

  it("for another server has no key, and a mark there is refused by its place", () => {
    const elsewhere = { ...sent, apiUrl: "https://films.example.net/find" };
    const fault = { path: ["headers", "X-Api-Key"], message: "schema-secret-again" };
    expect(merged(elsewhere).error?.issues).toContainEqual(expect.objectContaining(fault));
    const bare = { ...elsewhere, headers: undefined, query: { q: placeholder } };
    expect(JSON.stringify(merged(bare).data)).not.toMatch(/abc|def/);
    for (const apiUrl of ["http://films.example/find", "https://films.example:8443/find", 7]) {
      expect(merged({ ...sent, apiUrl }).success, String(apiUrl)).toBe(false);
    }
    expect(merged(sent, null).error?.issues).toContainEqual(expect.objectContaining(fault));
  });

  it.each([null, 7, "text", [], { version: 2, headers: [], query: "x" }, { version: 2 }])(
    "may be anything: %j",
    (given) => {
      expect(merged(given).success).toBe(false);
    },
  );

  it("from a page names the keys that a person took away", () => {
    const { headers: _, ...rest } = sent as { headers: object };
    expect(withRemovals(sent, rest)).toMatchObject({ headers: { "X-Api-Key": "" } });
    expect(merged(withRemovals(sent, rest)).data).not.toHaveProperty("headers.X-Api-Key");
    expect(withRemovals(sent, sent)).toEqual(sent);
    expect(withRemovals(undefined, sent)).toBe(sent);
  });

  it("from the builder is the same again", () => {
    expect(definitionOfDraft(draftOfDefinition(sent))).toEqual(sent);
  });
});
