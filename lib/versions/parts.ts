import { and, eq, isNotNull } from "drizzle-orm";
import { type StoredPart, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { reason } from "@/lib/errors";
import { record } from "@/lib/movies/timeline";
import { setVersionStatus, type VersionRow } from "./mutations";
import type { StoredPlan } from "./schema";

/** What a version's page says of a film that came in several files. */
const joinedWords = (count: number) => reason("plan-parts-joined", { count });

/**
 * What is said of the plan for a film that was put together: first that it came in several files,
 * since "as it is" would then be no more than half true.
 *
 * @param count of the parts; 0 for a film that came in one.
 */
export function planWithParts<Said extends Pick<StoredPlan, "kind" | "why">>(
  plan: Said,
  count: number,
): Said {
  if (count === 0) return plan;
  const rest = plan.why.filter(({ code }) => code !== "plan-as-is");
  const kind = plan.kind === "as-is" ? "container" : plan.kind;
  return { ...plan, kind, why: [joinedWords(count), ...rest] };
}

/** The film comes in several files, which are put together before anything else is done. */
export function saveParts(
  db: Db,
  version: { id: string; movieId: string },
  parts: readonly StoredPart[],
  now: Date,
): void {
  db.transaction((tx) => {
    tx.update(versions)
      .set({
        sourceParts: [...parts],
        sourcePath: parts[0]?.path ?? null,
        sourceSizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes, 0),
        movieHash: null,
        updatedAt: now,
      })
      .where(eq(versions.id, version.id))
      .run();
    setVersionStatus(tx, version.id, "queued", null, now);
    const event = { movieId: version.movieId, versionId: version.id, at: now };
    const why = joinedWords(parts.length);
    record(tx, { ...event, stage: "processing", state: "active", reason: why });
  });
}

/** The version has one source from now on; null once it is published and what was joined is gone. */
export function saveSource(db: Db, versionId: string, sourcePath: string | null, now: Date): void {
  db.update(versions).set({ sourcePath, updatedAt: now }).where(eq(versions.id, versionId)).run();
}

/** A film that comes in several files is none any more: one of them is the film. */
export function forgetParts(db: Db, versionId: string, now: Date): void {
  db.update(versions)
    .set({ sourceParts: null, updatedAt: now })
    .where(eq(versions.id, versionId))
    .run();
}

/** True while a version's parts are still to be put together. */
export function needsJoin(db: Db, versionId: string): boolean {
  const version = db.select().from(versions).where(eq(versions.id, versionId)).get();
  const first = version?.sourceParts?.[0];
  return first !== undefined && version?.sourcePath === first.path;
}

/** Versions that can be watched and whose original is still to be deleted, as it was moved. */
export function movedVersionIds(db: Db): string[] {
  return db
    .select({ id: versions.id })
    .from(versions)
    .where(
      and(
        eq(versions.importMode, "move"),
        eq(versions.status, "ready"),
        isNotNull(versions.sourcePath),
      ),
    )
    .all()
    .map(({ id }) => id);
}

/** Versions of films that came in several files, which have a source. */
export function versionsInParts(db: Db): VersionRow[] {
  return db
    .select()
    .from(versions)
    .where(and(isNotNull(versions.sourceParts), isNotNull(versions.sourcePath)))
    .all();
}
