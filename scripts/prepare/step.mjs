import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

/** The project's folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

/** A step could not be done. The message is all that a person gets to see: what, why, what to do. */
export class StepError extends Error {}

/**
 * Runs the body of a command: what goes wrong becomes a message and exit status 1, never a stack
 * trace.
 *
 * @param {string} complaint how the message begins, such as "Vigilio can't start".
 * @param {() => Promise<void>} body
 */
export async function command(complaint, body) {
  try {
    await body();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`\n${complaint}: ${message}`);
    process.exit(1);
  }
}

/** "340 ms", "12.3 s" or "2 min 5 s". @param {number} elapsedMs */
export function duration(elapsedMs) {
  if (elapsedMs < 1000) return `${Math.round(elapsedMs)} ms`;
  if (elapsedMs < 60_000) return `${(elapsedMs / 1000).toFixed(1)} s`;
  return `${Math.floor(elapsedMs / 60_000)} min ${Math.round((elapsedMs % 60_000) / 1000)} s`;
}

/**
 * Says what is being done, does it, and says how long it took.
 *
 * @template Result
 * @param {string} title
 * @param {() => Promise<Result>} body
 * @returns {Promise<Result>}
 */
export async function step(title, body) {
  const startedAt = performance.now();
  console.log(`${title} …`);
  const result = await body();
  console.log(`${title}: done in ${duration(performance.now() - startedAt)}`);
  return result;
}

/**
 * Runs a program to its end, in the project's folder. A signal that ends us ends it, too.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, shown?: boolean }} [options] shown: its output goes to the
 *   terminal as it comes; otherwise it is collected.
 * @returns {Promise<{ status: number, output: string }>} status 127 when it could not be started.
 */
export async function run(file, args, options = {}) {
  const child = spawn(file, args, {
    cwd: root,
    env: options.env ?? process.env,
    stdio: options.shown ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  const endChild = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal);
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.on("SIGINT", endChild).on("SIGTERM", endChild);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  try {
    return await new Promise((resolve) => {
      child.on("error", (error) => resolve({ status: 127, output: error.message }));
      child.on("close", (code) => resolve({ status: code ?? 1, output }));
    });
  } finally {
    process.off("SIGINT", endChild).off("SIGTERM", endChild);
  }
}

/** The last lines of a program's output, indented and without colours, for a message. @param {string} output */
export function lastLines(output, count = 25) {
  const lines = stripVTControlCharacters(output).trimEnd().split("\n").slice(-count);
  return lines.map((line) => `    ${line}`).join("\n");
}
