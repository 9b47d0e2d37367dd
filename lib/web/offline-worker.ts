import { createHash } from "node:crypto";
import { basename } from "node:path";
import { env } from "@/lib/env";

/** False where VIGILIO_SERVICE_WORKER switches the service worker off. */
export function keepsOffline(): boolean {
  return env().values.VIGILIO_SERVICE_WORKER !== false;
}

/** What a page keeps on a device for its service worker; see app/_components/offline. */
export interface WorkerFacts {
  /** Of the build that serves: another one after every update. */
  build: string;
  language: string;
  /** Who is signed in; empty for nobody. It says nothing about them to who reads it. */
  person: string;
}

/** The facts for one request. */
export function workerFacts(userId: string | null, language: string): WorkerFacts {
  return {
    build: basename(process.env.NEXT_DIST_DIR || "development"),
    language,
    person: userId
      ? createHash("sha256").update(`person ${userId}`).digest("hex").slice(0, 16)
      : "",
  };
}
