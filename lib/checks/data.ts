import { eq, sql } from "drizzle-orm";
import { jobs } from "@/db/schema/jobs";
import type { Db } from "@/lib/db";
import { lastTickAt } from "@/lib/queue/health";
import { isFree } from "@/lib/queue/held";
import { allSources } from "@/lib/sources/data";
import { checkScheduler } from "./scheduler";
import { type Check, type CheckArea, checkAreas } from "./schema";
import { checkSources } from "./sources";
import { lookedAtOf } from "./stored";
import { checkVisit, type VisitFacts } from "./visit";

/** A finding, and when it was found. */
export interface DatedCheck extends Check {
  at: Date;
}

function jobCounts(db: Db) {
  const countOf = (status: (typeof jobs.status.enumValues)[number]) =>
    db
      .select({ count: sql<number>`count(*)` })
      .from(jobs)
      .where(sql`${eq(jobs.status, status)} and ${isFree}`)
      .get()?.count ?? 0;
  return {
    running: countOf("running"),
    waiting: countOf("queued") + countOf("waiting"),
    failed: countOf("failed"),
  };
}

/**
 * Everything that is known: what was found when each area was looked at last, and what the database
 * and the visit tell now.
 */
export function readChecks(
  db: Db,
  { visit, now }: { visit: VisitFacts; now: Date },
): { checks: DatedCheck[]; unknown: CheckArea[] } {
  const tick = lastTickAt(db);
  const silentMs = tick && now.getTime() - tick.getTime();
  const current: Check[] = [
    ...checkScheduler({ silentMs, ...jobCounts(db) }),
    ...checkSources(allSources(db), now),
    ...checkVisit(visit),
  ];
  const looked = Object.values(lookedAtOf(db)).flatMap(({ at, checks }) =>
    checks.map((check): DatedCheck => ({ ...check, at: new Date(at) })),
  );
  const checks = [...looked, ...current.map((check) => ({ ...check, at: now }))];
  const known = new Set(checks.map(({ area }) => area));
  const lookedAreasKnown = new Set(looked.map(({ area }) => area));
  // How somebody came is not all there is to security.
  const unknown = checkAreas.filter(
    (area) => !known.has(area) || (area === "security" && !lookedAreasKnown.has(area)),
  );
  return { checks, unknown };
}
