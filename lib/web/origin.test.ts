import { describe, expect, test } from "vitest";
import { isHttps, isSameOrigin, publicOrigin, safePath } from "./origin";

const direct = { publicUrl: undefined, trustProxy: false };

describe("the origin of a request", () => {
  test.each([
    [{ host: "films.lan:3000", origin: "http://films.lan:3000" }, direct, true],
    [{ host: "films.lan:3000", origin: "http://films.lan" }, direct, false],
    [{ host: "films.lan", origin: "null" }, direct, false],
    [{ host: "films.lan" }, direct, false],
    [{ host: "films.lan", "sec-fetch-site": "none" }, direct, false],
    [
      { host: "127.0.0.1:3000", origin: "https://films.example" },
      { publicUrl: "https://films.example", trustProxy: false },
      true,
    ],
    [
      { host: "app", origin: "https://films.example", "x-forwarded-host": "films.example" },
      direct,
      false,
    ],
    [
      { host: "app", origin: "https://films.example", "x-forwarded-host": "films.example" },
      { publicUrl: undefined, trustProxy: true },
      true,
    ],
  ])("%o with %o is ours: %s", (headers, rules, is) => {
    expect(isSameOrigin(new Headers(headers as Record<string, string>), rules)).toBe(is);
  });
});

test("https is what VIGILIO_URL says, or a trusted proxy", () => {
  const forwarded = new Headers({ "x-forwarded-proto": "https" });
  expect(isHttps(forwarded, direct)).toBe(false);
  expect(isHttps(forwarded, { ...direct, trustProxy: true })).toBe(true);
  expect(isHttps(new Headers(), { ...direct, publicUrl: "https://films.example" })).toBe(true);
  expect(isHttps(forwarded, { trustProxy: true, publicUrl: "http://films.lan" })).toBe(false);
});

test.each([
  ["/movies/1?x=y#z", "/movies/1?x=y#z"],
  [null, "/"],
  ["", "/"],
  ["movies", "/"],
  ["//evil.test", "/"],
  ["/\\evil.test", "/"],
  ["/\t/evil.test", "/"],
  ["/.//evil.test", "/"],
  ["https://evil.test", "/"],
  ["javascript:alert(1)", "/"],
  [`/${"a".repeat(3000)}`, "/"],
])("from %o one goes on to %o", (given, path) => {
  expect(safePath(given)).toBe(path);
});

describe("the address that others reach us by", () => {
  const behindProxy = {
    host: "app:3000",
    "x-forwarded-host": "a.example",
    "x-forwarded-proto": "https",
  };
  test.each([
    [{ host: "films.lan:3000" }, direct, "http://films.lan:3000"],
    [behindProxy, direct, "http://app:3000"],
    [behindProxy, { ...direct, trustProxy: true }, "https://a.example"],
    [
      behindProxy,
      { publicUrl: "https://films.example/", trustProxy: true },
      "https://films.example",
    ],
  ])("%j by %j is %s", (headers, rules, expected) => {
    expect(publicOrigin(new Headers(headers as Record<string, string>), rules)).toBe(expected);
  });
});
