import { createHmac } from "node:crypto";

/**
 * Who votes, as it is stored: a digest under a key that never leaves this server, other for every
 * source, so that nobody can be followed from one to the next, or be found by trying addresses.
 *
 * @param visitor address of the visitor, or the network that counts as one.
 */
export function voterOf(key: Buffer, visitor: string, publishedId: string): string {
  return createHmac("sha256", key).update(`${publishedId}\n${visitor}`).digest("base64url");
}
