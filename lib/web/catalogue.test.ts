import { describe, expect, test } from "vitest";
import { messagesOf, pickLocale, reasonText, wordsOf } from "./catalogue";

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
