import { users } from "@/db/schema/people";
import { deriveSecrets, type Secrets } from "@/lib/auth/secrets";
import type { Connection } from "@/lib/db";
import { type Env, readEnv } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { testDatabase } from "./database";

/** A database and an environment that the web wrappers find where they look for them. */
export interface TestSite {
  db: Connection;
  env: Env;
  /** Makes an account without a password; its id. */
  user(username: string, role: "admin" | "member" | "visitor"): string;
  [Symbol.dispose](): void;
}

const holder = globalThis as typeof globalThis & {
  vigilioConnection?: Connection;
  vigilioEnv?: Env;
  vigilioSecrets?: Secrets;
};

/** Puts a migrated database and this environment in the place of the process's own. */
export function testSite(environment: Record<string, string> = {}): TestSite {
  const db = testDatabase();
  const env = readEnv(environment, "/nowhere");
  holder.vigilioConnection = db;
  holder.vigilioEnv = env;
  holder.vigilioSecrets = deriveSecrets("a secret that only tests use, 32+");
  return {
    db,
    env,
    user(username, role) {
      const id = randomId();
      db.insert(users).values({ id, username, role, createdAt: new Date() }).run();
      return id;
    },
    [Symbol.dispose]() {
      delete holder.vigilioConnection;
      delete holder.vigilioEnv;
      delete holder.vigilioSecrets;
      db[Symbol.dispose]();
    },
  };
}
