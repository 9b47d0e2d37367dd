import { and, eq, lt, sql } from "drizzle-orm";
import { publishedSources, sources, sourceVotes } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { sourceById } from "@/lib/sources/data";
import { schemaDefinition } from "@/lib/sources/definition";
import { digestOf } from "./digest";
import { keysIn, withoutKeys } from "./keys";
import type { GalleryScore, PublishInput } from "./schema";

/**
 * Publishes a source as it is now, or anew. Every value that looks like a key must have been decided
 * on: left out, or published on purpose.
 *
 * @throws AppError 404; 409 when the source is another one than the form showed; 422 by key.
 */
export function publishSource(db: Db, args: PublishInput & { now: Date }): void {
  const { sourceId, digest, keys, now, ...told } = args;
  db.transaction(
    (tx) => {
      const source = sourceById(tx, sourceId);
      if (source?.kind !== "schema") throw new AppError("source-unknown", { status: 404 });
      const sourceDigest = digestOf(source.definition);
      if (digest !== sourceDigest) throw new AppError("gallery-source-changed", { status: 409 });
      const found = keysIn(source.definition);
      const undecided = found.filter(({ place, isRemovable }) => {
        const choice = keys[place];
        return choice === undefined || (choice === "remove" && !isRemovable);
      });
      if (undecided.length > 0) {
        const fields = undecided.map(({ place }) => [
          `keys.${place}`,
          { code: "gallery-key-undecided" },
        ]);
        throw new AppError("invalid-input", { status: 422, fields: Object.fromEntries(fields) });
      }
      const left = found.filter(({ place }) => keys[place] === "remove").map(({ place }) => place);
      const published = schemaDefinition.safeParse(withoutKeys(source.definition, new Set(left)));
      if (!published.success) throw new AppError("gallery-key-needed", { status: 422 });
      tx.update(sources).set(told).where(eq(sources.id, sourceId)).run();
      const values = { definition: published.data, sourceDigest, publishedAt: now };
      tx.insert(publishedSources)
        .values({ id: randomId(), sourceId, ...values })
        .onConflictDoUpdate({ target: publishedSources.sourceId, set: values })
        .run();
    },
    { behavior: "immediate" },
  );
}

/** Takes a source out of the gallery, and its votes with it. @throws AppError 404. */
export function unpublishSource(db: Db, sourceId: string): void {
  const { changes } = db
    .delete(publishedSources)
    .where(eq(publishedSources.sourceId, sourceId))
    .run();
  if (changes === 0) throw new AppError("source-unknown", { status: 404 });
}

const dayMs = 24 * 60 * 60_000;

/**
 * Counts a visitor's vote: one a day for a source.
 *
 * @param voter keyed digest of the address; see `voterOf`.
 * @throws AppError 404 for what is not published; 429 for a second vote within a day.
 */
export function countVote(
  db: Db,
  args: { publishedId: string; voter: string; up: boolean; now: Date },
): GalleryScore {
  const { publishedId, voter, up, now } = args;
  return db.transaction(
    (tx) => {
      const isOld = lt(sourceVotes.votedAt, new Date(now.getTime() - dayMs + 1));
      tx.delete(sourceVotes).where(isOld).run();
      const counted = tx
        .update(publishedSources)
        .set(
          up
            ? { thumbsUp: sql`${publishedSources.thumbsUp} + 1` }
            : { thumbsDown: sql`${publishedSources.thumbsDown} + 1` },
        )
        .where(eq(publishedSources.id, publishedId))
        .returning({ up: publishedSources.thumbsUp, down: publishedSources.thumbsDown })
        .get();
      if (!counted) throw new AppError("not-found", { status: 404 });
      const isTheirs = and(
        eq(sourceVotes.publishedId, publishedId),
        eq(sourceVotes.voterHash, voter),
      );
      const before = tx.select().from(sourceVotes).where(isTheirs).get();
      if (before) {
        const waitMs = before.votedAt.getTime() + dayMs - now.getTime();
        // Thrown inside the transaction: the count is taken back with it.
        throw new AppError("gallery-voted", {
          status: 429,
          retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
        });
      }
      tx.insert(sourceVotes)
        .values({ publishedId, voterHash: voter, isUp: up, votedAt: now })
        .run();
      return counted;
    },
    { behavior: "immediate" },
  );
}
