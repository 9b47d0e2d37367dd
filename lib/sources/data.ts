import { asc, eq } from "drizzle-orm";
import { searchResults, sources } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import type { Page, PageQuery } from "@/lib/web/page-query";
import { type SchemaDefinition, schemaDefinition } from "./definition";
import { type SourceView, type TorznabDefinition, torznabDefinition } from "./schema";
import { hasSecrets, withoutSecrets } from "./secrets";

type Row = typeof sources.$inferSelect;

/** A source with what it is, parsed. */
export type Source = Omit<Row, "kind" | "definition"> &
  (
    | { kind: "schema"; definition: SchemaDefinition }
    | { kind: "torznab"; definition: TorznabDefinition }
  );

/** Null for a row that another version of Vigilio wrote, or somebody by hand. */
function parsed(row: Row): Source | null {
  if (row.kind === "schema") {
    const found = schemaDefinition.safeParse(row.definition);
    return found.success ? { ...row, kind: "schema", definition: found.data } : null;
  }
  const found = torznabDefinition.safeParse(row.definition);
  return found.success ? { ...row, kind: "torznab", definition: found.data } : null;
}

/** One source; null when it is unknown or can't be read. */
export function sourceById(db: Db, id: string): Source | null {
  const row = db.select().from(sources).where(eq(sources.id, id)).get();
  return row ? parsed(row) : null;
}

/** All sources, in their order. */
export function allSources(db: Db): Source[] {
  const rows = db.select().from(sources).orderBy(asc(sources.position), asc(sources.createdAt));
  return rows.all().flatMap((row) => parsed(row) ?? []);
}

/** Those that a search asks, and those of them that are held back now. */
export function sourcesToAsk(
  db: Db,
  now: Date,
): { askable: Source[]; paused: (Source & { pausedUntil: Date })[] } {
  const askable: Source[] = [];
  const paused: (Source & { pausedUntil: Date })[] = [];
  for (const source of allSources(db)) {
    const { pausedUntil } = source;
    if (!source.enabled) continue;
    if (pausedUntil && pausedUntil > now) paused.push({ ...source, pausedUntil });
    else askable.push(source);
  }
  return { askable, paused };
}

/** A page of all sources as the API shows them. */
export function listSources(
  db: Db,
  { page, pageSize }: PageQuery,
  reader: { say: (reason: Reason) => string; now: Date },
): Page<SourceView> {
  const all = allSources(db);
  const shown = all.slice((page - 1) * pageSize, page * pageSize);
  const items = shown.map((source) => toSourceView(source, reader));
  return { items, page, pageSize, total: all.length };
}

/** So many failures in a row, and a source rests. */
export const mostFailures = 10;

function stateOf(source: Source, now: Date): SourceView["health"]["state"] {
  if (source.pausedUntil && source.pausedUntil > now) return "paused";
  if (source.failuresInRow > 0) return "failing";
  return source.answeredAt ? "ok" : "unknown";
}

/** A source as pages and the API show it: keys stay here. */
export function toSourceView(
  source: Source,
  { say, now }: { say: (reason: Reason) => string; now: Date },
): SourceView {
  const { kind, definition, answeredAt, failedAt, pausedUntil, lastError } = source;
  const { apiKey, ...indexer } = kind === "torznab" ? definition : { apiKey: undefined };
  return {
    id: source.id,
    name: source.name,
    kind,
    definition: kind === "torznab" ? indexer : withoutSecrets(definition),
    isKeySet: kind === "torznab" ? Boolean(apiKey) : hasSecrets(definition),
    enabled: source.enabled,
    position: source.position,
    description: source.description,
    author: source.author,
    legalNote: source.legalNote,
    galleryId: source.galleryId,
    health: {
      state: stateOf(source, now),
      answeredAt: answeredAt?.toISOString() ?? null,
      failedAt: failedAt?.toISOString() ?? null,
      pausedUntil: pausedUntil && pausedUntil > now ? pausedUntil.toISOString() : null,
      averageMs: source.averageMs,
      failuresInRow: source.failuresInRow,
      detail: source.failuresInRow > 0 && lastError ? say(lastError) : null,
    },
  };
}

/** What a search found under an id; undefined when it is unknown or was dropped by now. */
export function searchResult(
  db: Db,
  resultId: string,
): typeof searchResults.$inferSelect | undefined {
  return db.select().from(searchResults).where(eq(searchResults.id, resultId)).get();
}
