import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { root, StepError } from "./step.mjs";

// The files that Next reads when it serves, the strongest first.
const files = [".env.production.local", ".env.local", ".env.production", ".env"];

let /** @type {Record<string, string>} */ fromFiles;

function readFiles() {
  const /** @type {Record<string, string>} */ values = {};
  for (const file of files) {
    const path = join(root, file);
    if (!existsSync(path)) continue;
    for (const [name, value] of Object.entries(parseEnv(readFileSync(path, "utf8")))) {
      values[name] ??= value ?? "";
    }
  }
  return values;
}

/**
 * A variable of the environment or of a .env file; undefined when it is absent or empty. Only what
 * is needed before the app runs is read this way: the app itself reads and checks the rest.
 *
 * @param {string} name
 */
export function setting(name) {
  fromFiles ??= readFiles();
  const value = (process.env[name] ?? fromFiles[name] ?? "").trim();
  return value === "" ? undefined : value;
}

/** Where to listen. @throws StepError when PORT is not a port. */
export function listenAddress() {
  const given = setting("PORT") ?? "3000";
  const port = /^\d{1,5}$/.test(given) ? Number(given) : 0;
  if (port < 1 || port > 65_535) {
    throw new StepError(`PORT is "${given}", but has to be a port, 1 to 65535.`);
  }
  return { port, host: setting("HOST") ?? "0.0.0.0" };
}

const refusals = {
  EADDRINUSE: (/** @type {number} */ port) =>
    `port ${port} is taken. Perhaps Vigilio is already running: open http://localhost:${port}. Otherwise choose another port, for instance: PORT=${port === 65_535 ? 3001 : port + 1} npm start`,
  EACCES: (/** @type {number} */ port) =>
    `this user may not listen on port ${port}. Choose a port above 1023, for instance: PORT=3000 npm start`,
};

/**
 * Makes sure that the address can be listened on, before anything takes a minute.
 *
 * @param {{ port: number, host: string }} address
 * @throws StepError
 */
export async function checkAddress({ port, host }) {
  await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      const say = refusals[/** @type {keyof typeof refusals} */ (error.code)];
      reject(
        new StepError(
          say
            ? say(port)
            : `HOST is "${host}", which is not an address of this machine. Use 0.0.0.0 for every network, 127.0.0.1 for this machine alone.`,
        ),
      );
    });
    probe.listen(port, host, () => probe.close(resolve));
  });
}
