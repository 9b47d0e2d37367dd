import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

const closed = new BlockList();
// Special-purpose address blocks that are not the public internet: IANA registries of RFC 6890.
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  closed.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  // Itself, nobody, and IPv4 addresses in an old spelling.
  ["::", 96],
  // IPv4 addresses behind translators and tunnels: where they lead is not in sight.
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const) {
  closed.addSubnet(network, prefix, "ipv6");
}

/** True for an address of the public internet; IPv4 inside IPv6 is looked at as IPv4. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 4) return !closed.check(address, "ipv4");
  const mapped = /^(?:::ffff:)(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return isPublicAddress(mapped);
  return !closed.check(address, "ipv6");
}

const own = new BlockList();
// What people have at home: loopback, private use, the shared space of private tunnels, and unique
// local addresses. Link-local addresses are not among them: machines in a cloud keep keys there.
for (const [network, prefix] of [
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  own.addSubnet(network, prefix, "ipv4");
}
own.addAddress("::1", "ipv6");
own.addSubnet("fc00::", 7, "ipv6");

/** True for an address of the public internet, and of a network that people have at home. */
export function isReachableByAdmin(address: string): boolean {
  if (isPublicAddress(address)) return true;
  const family = isIP(address);
  if (family === 0) return false;
  // BlockList looks at IPv4 inside IPv6 (::ffff:127.0.0.1) as IPv4.
  return own.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** The host resolves to an address that the person may not reach through Vigilio. */
export class PrivateAddressError extends Error {
  readonly code = "EPRIVATE";
}

/**
 * A resolver for `http.request` that hands out allowed addresses only. The socket connects to the
 * very address that was looked at, so that a second answer of the name server changes nothing.
 */
export function lookupOnly(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, "", 4);
        return;
      }
      const addresses = Array.isArray(found) ? found : [found];
      const first = addresses[0];
      if (!first || !addresses.every(({ address }) => isAllowed(address))) {
        callback(new PrivateAddressError("a private address"), "", 4);
        return;
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
