// Loaded into a server before anything of its own (NODE_OPTIONS=--import): names that end in
// .example are on the public internet, and whoever connects to them reaches this machine. What the
// server thinks of an address, and refuses, is its own: only the far end of the socket is another.
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

const publicAddress = "198.41.0.4";
const isPublicName = (/** @type {unknown} */ host) =>
  typeof host === "string" && host.endsWith(".example");

/** @type {any} */
const names = dns;
const lookup = names.lookup;
names.lookup = (
  /** @type {string} */ host,
  /** @type {any} */ options,
  /** @type {any} */ done,
) => {
  if (!isPublicName(host)) return lookup(host, options, done);
  const answer = typeof options === "function" ? options : done;
  if (options?.all) answer(null, [{ address: publicAddress, family: 4 }]);
  else answer(null, publicAddress, 4);
};

/** @type {any} */
const socket = net.Socket.prototype;
const connect = socket.connect;
socket.connect = function (/** @type {any[]} */ ...given) {
  const options = Array.isArray(given[0]) ? given[0][0] : given[0];
  const look = options?.lookup;
  if (look && isPublicName(options.host)) {
    options.lookup = (
      /** @type {string} */ host,
      /** @type {any} */ asked,
      /** @type {any} */ done,
    ) =>
      look(host, asked, (/** @type {Error | null} */ error) => {
        if (error) done(error);
        else if (asked.all) done(null, [{ address: "127.0.0.1", family: 4 }]);
        else done(null, "127.0.0.1", 4);
      });
  }
  return connect.apply(this, given);
};

syncBuiltinESMExports();
