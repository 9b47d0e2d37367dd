// npm start: makes sure of everything that Vigilio needs, then serves. Uses nothing but Node's own
// modules, since nothing else may be there yet. What is up to date costs a few milliseconds.
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { currentBuild, ensureBuild, markServed } from "./prepare/build.mjs";
import { areDependenciesCurrent, checkNode, ensureDependencies } from "./prepare/dependencies.mjs";
import { alone } from "./prepare/lock.mjs";
import { ensurePrograms, missingPrograms } from "./prepare/programs.mjs";
import { checkAddress, listenAddress } from "./prepare/settings.mjs";
import { command, root } from "./prepare/step.mjs";

/** The folder of a build that is ready to be served. */
async function prepare() {
  const missing = missingPrograms();
  if (areDependenciesCurrent() && missing.length === 0) {
    const build = currentBuild();
    if (build) return build;
  }
  return alone(async () => {
    await ensureDependencies();
    await ensurePrograms();
    return ensureBuild();
  });
}

/** Serves in this very process: one process to watch, to signal and to account for. */
function serve(/** @type {string} */ build, /** @type {{ port: number, host: string }} */ address) {
  process.chdir(root);
  // V8 lets its heap grow up to fourfold before it looks for garbage, on the assumption that the
  // machine is ours alone: see docs/decisions/start-and-memory.md.
  setFlagsFromString("--heap-growing-percent=25");
  Object.assign(process.env, {
    NODE_ENV: "production",
    NEXT_DIST_DIR: build,
    NEXT_TELEMETRY_DISABLED: "1",
    // The app ends itself on a signal: downloads, jobs and the database first.
    NEXT_MANUAL_SIG_HANDLE: "true",
  });
  markServed(build);
  const args = ["start", "--port", String(address.port), "--hostname", address.host];
  process.argv = [process.argv[0] ?? "node", "next", ...args];
  createRequire(import.meta.url)("next/dist/bin/next");
}

await command("Vigilio can't start", async () => {
  checkNode();
  const address = listenAddress();
  await checkAddress(address);
  serve(await prepare(), address);
});
