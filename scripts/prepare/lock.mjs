import { createHash } from "node:crypto";
import { unlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./step.mjs";

/**
 * A socket's name that belongs to this checkout. On Linux (abstract socket) and Windows (pipe) the
 * system frees it with the process, however that ends; elsewhere it is a file that may be left.
 */
function lockAddress() {
  const name = `vigilio-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`;
  if (process.platform === "linux") return `\0${name}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

/** The listening server that is the lock, or null while another process holds it. */
function tryLock(/** @type {string} */ address) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.on("error", (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });
}

/** Removes a socket file that nobody listens on. */
function removeIfDead(/** @type {string} */ address) {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on("connect", () => resolve(socket.destroy()));
    socket.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === "ECONNREFUSED" && address.startsWith("/")) unlinkSync(address);
      resolve(undefined);
    });
  });
}

/**
 * Does `body` while no other process prepares this checkout: two starts at the same time must not
 * install into, or build, the same folder.
 *
 * @template Result
 * @param {() => Promise<Result>} body
 * @returns {Promise<Result>}
 */
export async function alone(body) {
  const address = lockAddress();
  let server = await tryLock(address);
  if (!server) console.log("Another start is getting things ready here; waiting for it …");
  while (!server) {
    await removeIfDead(address);
    await sleep(200);
    server = await tryLock(address);
  }
  try {
    return await body();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
