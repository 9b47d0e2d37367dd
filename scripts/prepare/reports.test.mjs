import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readReport } from "./reports.mjs";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-reports-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function read(/** @type {unknown} */ report) {
  const path = join(dir, "report.json");
  writeFileSync(path, JSON.stringify(report));
  return readReport(path);
}

test("vitest: a test that failed is told with its first words, without colours", () => {
  const report = read({
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      {
        name: "/a/b.test.ts",
        status: "failed",
        assertionResults: [
          { status: "passed", fullName: "one", failureMessages: [] },
          {
            status: "failed",
            fullName: "two",
            failureMessages: [`\u001b[31mAssertionError\u001b[39m\n\n${"at x\n".repeat(40)}`],
          },
        ],
      },
    ],
  });
  expect(report).toMatchObject({ passed: 3, failed: 1 });
  expect(report.failures).toHaveLength(1);
  expect(report.failures[0]).toMatch(/^\/a\/b\.test\.ts two\nAssertionError\nat x\n/);
  expect(report.failures[0]?.split("\n").length).toBeLessThan(20);
});

test("vitest: a file that could not be loaded is a failure", () => {
  const report = read({
    numPassedTests: 0,
    numFailedTests: 0,
    testResults: [
      { name: "/a/b.test.ts", status: "failed", message: "no such module", assertionResults: [] },
    ],
  });
  expect(report).toEqual({
    passed: 0,
    failed: 1,
    failures: ["/a/b.test.ts\nno such module"],
    unsteady: [],
  });
});

test("Playwright: specs of nested suites, and errors outside of any", () => {
  const results = [{ errors: [{ message: "expected 1" }] }];
  const report = read({
    stats: { expected: 2, flaky: 1, unexpected: 1 },
    errors: [{ message: "no browser" }],
    suites: [
      {
        suites: [
          {
            specs: [
              {
                file: "a.spec.ts",
                line: 9,
                title: "adds",
                ok: false,
                tests: [{ status: "unexpected", results }],
              },
            ],
          },
          {
            specs: [
              {
                file: "a.spec.ts",
                line: 30,
                title: "ends",
                ok: true,
                tests: [{ status: "flaky", results }],
              },
            ],
          },
          { specs: [{ file: "a.spec.ts", line: 20, title: "plays", ok: true, tests: [] }] },
        ],
      },
    ],
  });
  expect(report).toEqual({
    passed: 3,
    failed: 2,
    failures: ["no browser", "a.spec.ts:9 adds\nexpected 1"],
    unsteady: ["a.spec.ts:30 ends\nexpected 1"],
  });
});

test("no report: nothing is known", () => {
  expect(readReport(join(dir, "none.json"))).toEqual({
    passed: 0,
    failed: 0,
    failures: [],
    unsteady: [],
  });
});
