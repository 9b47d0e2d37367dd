import { randomInt } from "node:crypto";

/** Without what looks alike: it is read from a terminal and typed on a phone. */
const letters = "23456789abcdefghjkmnpqrstuvwxyz";

/** A password of 79 random bits, in groups, for somebody to sign in once and choose another. */
export function temporaryPassword(): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
