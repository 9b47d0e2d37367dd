// npm test: makes sure of everything that the tests need, then runs all of them. Uses nothing but
// Node's own modules, since nothing else may be there yet.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBuild } from "./prepare/build.mjs";
import { checkNode, ensureDependencies } from "./prepare/dependencies.mjs";
import { alone } from "./prepare/lock.mjs";
import { ensureChromium, ensurePrograms, ensureTestTools } from "./prepare/programs.mjs";
import { command, root } from "./prepare/step.mjs";
import { runTestSteps, testEnvironment } from "./prepare/tests.mjs";

/** Real files that people have: not ours to copy, so they lie beside the project, or nowhere. */
const samples = join(root, "..", "shared", "samples");

await command("The tests can't run", async () => {
  // Real programs are part of the tests, whatever server a developer has set up.
  process.env = testEnvironment(process.env);
  checkNode();
  await alone(async () => {
    await ensureDependencies();
    await ensurePrograms();
    await ensureTestTools();
  });
  process.env.CHROMIUM_PATH = await ensureChromium();
  await alone(ensureBuild);

  const { passed, failed } = await runTestSteps(
    [
      { title: "Checks", kind: "npm", args: ["check"] },
      { title: "Unit tests", kind: "vitest", args: ["--project", "unit"] },
      { title: "Integration tests", kind: "vitest", args: ["--project", "integration"] },
      { title: "Browser tests", kind: "playwright", args: [] },
      {
        title: "Real files",
        kind: "npm",
        args: ["check:samples", samples],
        ...(existsSync(samples) ? {} : { skippedBecause: `there is no ${samples}` }),
      },
    ],
    process.env,
  );
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
});
