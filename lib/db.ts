import { type Connection, openDatabase } from "@/db/client";
import { env } from "@/lib/env";

export type { Connection, Db } from "@/db/client";

const holder = globalThis as typeof globalThis & { vigilioConnection?: Connection };

/** The connection of this process, opened on first use (a build imports modules, too). */
export function database(): Connection {
  holder.vigilioConnection ??= openDatabase(env().databasePath);
  return holder.vigilioConnection;
}

/** Closes the connection: for the end of the process. */
export function closeDatabase(): void {
  holder.vigilioConnection?.$client.close();
  delete holder.vigilioConnection;
}
