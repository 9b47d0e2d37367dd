import { integer, text } from "drizzle-orm/sqlite-core";

/**
 * A sentence that is stored without its words: `code` names an entry under `reasons` in
 * messages/en.json, `values` fill its placeholders. Pages and the API turn it into words in the
 * reader's language.
 */
export interface StoredReason {
  code: string;
  values?: Record<string, string | number>;
}

/** A moment, stored as milliseconds since the epoch. */
export const moment = (name: string) => integer(name, { mode: "timestamp_ms" });

/** A yes or no, stored as 0 or 1. */
export const flag = (name: string) => integer(name, { mode: "boolean" });

/** Text that holds JSON. What is read back is parsed with a schema by whoever owns the table. */
export const json = <T>(name: string) => text(name, { mode: "json" }).$type<T>();

/** Primary key: 16 random hexadecimal digits, made by lib/ids.ts. */
export const idColumn = () => text("id").primaryKey();
