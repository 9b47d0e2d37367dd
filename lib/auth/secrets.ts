import { hkdfSync, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { env } from "@/lib/env";
import { randomId } from "@/lib/ids";

const storedSecrets = z.looseObject({ sessionSecret: z.string().min(32) });

/** Keys derived from the one secret, so that none can stand in for another. */
export interface Secrets {
  /** For the session cookie. */
  session: string;
  /** For tickets to single files. */
  ticket: Buffer;
  /** For digests of the addresses that voted in the gallery. */
  vote: Buffer;
  /** For digests of the addresses that visitors of a demo come from. */
  visit: Buffer;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

/**
 * The secret in `<dataDir>/secrets.json`, made when there is none: 32 random bytes, mode 0600,
 * appearing by rename. What else the file holds stays.
 *
 * @throws Error in words when the file is there but cannot be used: a new secret would sign
 *   everybody out without a word.
 */
export function secretInFolder(dataDir: string): string {
  const path = join(dataDir, "secrets.json");
  try {
    const text = readFileSync(path, "utf8");
    // A file that was copied about may have become readable to others.
    chmodSync(path, 0o600);
    return storedSecrets.parse(JSON.parse(text)).sessionSecret;
  } catch (error) {
    if (!isMissing(error)) {
      throw new Error(
        `${path} cannot be used. Put back a copy, or delete it: everybody then signs in again.`,
        { cause: error },
      );
    }
  }
  const sessionSecret = randomBytes(32).toString("base64url");
  mkdirSync(dataDir, { recursive: true });
  const partial = join(dataDir, `secrets.json.${randomId()}.part`);
  writeFileSync(partial, `${JSON.stringify({ sessionSecret })}\n`, { mode: 0o600, flag: "wx" });
  renameSync(partial, path);
  return sessionSecret;
}

/** Derives the keys of this installation (HKDF-SHA256, RFC 5869) from its secret. */
export function deriveSecrets(secret: string): Secrets {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", secret, "vigilio", purpose, 32));
  return {
    session: derive("session").toString("base64url"),
    ticket: derive("ticket"),
    vote: derive("vote"),
    visit: derive("visit"),
  };
}

const holder = globalThis as typeof globalThis & { vigilioSecrets?: Secrets };

/** The keys of this process: VIGILIO_SECRET, or the file made on the first start. */
export function secrets(): Secrets {
  holder.vigilioSecrets ??= deriveSecrets(
    env().values.VIGILIO_SECRET ?? secretInFolder(env().dataDir),
  );
  return holder.vigilioSecrets;
}
