import { describe, expect, test } from "vitest";
import { locales, messagesOf, pickLocale, reasonText, wordsOf } from "./catalogue";
import { deviceLocale, requestLocale, withRegion } from "./locale";

describe("the language of an answer", () => {
  test.each([
    [null, undefined, "en"],
    ["en-GB,en;q=0.9", undefined, "en"],
    ["xx-XX, yy;q=0.5, *", undefined, "en"],
    ["en;q=0, xx", undefined, "en"],
    [`${"x,".repeat(10_000)}`, undefined, "en"],
    [null, "en-US", "en"],
  ])("for %o and the choice %o is %s", (header, preferred, locale) => {
    expect(pickLocale(header, preferred)).toBe(locale);
  });
});

test("a reason is its sentence with its values", () => {
  expect(reasonText({ code: "field-too-short", values: { minimum: 1 } })).toBe(
    "At least 1 character, please.",
  );
  expect(reasonText({ code: "sign-in-throttled", values: { seconds: 40, minutes: 1 } })).toBe(
    "There were too many wrong tries. Wait 40 seconds and try again.",
  );
  expect(reasonText({ code: "sign-in-throttled", values: { seconds: 240, minutes: 4 } })).toContain(
    "Wait about 4 minutes and",
  );
});

test("a reason without words is the general sentence, never its code", () => {
  expect(reasonText({ code: "from-a-newer-version" })).toBe(reasonText({ code: "unexpected" }));
  expect(reasonText({ code: "__proto__" })).toBe(reasonText({ code: "unexpected" }));
  expect(reasonText({ code: "not-found" }, "xx")).toBe(reasonText({ code: "not-found" }));
});

test("a provider gets the namespaces that it names and no others", () => {
  expect(Object.keys(messagesOf("en", ["app", "signIn", "nothing"]))).toEqual(["app", "signIn"]);
  expect(wordsOf("en", "app")("name")).toBe("Vigilio");
});

test("every file of messages/ is a language", () => {
  expect(locales()).toContain("en");
  expect(wordsOf("no-such", "app")("name")).toBe("Vigilio");
});

test("a person's choice comes before that of the device, and that before the browser's", () => {
  const headers = (cookie: string) => new Headers({ "accept-language": "xx", cookie });
  expect(deviceLocale("a=1; vigilio.language=pt-BR; b=2")).toBe("pt-BR");
  expect(deviceLocale("not-vigilio.language=de")).toBeUndefined();
  expect(deviceLocale('vigilio.language=de"x')).toBeUndefined();
  expect(requestLocale(headers("vigilio.language=en"), null)).toBe("en");
  expect(requestLocale(headers(""), { preferences: { locale: "en-US" } })).toBe("en");
  expect(requestLocale(headers("vigilio.language=../en"), { preferences: {} })).toBe("en");
});

test.each([
  ["en", "en-GB,en;q=0.9", "en-GB"],
  ["en", "de-AT, EN-au;q=0.5", "en-AU"],
  ["de", "en-GB", "de"],
  ["pt-BR", "pt-PT", "pt-BR"],
  ["en", "en-ZQ,en-001", "en-001"],
  ["en", "en-<b>", "en"],
  ["en", null, "en"],
])("dates of %s for a browser that says %s are those of %s", (locale, header, tag) => {
  expect(withRegion(locale, header)).toBe(tag);
  expect(wordsOf(tag, "app")("name")).toBe("Vigilio");
});

test("a region changes how numbers are written, not the words", () => {
  expect(wordsOf("de-AT", "common")("cancel")).toBe(wordsOf("de", "common")("cancel"));
  expect(messagesOf("de-AT", ["common"])).toEqual(messagesOf("de", ["common"]));
});
