import { type Connection, openDatabase } from "@/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

export type { Connection, Db } from "@/db/client";

const holder = globalThis as typeof globalThis & {
  vigilioConnection?: Connection;
  vigilioDatabaseHeld?: boolean;
};

/**
 * The connection of this process, opened on first use (a build imports modules, too).
 *
 * @throws AppError 503 for the moment in which another database takes its place.
 */
export function database(): Connection {
  if (holder.vigilioDatabaseHeld) {
    throw new AppError("restore-running", { status: 503, retryAfterSeconds: 5 });
  }
  holder.vigilioConnection ??= openDatabase(env().databasePath);
  return holder.vigilioConnection;
}

/** Closes the connection: for the end of the process. */
export function closeDatabase(): void {
  holder.vigilioConnection?.$client.close();
  delete holder.vigilioConnection;
}

/** Closes the connection and lets nobody open another until `releaseDatabase`. */
export function holdDatabase(): void {
  holder.vigilioDatabaseHeld = true;
  closeDatabase();
}

/** The file may be opened again, whatever it is now. */
export function releaseDatabase(): void {
  delete holder.vigilioDatabaseHeld;
}
