import fc from "fast-check";
import { expect, it } from "vitest";
import { moviesOfRows } from "./coerce";
import { schemaDefinition } from "./definition";
import { schemaRows } from "./schema-rows";

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

it("anything at all may be given as a schema", () => {
  fc.assert(
    fc.property(fc.anything(), (given) => {
      expect(() => schemaDefinition.safeParse(given)).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});
