import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/**
 * The parts of the reports of vitest and Playwright that are read here.
 *
 * @typedef {{ message?: string }} Fault
 * @typedef {{ file: string, line: number, title: string, ok: boolean,
 *   tests: { status: string, results: { errors: Fault[] }[] }[] }} Spec
 * @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite
 * @typedef {{ stats: { expected: number, flaky: number, unexpected: number },
 *   errors: Fault[], suites: Suite[] }} PlaywrightReport
 * @typedef {{ name: string, status: string, message?: string,
 *   assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }} TestFile
 * @typedef {{ numPassedTests: number, numFailedTests: number, testResults: TestFile[] }} VitestReport
 */

const shownLines = 14;

/** The first lines of a message, without the colours of a terminal. */
function said(/** @type {string | undefined} */ message) {
  const lines = stripVTControlCharacters(message ?? "").split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .slice(0, shownLines)
    .join("\n");
}

/** Specs that say something when a browser is through with them. @returns {string[]} */
function specsThat(
  /** @type {(spec: Spec) => boolean} */ fits,
  /** @type {Suite} */ { specs = [], suites = [] },
) {
  const own = specs.filter(fits).map(({ file, line, title, tests }) => {
    const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
    return [`${file}:${line} ${title}`, ...errors.map(({ message }) => said(message))].join("\n");
  });
  return [...own, ...suites.flatMap((suite) => specsThat(fits, suite))];
}

/** A file that could not be loaded holds no test that failed, but is no success either. */
function isUnloaded(/** @type {TestFile} */ { status, assertionResults }) {
  return status === "failed" && assertionResults.length === 0;
}

/** @returns {string[]} */
function failedTests(/** @type {TestFile} */ file) {
  if (isUnloaded(file)) return [`${file.name}\n${said(file.message)}`];
  return file.assertionResults
    .filter(({ status }) => status === "failed")
    .map(({ fullName, failureMessages }) =>
      [`${file.name} ${fullName}`, ...failureMessages.map(said)].join("\n"),
    );
}

/**
 * What the JSON report of vitest or Playwright tells: how many tests passed and failed, and each
 * failure with the beginning of what it said. A report that is not there tells nothing.
 *
 * @returns {{ passed: number, failed: number, failures: string[], unsteady: string[] }} unsteady:
 *   tests that passed at the second try alone, with what the first one said.
 */
export function readReport(/** @type {string} */ path) {
  /** @type {PlaywrightReport | VitestReport} */
  let report;
  try {
    report = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return { passed: 0, failed: 0, failures: [], unsteady: [] };
  }
  if ("stats" in report) {
    const { expected, flaky, unexpected } = report.stats;
    return {
      passed: expected + flaky,
      failed: unexpected + report.errors.length,
      failures: [
        ...report.errors.map(({ message }) => said(message)),
        ...report.suites.flatMap((suite) => specsThat(({ ok }) => !ok, suite)),
      ],
      unsteady: report.suites.flatMap((suite) =>
        specsThat(({ tests }) => tests.some(({ status }) => status === "flaky"), suite),
      ),
    };
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.testResults.filter(isUnloaded).length,
    failures: report.testResults.flatMap(failedTests),
    unsteady: [],
  };
}
