import { expect, test } from "vitest";
import { contentSecurityPolicy, pathOfPage } from "./page-headers";

test("scripts need the nonce, and nothing comes from another host", () => {
  const policy = contentSecurityPolicy("abc", false);
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("font-src 'self' data:;");
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  expect(policy.match(/unsafe-inline/g)).toHaveLength(1);
  expect(contentSecurityPolicy("abc", true)).toContain("'unsafe-eval'");
});

test("the page to come back to is without the framework's own names", () => {
  expect(pathOfPage(new URL("http://x/movies?genre=18&_rsc=1a2b"))).toBe("/movies?genre=18");
  expect(pathOfPage(new URL("http://x/?_rsc=1a2b"))).toBe("/");
});
