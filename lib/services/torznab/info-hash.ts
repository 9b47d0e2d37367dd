const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** 40 lower-case hex digits of an info-hash in hex or base32, in any case; null for anything else. */
export function infoHashOf(text: string): string | null {
  const digits = text.trim().toLowerCase();
  if (/^[0-9a-f]{40}$/.test(digits)) return digits;
  if (!/^[a-z2-7]{32}$/.test(digits)) return null;
  let value = 0n;
  for (const digit of digits) value = value * 32n + BigInt(alphabet.indexOf(digit));
  return value.toString(16).padStart(40, "0");
}

/** The info-hash that a magnet names; of version 2 its first 40 digits, as peers use it. */
export function infoHashOfMagnet(magnet: string): string | null {
  const v1 = /[?&]xt(?:\.\d+)?=urn(?::|%3a)btih(?::|%3a)([0-9a-z]+)/i.exec(magnet)?.[1];
  if (v1 !== undefined) return infoHashOf(v1);
  const v2 = /[?&]xt(?:\.\d+)?=urn(?::|%3a)btmh(?::|%3a)1220([0-9a-f]{64})/i.exec(magnet)?.[1];
  return v2?.toLowerCase().slice(0, 40) ?? null;
}
