import argon2 from "argon2";

/**
 * argon2id with the least cost that OWASP's Password Storage Cheat Sheet advises: 19 MiB of memory,
 * 2 passes, 1 lane. A server with 1 GB can afford it, about 30 ms a sign-in.
 */
const cost = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes a password. The text carries its own salt and cost. */
export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password, cost);
}

let decoy: Promise<string> | undefined;

/**
 * True when the password belongs to the hash. Without a hash (nobody of that name, or an account
 * without a password) the same work is done on a decoy, so that the time tells nothing.
 */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this password");
  const matches = await argon2.verify(hash ?? (await decoy), password);
  return hash !== null && matches;
}

/** True when a hash was made with another cost than today's and should be made again. */
export function isHashOutdated(hash: string): boolean {
  return argon2.needsRehash(hash, cost);
}
