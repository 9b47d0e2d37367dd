import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setting } from "./settings.mjs";
import { lastLines, root, run, StepError, step } from "./step.mjs";

function isExecutable(/** @type {string} */ path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Path of a program on PATH, or undefined.
 *
 * @param {string} name
 */
export function findProgram(name) {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((dir) => dir !== "")
    .map((dir) => join(dir, file))
    .find(isExecutable);
}

/** Programs that Vigilio starts: the variable that names each, and the Debian package it is in. */
const programs = [
  {
    name: "ffmpeg",
    variable: "FFMPEG_PATH",
    package: "ffmpeg",
    spare: join(root, "node_modules", "ffmpeg-static", "ffmpeg"),
  },
  { name: "ffprobe", variable: "FFPROBE_PATH", package: "ffmpeg" },
  { name: "qbittorrent-nox", variable: "QBITTORRENT_NOX_PATH", package: "qbittorrent-nox" },
];

/**
 * Programs that are needed and not there.
 *
 * @throws StepError when a variable names something that is not a program.
 */
export function missingPrograms() {
  return programs.filter((program) => {
    if (program.name === "qbittorrent-nox" && setting("QBITTORRENT_URL")) return false;
    const named = setting(program.variable);
    if (named && !isExecutable(named)) {
      throw new StepError(
        `${program.variable} is "${named}", but there is no program of that name. Correct it, or leave it out to use ${program.name} from PATH.`,
      );
    }
    return !(named || findProgram(program.name) || (program.spare && isExecutable(program.spare)));
  });
}

/** `ID` and `ID_LIKE` of /etc/os-release: ["ubuntu", "debian"]; empty where there is none. */
function distribution() {
  try {
    const text = readFileSync("/etc/os-release", "utf8");
    return [...text.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(([, ids = ""]) =>
      ids.split(" "),
    );
  } catch {
    return [];
  }
}

const commands = [
  { ids: ["debian", "ubuntu"], say: "sudo apt-get update && sudo apt-get install -y" },
  {
    ids: ["fedora", "rhel"],
    say: "sudo dnf install -y",
    names: { ffmpeg: "ffmpeg-free", "g++": "gcc-c++" },
  },
  { ids: ["arch"], say: "sudo pacman -S --needed", names: { python3: "python", "g++": "gcc" } },
  { ids: ["alpine"], say: "sudo apk add" },
];

/**
 * The command with which a person installs packages here.
 *
 * @param {string[]} packages names as Debian has them.
 */
function installCommand(packages) {
  if (process.platform === "darwin") return `brew install ${packages.join(" ")}`;
  const ids = distribution();
  const known = commands.find((candidate) => candidate.ids.some((id) => ids.includes(id)));
  if (!known) return undefined;
  const names = /** @type {Record<string, string>} */ (known.names ?? {});
  return `${known.say} ${packages.map((name) => names[name] ?? name).join(" ")}`;
}

/** True when apt can be used without asking anybody. */
function canUseApt() {
  const ids = distribution();
  return (
    process.getuid?.() === 0 &&
    (ids.includes("debian") || ids.includes("ubuntu")) &&
    findProgram("apt-get") !== undefined
  );
}

/**
 * Installs packages with apt when we are root on Debian or Ubuntu.
 *
 * @param {string[]} packages
 * @param {string} why the sentence that a message begins with.
 * @throws StepError naming the command to run where we may not.
 */
export async function install(packages, why) {
  if (!canUseApt()) {
    const say = installCommand(packages);
    throw new StepError(
      say
        ? `${why}. Run this command, then try again:\n\n    ${say}\n`
        : `${why}. Install ${packages.join(", ")}, then try again.`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await step(`Installing ${packages.join(", ")} with apt`, async () => {
    await run("apt-get", ["update", "-q"], { env });
    const args = ["install", "-y", "-q", "--no-install-recommends", ...packages];
    const { status, output } = await run("apt-get", args, { env });
    if (status !== 0) {
      throw new StepError(
        `apt-get could not install ${packages.join(", ")}. It said:\n${lastLines(output)}`,
      );
    }
  });
}

/** Makes sure of ffmpeg, ffprobe and, unless an external one is named, qbittorrent-nox. */
export async function ensurePrograms() {
  const missing = missingPrograms();
  if (missing.length === 0) return;
  const names = missing.map((program) => program.name);
  await install(
    [...new Set(missing.map((program) => program.package))],
    `missing on PATH: ${names.join(", ")}`,
  );
}

/**
 * Installs what only makes the tests say more: debootstrap, for the other qBittorrent that people
 * have. Where it can't be installed the tests that need it say that they are left out.
 */
export async function ensureTestTools() {
  if (findProgram("debootstrap") || !canUseApt()) return;
  try {
    await install(["debootstrap"], "the tests with qBittorrent 5.1 need debootstrap");
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.log(error.message);
  }
}

/** Chromium (or Chrome) for the browser tests, or undefined. */
function findChromium() {
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  const onMac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return (
    setting("CHROMIUM_PATH") ??
    names.map(findProgram).find((path) => path !== undefined) ??
    (isExecutable(onMac) ? onMac : undefined)
  );
}

/**
 * Makes sure of a browser for the tests. Playwright's own Chromium has no H.264, so a film would
 * not play in it; Ubuntu's Chromium is a snap, which containers can't run: there it is Chrome.
 *
 * @returns {Promise<string>} its path.
 * @throws StepError naming what to run where we may not install.
 */
export async function ensureChromium() {
  const why = "the browser tests need Chromium or Chrome (CHROMIUM_PATH, or on PATH)";
  let found = findChromium();
  if (!found && distribution().includes("ubuntu")) {
    const say = "npx playwright install --with-deps chrome";
    if (!canUseApt()) throw new StepError(`${why}. Run this, then try again:\n\n    sudo ${say}\n`);
    const cli = join(root, "node_modules", "@playwright", "test", "cli.js");
    await step("Installing Chrome", async () => {
      const { status, output } = await run(process.execPath, [cli, ...say.split(" ").slice(2)]);
      if (status !== 0) throw new StepError(`${why}. ${say} said:\n${lastLines(output)}`);
    });
  } else if (!found) {
    await install(["chromium"], why);
  }
  found ??= findChromium();
  if (!found) throw new StepError(`${why}, and it is still not there after installing it.`);
  return found;
}
