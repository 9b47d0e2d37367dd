import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { lastLines, root, run, StepError, step } from "./step.mjs";

/** What a build is made from. Tests are left out: they change nothing in it. */
const sources = [
  "app",
  "db",
  "jobs",
  "lib",
  "messages",
  "pages",
  "public",
  "instrumentation.ts",
  "next.config.mjs",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

const outputDir = join(root, ".next");
const partialName = "new";
const buildsKept = 3;

/** Every file at or below a path, in a fixed order. @returns {string[]} */
function filesOf(/** @type {string} */ path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

/** The name of the build that belongs to the sources as they are: 16 digits of their hash. */
function buildName() {
  const hash = createHash("sha256");
  for (const path of sources.flatMap((source) => filesOf(join(root, source)))) {
    if (/\.test\.tsx?$/.test(path)) continue;
    const bytes = readFileSync(path);
    hash.update(`${path.slice(root.length)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex").slice(0, 16);
}

function isBuilt(/** @type {string} */ name) {
  return existsSync(join(outputDir, name, "BUILD_ID"));
}

/** The folder of the current build, for NEXT_DIST_DIR; undefined when there is none yet. */
export function currentBuild() {
  const name = buildName();
  return isBuilt(name) ? `.next/${name}` : undefined;
}

/** Builds that are there, the newest first. */
function builds() {
  if (!existsSync(outputDir)) return [];
  return readdirSync(outputDir)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .map((name) => ({ name, madeAt: statSync(join(outputDir, name)).mtimeMs }))
    .sort((a, b) => b.madeAt - a.madeAt);
}

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** Process ids of servers that serve a build. */
function serversOf(/** @type {string} */ name) {
  return readdirSync(join(outputDir, name))
    .map((file) => Number(/^serving-(\d+)$/.exec(file)?.[1]))
    .filter((pid) => pid > 0 && pid !== process.pid && isAlive(pid));
}

/** Process ids of every server that runs from this checkout. */
export function livingServers() {
  return builds().flatMap(({ name }) => serversOf(name));
}

/**
 * Notes that this process serves a build, so that nobody removes it.
 *
 * @param {string} build
 */
export function markServed(build) {
  try {
    writeFileSync(join(root, build, `serving-${process.pid}`), "");
  } catch {
    // Where this user may not write, it can't remove a build either.
  }
}

/** Removes all but the newest builds and those that a process serves. */
function removeOldBuilds() {
  for (const { name } of builds().slice(buildsKept)) {
    if (serversOf(name).length > 0) continue;
    // By rename first: nobody is to find half a build.
    const condemned = join(outputDir, `old-${name}`);
    renameSync(join(outputDir, name), condemned);
    rmSync(condemned, { recursive: true, force: true });
  }
}

/**
 * Builds when the sources changed since. A build is a folder of its own, named by what it was made
 * from, and appears by rename: a server that runs keeps what it serves, and a build that was killed
 * is never served.
 *
 * @returns {Promise<string>} the folder of the build, for NEXT_DIST_DIR.
 * @throws StepError with the end of the compiler's output.
 */
export async function ensureBuild() {
  const name = buildName();
  if (isBuilt(name)) return `.next/${name}`;

  const config = readFileSync(join(root, "next.config.mjs"), "utf8");
  if (!config.includes("NEXT_DIST_DIR")) {
    throw new StepError(
      'builds lie in folders of their own, so next.config.mjs has to say: distDir: process.env.NEXT_DIST_DIR || ".next",',
    );
  }
  const partial = join(outputDir, partialName);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  // What the compiler remembers moves on to the next build.
  const previous = builds().find((build) => existsSync(join(outputDir, build.name, "cache")));
  if (previous) renameSync(join(outputDir, previous.name, "cache"), join(partial, "cache"));

  // Next points next-env.d.ts at the folder it builds in; the editor's types lie in .next itself.
  const typesPath = join(root, "next-env.d.ts");
  const types = existsSync(typesPath) ? readFileSync(typesPath) : undefined;
  await step("Building", async () => {
    const next = join(root, "node_modules", "next", "dist", "bin", "next");
    const { status, output } = await run(process.execPath, [next, "build"], {
      env: {
        ...process.env,
        NODE_ENV: "production",
        NEXT_DIST_DIR: `.next/${partialName}`,
        NEXT_TELEMETRY_DISABLED: "1",
        NO_COLOR: "1",
      },
    });
    if (types) writeFileSync(typesPath, types);
    else rmSync(typesPath, { force: true });
    if (status !== 0) throw new StepError(`the build failed:\n${lastLines(output, 40)}`);
    if (!existsSync(join(partial, "BUILD_ID"))) {
      throw new StepError(`the build is not in ${partial}:\n${lastLines(output)}`);
    }
  });
  renameSync(partial, join(outputDir, name));
  removeOldBuilds();
  return `.next/${name}`;
}
