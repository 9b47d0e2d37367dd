import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectFiles } from "./architecture/project";
import {
  type Catalogue,
  differences,
  malformed,
  placeholdersOf,
  sentencesOf,
} from "./words/catalogue";
import { readCode } from "./words/read-code";

const faults = [
  ...["unreachable", "timeout", "credentials", "rate-limited"],
  ...["quota", "not-found", "broken", "refused"],
];
const services = ["qbittorrent", "tmdb", "opensubtitles", "torznab", "source", "link"];

const english: Catalogue = JSON.parse(readFileSync("messages/en.json", "utf8"));
const sentences = sentencesOf(english);

const code = [...projectFiles(process.cwd(), /\.tsx?$/)]
  .filter(([path]) => !path.startsWith("tests/") && !/\.test\.tsx?$/.test(path))
  .map(([path, text]) => ({ path, spoken: readCode(path, text) }));

/** True when a sentence may be meant by a string or a template somewhere in the code. */
function isMeant(name: string): boolean {
  const parts = name.split(".");
  const tails = parts.map((_, at) => parts.slice(at).join("."));
  return code.some(
    ({ spoken }) =>
      tails.some((tail) => spoken.strings.has(tail)) ||
      spoken.patterns.some((pattern) => tails.some((tail) => pattern.test(tail))),
  );
}

describe("the words of the product", () => {
  it("stand in messages/, not in components", () => {
    const found = code
      .filter(({ path }) => path.endsWith(".tsx"))
      .flatMap(({ path, spoken }) =>
        spoken.sentences.map(({ text, line }) => `${path}:${line} says "${text}"`),
      );
    expect(found.join("\n")).toBe("");
  });

  it("are there for every reason that is given", () => {
    const missing = code.flatMap(({ path, spoken }) =>
      spoken.codes
        .filter((name) => !sentences.has(`reasons.${name}`))
        .map((name) => `${path} gives the reason "${name}": write it in messages/en.json`),
    );
    expect([...new Set(missing)].join("\n")).toBe("");
  });

  it("are there for every fault of every service in use", () => {
    const inUse = services.filter((service) =>
      code.some(
        ({ path, spoken }) => path !== "lib/errors.ts" && spoken.services.includes(service),
      ),
    );
    const missing = inUse
      .flatMap((service) => faults.map((fault) => `reasons.${service}-${fault}`))
      .filter((name) => !sentences.has(name));
    expect(missing.join("\n")).toBe("");
  });

  it("are there wherever they are looked up by name", () => {
    const missing = code.flatMap(({ path, spoken }) =>
      spoken.lookups
        .filter(({ namespaces, key }) => !namespaces.some((one) => sentences.has(`${one}.${key}`)))
        .map(({ namespaces, key }) => `${path} looks up ${namespaces.join(" or ")}.${key}`),
    );
    expect([...new Set(missing)].join("\n")).toBe("");
  });

  it("are all used", () => {
    const upstream = services.flatMap((service) => faults.map((fault) => `${service}-${fault}`));
    const unused = [...sentences.keys()].filter(
      (name) => !upstream.includes(name.replace(/^reasons\./, "")) && !isMeant(name),
    );
    expect(unused.join("\n")).toBe("");
  });

  it("can be read as ICU messages", () => {
    expect(malformed(english, "en").join("\n")).toBe("");
  });

  const others = readdirSync("messages").filter((name) => name !== "en.json");
  it.each(others)("are the same in messages/%s", (name) => {
    const catalogue: Catalogue = JSON.parse(readFileSync(`messages/${name}`, "utf8"));
    expect(differences(english, catalogue, name.replace(/\.json$/, "")).join("\n")).toBe("");
  });
});

describe("a sentence in a component", () => {
  const component = (markup: string) => `export const A = ({ a }: { a: string }) => (${markup});`;
  const said = (markup: string) =>
    readCode("app/a.tsx", component(markup)).sentences.map((sentence) => sentence.text);

  it.each([
    ["<p>Hello there</p>", "Hello there"],
    ["<p>Привет</p>", "Привет"],
    ['<p>{"Hello"}</p>', "Hello"],
    ['<p>{a ? "Yes" : null}</p>', "Yes"],
    [`<p>{\`\${a} films\`}</p>`, "films"],
    ['<p>{a || "None"}</p>', "None"],
    ['<img alt="A poster" />', "A poster"],
    ['<button aria-label="Close" />', "Close"],
    ['<input placeholder={"Title"} />', "Title"],
    [`<Menu label={\`Menu of \${a}\`} />`, "Menu of"],
  ])("is found: %s", (markup, sentence) => {
    expect(said(markup)).toEqual([sentence]);
  });

  it.each([
    "<p>{a}</p>",
    "<p>· 12 / 14 ×</p>",
    '<p className="grid gap-2" id="main">{a}</p>',
    '<img alt="" />',
    '<a href="/movies">{a}</a>',
    '<p>{a === "Title" ? 1 : 2}</p>',
  ])("is not seen where there is none: %s", (markup) => {
    expect(said(markup)).toEqual([]);
  });
});

describe("what the code says of words", () => {
  it("is read from reasons, errors and schemas", () => {
    const { codes } = readCode(
      "lib/a.ts",
      `reason("a-1"); fieldError("title", "b-1"); throw new AppError(x ? "c" : "d", { status: 404 });
       issue({ code: "custom", message: "e-1" }); stored({ code: "f-1" }); other.reason("g-1");`,
    );
    expect(codes).toEqual(["a-1", "b-1", "c", "d", "e-1", "f-1"]);
  });

  it("is read from what looks words up", () => {
    const { lookups } = readCode(
      "app/a.tsx",
      `async function A() {
         const [user, t] = await Promise.all([load(), words("movie")]);
         const common = useTranslations("common");
         const title = (await words("nav"))("title");
         return t("play") + common.rich("more", {}) + common(x ? "a" : "b");
       }`,
    );
    expect(lookups).toEqual([
      { namespaces: ["nav"], key: "title" },
      { namespaces: ["movie"], key: "play" },
      { namespaces: ["common"], key: "more" },
      { namespaces: ["common"], key: "a" },
      { namespaces: ["common"], key: "b" },
    ]);
  });

  it("is not guessed where a translator is handed over", () => {
    const text = `const t = useTranslations("a"); const say = (t: Say) => t("somewhere");`;
    expect(readCode("app/a.tsx", text).lookups).toEqual([]);
  });
});

describe("a catalogue", () => {
  it("is told what is wrong with its sentences", () => {
    const broken = {
      a: { ok: "{n, plural, one {# film} other {# films}} <b>x</b>", bad: "{n, plural, one {x}" },
    };
    expect(malformed(broken, "en")).toEqual([expect.stringContaining("a.bad")]);
    expect(malformed({ a: { noOther: "{n, plural, one {x}}" } }, "en")).toHaveLength(1);
    expect(malformed({ a: { tag: "<b>open" } }, "en")).toHaveLength(1);
  });

  it("is held against the English one", () => {
    const original = {
      a: {
        films: "{n, plural, one {# film} other {# films}}",
        who: "<b>{name}</b> added it",
        kind: "{kind, select, new {New} other {Old}}",
        same: "Yes",
        gone: "Gone",
        empty: "Something",
      },
    };
    const translated = {
      a: {
        films: "{n, plural, one {# Film} other {# Filme}",
        who: "{name} hat ihn hinzugefügt",
        kind: "{kind, select, neu {Neu} other {Alt}}",
        same: "Ja",
        more: "Mehr",
        empty: " ",
      },
    };
    const found = differences(original, translated, "de");
    expect(found.map((text) => text.replace(/:.*/s, "")).sort()).toEqual([
      "a.empty is empty",
      "a.films",
      "a.gone is missing",
      "a.kind has other choices",
      "a.more is not in English",
      "a.who has other placeholders or tags",
    ]);
    expect(differences(original, original, "en")).toEqual([]);
  });

  it("is compared by its placeholders", () => {
    expect(
      placeholdersOf("{n, plural, one {# film} other {{n} films}} of {name} <b>x</b>"),
    ).toEqual(["<b>", "n", "name"]);
    expect(
      placeholdersOf("{n, plural, one {film} other {films}} of {kind, select, a {x} other {y}}"),
    ).toEqual(["kind", "n"]);
    expect(placeholdersOf("It''s {a}, '{not}' this; {at, date, short}")).toEqual(["a", "at"]);
  });
});
