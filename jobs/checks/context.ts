import type { Check } from "@/lib/checks/schema";
import type { Connection } from "@/lib/db";
import type { Env } from "@/lib/env";
import type { Services } from "@/lib/settings/connect";

/** What a look at something may use. */
export interface CheckContext {
  db: Connection;
  env: Env;
  services: Services;
  now(): Date;
}

/** Asks anew, and says what it found; what it throws is a fault of ours. */
export type Look = (context: CheckContext) => Promise<Check[]>;
