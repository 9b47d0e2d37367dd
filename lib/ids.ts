import { randomBytes } from "node:crypto";

/** 16 random hexadecimal digits: every id and every name on the disk, so that none tells anything. */
export function randomId(): string {
  return randomBytes(8).toString("hex");
}

/** True for text that `randomId` could have made. */
export function isRandomId(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text);
}
