import fc from "fast-check";
import { expect, it } from "vitest";
import { moviesOfRows } from "./coerce";
import { schemaDefinition } from "./definition";
import { schemaRows } from "./schema-rows";
import { isSecretName } from "./secret-names";
import { withoutSecrets, withRemovals, withStoredSecrets } from "./secrets";

/** Names that answers and paths share, so that paths lead somewhere; and those that lead astray. */
const name = fc.constantFrom(
  ...["m", "m", "m", "m", "m", "m", "title", "title", "sources", "source"],
  ...["a", "b", "movies", "sources", "title", "imdbId", "source", "size", "seeds", "hash"],
  ...["__proto__", "constructor", "prototype", "toString", "length", "0", "valueOf"],
);
const leaf = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant("1 GB"),
);
const answer = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    leaf,
    { weight: 3, arbitrary: fc.array(tie("value"), { maxLength: 4 }) },
    {
      weight: 3,
      arbitrary: fc.dictionary(name, tie("value"), { maxKeys: 5, noNullPrototype: true }),
    },
  ),
})).value;
const segment = fc.oneof(
  { weight: 3, arbitrary: name },
  { weight: 2, arbitrary: fc.constantFrom("0", "7") },
  { weight: 1, arbitrary: fc.tuple(name, name).map((pair) => pair.join("|")) },
  { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
);
const path = fc.array(segment, { minLength: 1, maxLength: 6 }).map((parts) => parts.join("."));
const address = fc.constant("https://films.example/?q=$" + "{searchInput}");
const schema = fc.oneof(
  fc.record({
    version: fc.constant(1),
    apiUrl: address,
    parsers: fc.array(fc.record({ key: name, value: path }), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    version: fc.constant(2),
    apiUrl: address,
    parsers: fc.array(
      fc.record(
        {
          key: name,
          value: path,
          type: fc.constantFrom("text", "number", "size", "date"),
          template: fc.constantFrom(
            "$" + "{value}",
            "x$" + "{value}$" + "{title}$" + "{__proto__}",
          ),
        },
        { requiredKeys: ["key", "value"] },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    constants: fc.dictionary(
      fc.oneof(
        name,
        fc.tuple(name, name).map((pair) => pair.join(".")),
      ),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
      { maxKeys: 3 },
    ),
  }),
);

const polluted = () => Object.keys(Object.prototype).concat(Object.keys(Array.prototype));

it("no answer and no schema throws, or reaches what every object has", () => {
  let mapped = 0;
  fc.assert(
    fc.property(schema, answer, (given, json) => {
      const parsed = schemaDefinition.safeParse(given);
      if (!parsed.success) return;
      const rows = schemaRows(json, parsed.data);
      if (rows.length > 0) mapped += 1;
      for (const row of rows) {
        expect(Object.getPrototypeOf(row)).toBe(null);
        for (const value of Object.values(row)) expect(typeof value).not.toBe("function");
      }
      const { movies } = moviesOfRows(rows);
      for (const movie of movies) expect(movie.releases.length).toBeGreaterThan(0);
      expect(polluted()).toEqual([]);
    }),
    { numRuns: 3000 },
  );
  // A run in which nothing is mapped would show nothing.
  expect(mapped).toBeGreaterThan(20);
});

const keyName = fc.oneof(
  name,
  fc.constantFrom("X-Api-Key", "Authorization", "passkey", "apikey", "token"),
);
const keyed = fc.record({
  version: fc.constant(2),
  apiUrl: address,
  headers: fc.dictionary(keyName, fc.stringMatching(/^[a-z]+$/), { maxKeys: 4 }),
  query: fc.dictionary(keyName, fc.stringMatching(/^[a-z]+$/), { maxKeys: 4 }),
  parsers: fc.constant([{ key: "title", value: "m.0.title" }]),
});

it("anything at all may be given as a schema", () => {
  fc.assert(
    fc.property(fc.anything(), (given) => {
      expect(() => schemaDefinition.safeParse(given)).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});

it("no schema shows a key, and what it shows is the schema again when it is sent back", () => {
  let kept = 0;
  fc.assert(
    fc.property(keyed, fc.anything(), (given, sent) => {
      expect(() => withStoredSecrets(sent, null)).not.toThrow();
      const parsed = schemaDefinition.safeParse(given);
      if (!parsed.success) return;
      const shown = withoutSecrets(parsed.data);
      if (shown.version !== 2) throw new Error("another version");
      for (const part of ["headers", "query"] as const) {
        const names = Object.keys(given[part]).filter(isSecretName);
        kept += names.length;
        for (const one of names) expect(shown[part]?.[one]).toEqual({ isSet: true });
      }
      expect(schemaDefinition.parse(withStoredSecrets(shown, parsed.data))).toEqual(parsed.data);
      expect(() => withStoredSecrets(sent, parsed.data)).not.toThrow();
      expect(() => withRemovals(shown, sent)).not.toThrow();
      expect(polluted()).toEqual([]);
    }),
    { numRuns: 2000 },
  );
  expect(kept).toBeGreaterThan(100);
});
