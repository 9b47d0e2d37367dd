import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npm } from "./dependencies.mjs";
import { readReport } from "./reports.mjs";
import { duration, root, run } from "./step.mjs";

/**
 * The environment of tests: what a developer has set for a server of their own stays out, apart
 * from where programs are.
 */
export function testEnvironment(/** @type {NodeJS.ProcessEnv} */ source) {
  const env = { ...source };
  const own = /^(VIGILIO_|QBITTORRENT_(?!NOX_PATH)|TMDB_|OPENSUBTITLES_)/;
  const names = [
    "PORT",
    "HOST",
    "SUBTITLE_LANGUAGES",
    "DELETE_ORIGINAL_FILES",
    "DEMO",
    "LOG_LEVEL",
  ];
  for (const name of Object.keys(env)) {
    if (own.test(name) || names.includes(name)) delete env[name];
  }
  // npm start's NODE_ENV would reach the tests of what depends on it.
  delete env.NODE_ENV;
  return env;
}

/**
 * @typedef {object} TestStep
 * @property {string} title
 * @property {"npm" | "vitest" | "playwright"} kind what runs it, and so how its tests are counted.
 * @property {string[]} args
 * @property {string} [skippedBecause] it is not run, and the summary says why.
 */

/**
 * Runs the steps one after the other, whatever becomes of them, and says how each went.
 *
 * @param {TestStep[]} steps
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ passed: number, failed: number }>} a step that fails without a test that
 *   failed (a lint fault, a crash) counts as one failure.
 */
export async function runTestSteps(steps, env) {
  const reportsDir = mkdtempSync(join(tmpdir(), "vigilio-tests-"));
  const summary = [];
  /** @type {string[]} */
  const failures = [];
  /** @type {string[]} */
  const unsteady = [];
  const total = { passed: 0, failed: 0 };
  try {
    for (const [at, { title, kind, args, skippedBecause }] of steps.entries()) {
      console.log(`\n── ${title}`);
      if (skippedBecause) {
        console.log(`Skipped: ${skippedBecause}.`);
        summary.push(`SKIPPED ${title.padEnd(20)} ${skippedBecause}`);
        continue;
      }
      const report = join(reportsDir, `${at}.json`);
      const startedAt = performance.now();
      const [file, fileArgs] = commandOf(kind, args, report);
      const { status } = await run(file, fileArgs, {
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
        shown: true,
      });
      const counts = readReport(report);
      if (status !== 0 && counts.failed === 0) counts.failed = 1;
      failures.push(...counts.failures);
      unsteady.push(...counts.unsteady);
      total.passed += counts.passed;
      total.failed += counts.failed;
      const verdict = status === 0 ? "passed" : "FAILED";
      const tests = kind === "npm" ? "" : `  (${counts.passed} passed, ${counts.failed} failed)`;
      const took = duration(performance.now() - startedAt);
      summary.push(`${verdict}  ${title.padEnd(20)} ${took.padStart(12)}${tests}`);
    }
  } finally {
    rmSync(reportsDir, { recursive: true, force: true });
  }
  // Last, where it is found: hours of output may lie between a failure and the end.
  for (const one of unsteady) console.log(`\nPASSED AT THE SECOND TRY  ${one}`);
  for (const failure of failures) console.log(`\nFAILED  ${failure}`);
  console.log(`\n${summary.join("\n")}`);
  return total;
}

/** @returns {[file: string, args: string[]]} */
function commandOf(
  /** @type {string} */ kind,
  /** @type {string[]} */ args,
  /** @type {string} */ report,
) {
  const tool = (/** @type {string[]} */ ...path) => join(root, "node_modules", ...path);
  switch (kind) {
    case "vitest":
      return [
        process.execPath,
        [
          tool("vitest", "vitest.mjs"),
          "run",
          ...args,
          ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
        ],
      ];
    case "playwright":
      return [
        process.execPath,
        [tool("@playwright", "test", "cli.js"), "test", ...args, "--reporter=list,json"],
      ];
    default:
      return npm(["run", "--silent", ...args]);
  }
}
