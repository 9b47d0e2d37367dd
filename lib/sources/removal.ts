import { and, count, eq, getTableColumns, like, lt } from "drizzle-orm";
import { serviceState, sources } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { mostSources } from "./mutations";

/** How long a removal can be taken back: longer than anybody sees the button for it. */
const keptMs = 10 * 60_000;
const prefix = "removed-source:";

type Row = typeof sources.$inferSelect;

/**
 * Takes a source out of every search. What it was is kept here for some minutes and not in the
 * browser that may want it back, since it holds keys.
 *
 * @throws AppError 404.
 */
export function removeSource(db: Db, { id, now }: { id: string; now: Date }): void {
  db.transaction(
    (tx) => {
      const row = tx.select().from(sources).where(eq(sources.id, id)).get();
      if (!row) throw new AppError("source-unknown", { status: 404 });
      forgetRemovedSources(tx, now);
      const kept = { value: row, updatedAt: now };
      tx.insert(serviceState)
        .values({ key: `${prefix}${id}`, ...kept })
        .onConflictDoUpdate({ target: serviceState.key, set: kept })
        .run();
      tx.delete(sources).where(eq(sources.id, id)).run();
    },
    { behavior: "immediate" },
  );
}

/** A row as it was, with its moments: JSON made text of them. */
function rowOf(value: unknown): Row {
  const stored = value as Record<string, unknown>;
  const columns = Object.entries(getTableColumns(sources)).map(([name, { dataType }]) => {
    const held = stored[name] ?? null;
    return [name, dataType === "date" && held !== null ? new Date(String(held)) : held];
  });
  return Object.fromEntries(columns) as Row;
}

/**
 * Takes a removal back: the source stands where it stood, with its keys and its record.
 *
 * @throws AppError 404 when it was removed too long ago; 422 when others took its place.
 */
export function restoreSource(db: Db, { id, now }: { id: string; now: Date }): void {
  // Whether this one is among them or not: a refusal takes nothing of it back.
  forgetRemovedSources(db, now);
  db.transaction(
    (tx) => {
      const key = `${prefix}${id}`;
      const kept = tx.select().from(serviceState).where(eq(serviceState.key, key)).get();
      if (!kept) throw new AppError("source-unknown", { status: 404 });
      const known = tx.select({ count: count() }).from(sources).get();
      if ((known?.count ?? 0) >= mostSources) {
        throw new AppError("sources-too-many", { status: 422, values: { most: mostSources } });
      }
      tx.insert(sources).values(rowOf(kept.value)).run();
      tx.delete(serviceState).where(eq(serviceState.key, key)).run();
    },
    { behavior: "immediate" },
  );
}

/** Drops what can't be taken back any more. */
export function forgetRemovedSources(db: Db, now: Date): void {
  const longAgo = new Date(now.getTime() - keptMs);
  db.delete(serviceState)
    .where(and(like(serviceState.key, `${prefix}%`), lt(serviceState.updatedAt, longAgo)))
    .run();
}
