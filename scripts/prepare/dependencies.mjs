import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { livingServers } from "./build.mjs";
import { findProgram, install } from "./programs.mjs";
import { lastLines, root, run, StepError, step } from "./step.mjs";

const stampPath = join(root, "node_modules", ".vigilio-installed");

/** Node.js versions that the dependencies run on; `engines` of package.json says the same. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new StepError(
      `this is Node.js ${process.versions.node}, but Vigilio needs 20.19 or newer. Get it from https://nodejs.org/en/download`,
    );
  }
}

/** What has to be installed: the locked versions, built for this Node.js on this machine. */
function wantedStamp() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex");
  return `${hash} node-${process.versions.modules} ${process.platform}-${process.arch}\n`;
}

/** True when `npm ci` was run by hand: every locked package lies there, and the database loads. */
function isInstalledAlready() {
  const hidden = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(hidden, "utf8")).packages;
  const isComplete = Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" || entry.optional || entry.peer || present[path]?.version === entry.version,
  );
  if (!isComplete) return false;
  try {
    const binding = "node_modules/better-sqlite3/build/Release/better_sqlite3.node";
    process.dlopen({ exports: {} }, join(root, binding));
    return true;
  } catch {
    return false;
  }
}

export function areDependenciesCurrent() {
  try {
    return readFileSync(stampPath, "utf8") === wantedStamp();
  } catch {
    return false;
  }
}

/**
 * npm of whoever started us, or the one on PATH.
 *
 * @param {string[]} args
 * @returns {[file: string, args: string[]]}
 */
export function npm(args) {
  const own = process.env.npm_execpath;
  return own?.endsWith(".js") && existsSync(own)
    ? [process.execPath, [own, ...args]]
    : [process.platform === "win32" ? "npm.cmd" : "npm", args];
}

/**
 * The environment in which packages are installed. Node's own headers, where they lie beside it,
 * spare node-gyp a download.
 */
function installEnvironment() {
  const env = { ...process.env };
  const nodeDir = join(dirname(process.execPath), "..");
  const isSet = ["npm_config_nodedir", "npm_package_config_node_gyp_nodedir"].some(
    (key) => env[key],
  );
  if (!isSet && existsSync(join(nodeDir, "include", "node", "node_version.h"))) {
    env.npm_package_config_node_gyp_nodedir = nodeDir;
  }
  return env;
}

function missingCompilers() {
  return ["python3", "make", "g++"].filter((name) => !findProgram(name));
}

/**
 * Installs exactly what package-lock.json names, unless that is done already.
 *
 * @throws StepError with the end of npm's output, or with what to install first.
 */
export async function ensureDependencies() {
  if (areDependenciesCurrent()) return;
  if (isInstalledAlready()) return writeFileSync(stampPath, wantedStamp());

  const [server] = livingServers();
  if (server) {
    throw new StepError(
      `the libraries are out of date, and Vigilio runs from this folder (process ${server}). Stop it, then try again.`,
    );
  }
  // Development dependencies build the app: they are wanted whatever NODE_ENV says.
  const [file, args] = npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  const env = installEnvironment();
  await step("Installing the libraries", async () => {
    let { status, output } = await run(file, args, { env });
    const compilers = missingCompilers();
    // better-sqlite3 is compiled where no ready binary can be fetched.
    if (status !== 0 && compilers.length > 0 && output.includes("gyp")) {
      await install(
        compilers,
        "the database library has to be compiled here, which takes Python and a C++ compiler",
      );
      ({ status, output } = await run(file, args, { env }));
    }
    if (status !== 0) {
      throw new StepError(
        `the libraries could not be installed. npm ci said:\n${lastLines(output)}`,
      );
    }
  });
  writeFileSync(stampPath, wantedStamp());
}
